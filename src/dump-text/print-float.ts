/**
 * Floating point numbers as dcmdump prints them. DCMTK makes its digits by repeated multiplication
 * and division in doubles, errors included; the same steps are followed here. Where the outcome
 * does not read back to the number, the shortest digits that do stand in its place.
 */

/** Significant digits DCMTK prints of a 32-bit and of a 64-bit number. */
const SINGLE_DIGITS = 9;
const DOUBLE_DIGITS = 17;

/** Below this, numbers have an exponent. */
const SMALLEST_PLAIN = 0.0001;

/** The text of a 32-bit number (FL, OF). */
export function printSingle(value: number): string {
  const text = dcmtkDigits(value, SINGLE_DIGITS);
  return Math.fround(Number(text)) === value || !Number.isFinite(value) ? text : shortestSingle(value);
}

/** The text of a 64-bit number (FD, OD). */
export function printDouble(value: number): string {
  const text = dcmtkDigits(value, DOUBLE_DIGITS);
  return Number(text) === value || !Number.isFinite(value) ? text : arrange(value.toExponential(), DOUBLE_DIGITS);
}

function shortestSingle(value: number): string {
  for (let digits = 1; digits < SINGLE_DIGITS; digits++) {
    const candidate = value.toExponential(digits - 1);
    if (Math.fround(Number(candidate)) === value) return arrange(candidate, SINGLE_DIGITS);
  }
  return arrange(value.toExponential(SINGLE_DIGITS - 1), SINGLE_DIGITS);
}

/** Lays out "d.ddde±x" by DCMTK's rule for when an exponent is used. */
function arrange(exponential: string, precision: number): string {
  const sign = exponential.startsWith('-') ? '-' : '';
  const [mantissa = '', exponentText = '0'] = exponential.slice(sign.length).split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  const exponent = Number(exponentText);
  if (exponent >= precision || exponent < -4) return sign + withExponent(digits, exponent);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return sign + (fraction === '' ? whole : `${whole}.${fraction}`);
}

function withExponent(digits: string, exponent: number): string {
  const fraction = digits.slice(1).replace(/0+$/, '');
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits.charAt(0)}${fraction === '' ? '' : '.'}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
}

/** DCMTK's digits, whether or not they read back to the number; `precision` is 9 or 17. */
export function dcmtkDigits(value: number, precision: number): string {
  if (Number.isNaN(value)) return 'nan';
  // DCMTK prints -0 without its sign: it is not below zero.
  const sign = value < 0 ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === Number.POSITIVE_INFINITY) return `${sign}inf`;
  const whole = Math.floor(magnitude);
  const fraction = magnitude - whole;
  const wholeDigits = digitsOfWhole(whole);
  const exponentForm =
    wholeDigits.length > precision || (wholeDigits.length === 0 && fraction > 0 && fraction < SMALLEST_PLAIN);
  return (
    sign + (exponentForm ? exponentText(wholeDigits, fraction, precision) : plainText(wholeDigits, fraction, precision))
  );
}

/** First digit first; empty for 0. */
function digitsOfWhole(whole: number): number[] {
  const digits: number[] = [];
  let rest = whole;
  while (rest > 0) {
    const quotient = rest / 10;
    rest = Math.floor(quotient);
    // The hundredth makes up for quotients just below the digit, as DCMTK does.
    digits.push(Math.trunc((quotient - rest + 0.01) * 10));
  }
  return digits.reverse();
}

/** Digits of a fraction, taken one by one. */
class FractionDigits {
  rest: number;

  constructor(fraction: number) {
    this.rest = fraction;
  }

  next(): number {
    const scaled = this.rest * 10;
    const digit = Math.trunc(scaled);
    this.rest = scaled - digit;
    return digit;
  }
}

function plainText(wholeDigits: readonly number[], fraction: number, precision: number): string {
  const digits = wholeDigits.length === 0 ? [0] : [...wholeDigits];
  const point = digits.length;
  const source = new FractionDigits(fraction);
  let room = precision - wholeDigits.length;
  let leading = true;
  while (room > 0 && source.rest > 0) {
    const digit = source.next();
    digits.push(digit);
    // Zeros in front of the first other digit of the fraction take no room.
    if (digit !== 0) leading = false;
    if (!leading) room--;
  }
  const carried = source.rest > 0 && source.next() > 4 && roundUp(digits);
  const wholeLength = carried ? point + 1 : point;
  const tail = digits.slice(wholeLength).join('').replace(/0+$/, '');
  const head = digits.slice(0, wholeLength).join('');
  return tail === '' ? head : `${head}.${tail}`;
}

function exponentText(wholeDigits: readonly number[], fraction: number, precision: number): string {
  const source = new FractionDigits(fraction);
  const digits = wholeDigits.slice(0, precision);
  let exponent = wholeDigits.length - 1;
  let roundingDigit: number;
  if (wholeDigits.length > precision) {
    roundingDigit = wholeDigits[precision] ?? 0;
  } else {
    while (digits.length === 0) {
      const digit = source.next();
      if (digit !== 0) digits.push(digit);
      else exponent--;
    }
    while (digits.length < precision && source.rest > 0) digits.push(source.next());
    roundingDigit = source.rest > 0 ? source.next() : 0;
  }
  if (roundingDigit > 4 && roundUp(digits)) exponent++;
  return withExponent(digits.join(''), exponent);
}

/** Adds one to the last digit, with carry; says whether a digit was put in front. */
function roundUp(digits: number[]): boolean {
  for (let index = digits.length - 1; index >= 0; index--) {
    const digit = digits[index] ?? 0;
    if (digit < 9) {
      digits[index] = digit + 1;
      return false;
    }
    digits[index] = 0;
  }
  digits.unshift(1);
  return true;
}
