/** The form of single values of the default repertoire (PS3.5 6.2), without their trailing padding. */

import { isValidUid } from './uid.ts';
import type { ValueProblem } from './value-problem.ts';
import type { Vr } from './vr.ts';

const MAX_INT32 = 2 ** 31;

const DATE = /^(\d{4})(\d\d)(\d\d)$/;
const SEPARATED_DATE = /^(\d{4})[-./](\d\d)[-./](\d\d)$/;
const TIME = /^(\d\d)(?:(\d\d)(?:(\d\d)(?:\.\d{1,6})?)?)?$/;
const DATE_TIME = /^(\d{4})(?:(\d\d)(?:(\d\d)(\d\d(?:\d\d(?:\d\d(?:\.\d{1,6})?)?)?)?)?)?([+-]\d{4})?$/;

type Check = (text: string) => ValueProblem | undefined;

function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function checkDate(text: string): ValueProblem | undefined {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? SEPARATED_DATE.exec(text) ?? [];
  const message = `DA value "${text}" is not YYYYMMDD`;
  if (year === '') return { message };
  if (!isDay(year, month, day)) return { message: `there is no day ${text}` };
  const digits = `${year}${month}${day}`;
  return digits === text ? undefined : { message, hint: `try ${digits}` };
}

function isTime(text: string): boolean {
  const [, hour = '0', minute = '0', second = '0'] = TIME.exec(text) ?? ['', '24'];
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
}

function checkTime(text: string): ValueProblem | undefined {
  if (isTime(text)) return undefined;
  const hint =
    /^\d\d:\d\d(:\d\d)?$/.test(text) && isTime(text.replaceAll(':', ''))
      ? `try ${text.replaceAll(':', '')}`
      : undefined;
  return { message: `TM value "${text}" is not HHMMSS`, hint };
}

function checkDateTime(text: string): ValueProblem | undefined {
  const match = DATE_TIME.exec(text);
  const [, year = '', month = '01', day = '01', time] = match ?? [];
  if (match !== null && isDay(year, month, day) && (time === undefined || isTime(time))) return undefined;
  return { message: `DT value "${text}" is not YYYYMMDDHHMMSS.FFFFFF&ZZXX` };
}

function checkInteger(text: string): ValueProblem | undefined {
  if (!/^ *[+-]?\d+ *$/.test(text)) return { message: `IS value "${text}" is not a whole number` };
  const number = Number(text);
  return number >= -MAX_INT32 && number < MAX_INT32
    ? undefined
    : { message: `IS value ${text.trim()} is out of range` };
}

function checkDecimal(text: string): ValueProblem | undefined {
  if (/^ *[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? *$/.test(text)) return undefined;
  const hint = /^[+-]?\d+,\d+$/.test(text) ? `try ${text.replace(',', '.')}` : undefined;
  return { message: `DS value "${text}" is not a number`, hint };
}

function checkCode(text: string): ValueProblem | undefined {
  if (/^[A-Z0-9_ ]*$/.test(text)) return undefined;
  const upper = text.toUpperCase();
  const hint = /^[A-Z0-9_ ]*$/.test(upper) ? `try ${upper}` : undefined;
  return { message: `CS value "${text}" has other characters than capitals, digits, blank and _`, hint };
}

function checkUid(text: string): ValueProblem | undefined {
  return isValidUid(text)
    ? undefined
    : { message: `"${text}" is not a UID`, hint: 'digits and dots, no part begins with 0' };
}

function checkPrintable(vr: Vr): Check {
  return (text) => (/^[ -~]*$/.test(text) ? undefined : { message: `${vr} has no control characters` });
}

const CHECKS: Partial<Record<Vr, Check>> = {
  AE: (text) => (text.trim() === '' ? { message: 'an AE title of blanks only' } : checkPrintable('AE')(text)),
  AS: (text) =>
    /^\d{3}[DWMY]$/.test(text) ? undefined : { message: `AS value "${text}" is not nnnD, nnnW, nnnM or nnnY` },
  CS: checkCode,
  DA: checkDate,
  DS: checkDecimal,
  DT: checkDateTime,
  IS: checkInteger,
  TM: checkTime,
  UI: checkUid,
  UR: (text) => (text.startsWith(' ') ? { message: 'a URI does not begin with a blank' } : checkPrintable('UR')(text)),
};

/** What is wrong with the form of one value, if anything. */
export function checkForm(text: string, vr: Vr): ValueProblem | undefined {
  return CHECKS[vr]?.(text);
}
