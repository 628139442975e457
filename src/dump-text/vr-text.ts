/** What stands where the VR belongs: a VR, a value that could be mistaken for one, or neither. */

import { type DictionaryEntry, lookupTag } from '../dicom/dictionary.ts';
import { isVr, type Vr, vrTraits } from '../dicom/vr.ts';
import type { Findings } from './findings.ts';
import { type ElementLine, spanOf } from './line.ts';
import type { SourceText } from './source-text.ts';
import { ValueTrouble } from './value-text.ts';

/** Blanks that are none to dump2dcm, as they begin a value: in UTF-8, and Latin-1's no-break space. */
const OTHER_BLANKS: readonly (readonly [bytes: string, name: string])[] = [
  ['\xc2\xa0', 'a no-break space (U+00A0)'],
  ['\xa0', 'a no-break space (A0)'],
  ['\xe2\x80\xaf', 'a narrow no-break space (U+202F)'],
  ['\xe2\x80\x8b', 'a zero-width space (U+200B)'],
  ['\xef\xbb\xbf', 'a zero-width no-break space (U+FEFF)'],
  ['\xe3\x80\x80', 'an ideographic space (U+3000)'],
];
const LOWER_VR = /^([A-Za-z][a-z]|[a-z][A-Z])(?=[ \t[]|$)/;

function vrHint(entry: DictionaryEntry | undefined, vr: string): string {
  return entry === undefined ? `write ${vr}` : `${entry.keyword} has ${entry.vr}`;
}

function writtenVrHint(entry: DictionaryEntry | undefined): string {
  return entry === undefined ? 'write a VR of PS3.5, or ?? for unknown' : `${entry.keyword} has VR ${entry.vr}`;
}

/**
 * The VR written on the line, undefined where there is none; placeholders of dcmdump (`ox`, `??`) count as none.
 * dump2dcm eats any two capitals; here they are an error when they are no VR.
 */
export function readVrText(line: ElementLine, source: SourceText, findings: Findings): Vr | ValueTrouble | undefined {
  const { vrText, value, tag } = line;
  if (value?.form === 'bare') {
    const blank = findOtherBlank(line, source);
    if (blank !== undefined) return blank;
  }
  if (vrText === undefined) return value?.form === 'bare' ? judgeBareStart(line, source, findings) : undefined;
  if (isVr(vrText)) {
    if (line.glued && value?.form === 'bare') return judgeGlued(line, vrText, source, findings);
    return vrText;
  }
  if (vrText === 'pi')
    return new ValueTrouble(line.vrSpan, 'pi marks items of pixel data only', writtenVrHint(lookupTag(tag)));
  if (!/^[A-Z]/.test(vrText)) return undefined;
  const entry = lookupTag(tag);
  const hint = unknownVrHint(line, entry, source);
  if (entry !== undefined || (line.glued && value?.form === 'bare')) {
    return new ValueTrouble(line.vrSpan, `${vrText} is no VR`, hint);
  }
  // Nobody knows better, and as the value of UN only hex will do.
  findings.warning(line.vrSpan, `${vrText} is no VR`, hint);
  return undefined;
}

function unknownVrHint(line: ElementLine, entry: DictionaryEntry | undefined, source: SourceText): string {
  const { value, vrSpan } = line;
  const vr = entry === undefined ? '' : writtenVrHint(entry);
  if (value !== undefined && value.form !== 'bare') return writtenVrHint(entry);
  const text = source.show({ offset: vrSpan.offset, length: Math.max(2, (value?.end ?? 0) - vrSpan.offset) });
  return `if it is the value, put it in brackets: [${text}]${vr === '' ? '' : `; ${vr}`}`;
}

function findOtherBlank({ value }: ElementLine, source: SourceText): ValueTrouble | undefined {
  if (value === undefined) return undefined;
  const found = OTHER_BLANKS.find(([bytes]) => source.text.startsWith(bytes, value.start));
  if (found === undefined) return undefined;
  const [bytes, name] = found;
  return new ValueTrouble(
    { offset: value.start, length: bytes.length },
    `${name} between the parts of the line`,
    'write a plain space',
  );
}

/** A bare value without VR: text that was meant as a VR, or as something else. */
function judgeBareStart(line: ElementLine, source: SourceText, findings: Findings): ValueTrouble | undefined {
  const { value, tag } = line;
  if (value === undefined) return undefined;
  const text = source.text.slice(value.start, value.end);
  const vr = LOWER_VR.exec(text)?.[1]?.toUpperCase();
  const entry = lookupTag(tag);
  if (vr !== undefined && isVr(vr) && (/^..[ \t]*\[/.test(text) || vr === entry?.vr)) {
    const span = { offset: value.start, length: 2 };
    return new ValueTrouble(
      span,
      'a VR is written in capitals',
      `write ${vr}${vr === entry?.vr ? '' : `; ${vrHint(entry, vr)}`}`,
    );
  }
  if (text.startsWith(':')) {
    findings.warning(spanOf(value), 'the colon is taken as part of the value', 'write a VR and the value in brackets');
  } else if (text.endsWith(']') && /[ \t]\[/.test(text)) {
    findings.warning(
      spanOf(value),
      'all of this is taken as the value, brackets included',
      'a value in brackets follows the VR at once',
    );
  }
  return undefined;
}

/** `LOPEZ^MARIA` reads as VR LO and the value `PEZ^MARIA`. */
function judgeGlued(line: ElementLine, vr: Vr, source: SourceText, findings: Findings): Vr | ValueTrouble {
  const { value, vrSpan, tag } = line;
  if (value === undefined) return vr;
  const first = source.text.charAt(value.start);
  const { kind } = vrTraits(vr);
  if (!/[A-Za-z0-9^]/.test(first) || ((kind === 'integer' || kind === 'float') && /\d/.test(first))) return vr;
  const span = { offset: vrSpan.offset, length: value.end - vrSpan.offset };
  const message = `"${source.show(span)}" reads as VR ${vr} and a value`;
  const hint = 'write a blank behind the VR, or put the value in brackets';
  if (lookupTag(tag)?.vr !== vr) return new ValueTrouble(span, message, hint);
  findings.warning(span, message, hint);
  return vr;
}
