/** Values against their VR (PS3.5 6.2): length, repertoire, form. For files; query values have wildcards and ranges. */

import { isAscii, latin1Text } from './charset/ascii.ts';
import { decodeStrict, splitValues } from './charset/text-codec.ts';
import { checkForm } from './check-form.ts';
import { isKnownUtf8 } from './check-utf8.ts';
import type { ValueProblem } from './value-problem.ts';
import { decidedVr, type ElementVr, type Vr, vrTraits } from './vr.ts';

const [SPACE, TILDE] = [0x20, 0x7e];
const [BACKSLASH, CARET, EQUALS] = [0x5c, 0x5e, 0x3d];
const UTF_8 = 'ISO_IR 192';
const PN_GROUPS = 3;
const PN_COMPONENTS = 5;
const CONTROL = /[\0-\x08\x0b\x0e-\x1f\x7f]/;
const LINE_CONTROL = /[\t\n\f\r]/;

/** What is wrong with a value field; `charset` is the raw text of the (0008,0005) that holds. */
export function checkValue(value: Uint8Array, elementVr: ElementVr, charset: string): readonly ValueProblem[] {
  const vr = decidedVr(elementVr);
  const traits = vrTraits(vr);
  if (value.length === 0) return [];
  switch (traits.kind) {
    case 'text':
    case 'uid':
      return traits.charset ? checkText(value, vr, charset) : checkCoded(value, vr);
    case 'bytes':
    case 'sequence':
      return [];
    default: {
      const unit = traits.kind === 'tag' ? 4 : traits.unit;
      if (value.length % unit === 0) return [];
      return [{ message: `${value.length} bytes are no whole number of ${vr} values` }];
    }
  }
}

/** VRs of the default repertoire. */
function checkCoded(value: Uint8Array, vr: Vr): ValueProblem[] {
  const text = withoutPadding(latin1Text(value), vr);
  if (text === '') return [];
  if (!isAscii(value)) {
    return [
      { message: `${vr} has ASCII characters only`, hint: `found "${text.replace(/[^\x80-\xff]/g, '').charAt(0)}"` },
    ];
  }
  const values = vrTraits(vr).multiple ? text.split('\\') : [text];
  const problems: ValueProblem[] = [];
  for (const single of values) {
    const problem = single === '' ? undefined : (checkLength(single, vr) ?? checkForm(single, vr));
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

function withoutPadding(text: string, vr: Vr): string {
  return vr === 'UI' ? text.replace(/\0$/, '') : withoutSpaces(text);
}

/** Without a regular expression: those look at every run of blanks from each of its places. */
function withoutSpaces(text: string): string {
  let length = text.length;
  while (text[length - 1] === ' ') length--;
  return text.slice(0, length);
}

function checkLength(text: string, vr: Vr): ValueProblem | undefined {
  const most = vrTraits(vr).maxLength;
  // Blanks around do not count where they mean nothing (PS3.5 6.2, AE and CS; DS and IS count them).
  const length = vr === 'AE' || vr === 'CS' ? text.trim().length : text.length;
  if (most === undefined || length <= most || vr === 'DA' || vr === 'AS' || vr === 'TM') return undefined;
  return tooLong(length, most, vr);
}

function tooLong(length: number, most: number, vr: Vr, part = ''): ValueProblem {
  return { message: `${length} characters are too many for ${part === '' ? vr : `${part} of ${vr}`}; ${most} fit` };
}

/** VRs that (0008,0005) applies to. */
function checkText(value: Uint8Array, vr: Vr, charset: string): ValueProblem[] {
  if (isPlain(value, vr)) return [];
  const encoding = checkEncoding(value, vr, charset);
  if (encoding !== undefined) return [encoding];
  const { multiple } = vrTraits(vr);
  const parts = multiple ? splitValues(value, charset, vr) : [value];
  const problems: ValueProblem[] = [];
  for (const part of parts) {
    const text = withoutSpaces(decodeStrict(part, charset, vr).text);
    const problem = checkCharacters(text, vr, multiple) ?? (vr === 'PN' ? checkName(text) : checkTextLength(text, vr));
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

/** True for one value of printable ASCII that is not too long, in a name without groups: what most values are. */
function isPlain(value: Uint8Array, vr: Vr): boolean {
  if (value.length > (vrTraits(vr).maxLength ?? value.length)) return false;
  const isName = vr === 'PN';
  let carets = 0;
  for (let index = 0; index < value.length; index++) {
    const byte = value[index] as number;
    if (byte < SPACE || byte > TILDE || byte === BACKSLASH || (isName && byte === EQUALS)) return false;
    if (byte === CARET) carets += 1;
  }
  return !isName || carets < PN_COMPONENTS;
}

function checkEncoding(value: Uint8Array, vr: Vr, charset: string): ValueProblem | undefined {
  if (isAscii(value)) return undefined;
  const highBytes = value.some((byte) => byte > 0x7f);
  if (charset === '' && highBytes) {
    const message = 'characters beyond ASCII, but (0008,0005) Specific Character Set is not there';
    return { message, hint: 'add it: ISO_IR 192 is UTF-8, ISO_IR 100 Latin-1', cause: 'no charset' };
  }
  const { problem } = decodeStrict(value, charset, vr);
  if (problem !== undefined) {
    const hint =
      charset === UTF_8 ? 'save the text as UTF-8, or declare what it is in: ISO_IR 100 is Latin-1' : undefined;
    return { message: `not text in ${charset === '' ? 'ASCII' : charset}: ${problem}`, hint, cause: `not ${charset}` };
  }
  if (highBytes && charset !== UTF_8 && isKnownUtf8(value, charset)) {
    return {
      message: `this is UTF-8 by the look of it, but (0008,0005) says ${charset}`,
      hint: 'write ISO_IR 192, or convert the text',
      cause: 'UTF-8',
    };
  }
  return undefined;
}

function checkCharacters(text: string, vr: Vr, multiple: boolean): ValueProblem | undefined {
  const found = CONTROL.exec(text) ?? (multiple ? LINE_CONTROL.exec(text) : null);
  if (found === null) return undefined;
  const code = found[0].charCodeAt(0).toString(16).padStart(2, '0');
  return { message: `${vr} has no control character ${code.toUpperCase()}` };
}

function checkTextLength(text: string, vr: Vr): ValueProblem | undefined {
  const most = vrTraits(vr).maxLength;
  if (most === undefined || text.length <= most) return undefined;
  const length = Array.from(text).length;
  return length <= most ? undefined : tooLong(length, most, vr);
}

/** Component groups of a name (PS3.5 6.2.1): alphabetic, ideographic, phonetic. */
function checkName(text: string): ValueProblem | undefined {
  const most = vrTraits('PN').maxLength ?? 0;
  const groups = text.split('=');
  if (groups.length > PN_GROUPS) {
    return { message: `a name has ${PN_GROUPS} component groups, not ${groups.length}`, hint: 'separated by =' };
  }
  for (const group of groups) {
    const length = group.length <= most ? group.length : Array.from(group).length;
    if (length > most) return tooLong(length, most, 'PN', 'a component group');
    const components = group.split('^').length;
    if (components > PN_COMPONENTS) {
      return { message: `a name has ${PN_COMPONENTS} components, not ${components}`, hint: 'separated by ^' };
    }
  }
  return undefined;
}
