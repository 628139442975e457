/** Tests for keys of the text VRs, by what each VR lets a key say (PS3.4 C.2.2.2). */

import { isInvariant } from '../dicom/charset/ascii.ts';
import type { ValueElement } from '../dicom/data-set.ts';
import { trimPadding } from '../dicom/trim-padding.ts';
import type { Vr } from '../dicom/vr.ts';
import { comparableText } from './comparable-text.ts';
import { type ItemView, storedTexts } from './entry-view.ts';
import { compileInvariantName, compileInvariantText, type InvariantTest } from './match-bytes.ts';
import { matchDate, matchDateTime, matchTime, parseDateKey, parseDateTimeKey, parseTimeKey } from './match-moment.ts';
import { comparableName, compileName, isUniversalName } from './match-name.ts';
import { parseNumberString } from './match-number.ts';
import { compileWildcard, hasWildcard, isUniversal, type TextTest } from './match-wildcard.ts';
import { storedDates, storedInstants, storedTimes } from './stored-moment.ts';
import { allSpans, spanOfDate, spanOfName, spanOfPattern } from './value-span.ts';
import { type CompiledValue, isReadableAs, isTextual, malformed, UNIVERSAL, type ValueTest } from './value-test.ts';

/** Any stored value may pass (K.2.2.3). `quick` judges what need not be decoded. */
function textTest(vr: Vr, passes: TextTest, quick: InvariantTest): ValueTest {
  return (element, view) => {
    if (!isReadableAs(element, vr, isTextual)) return false;
    const judged = isInvariant(element.value) ? quick(element.value) : undefined;
    return judged ?? storedTexts(view, element, vr).some(passes);
  };
}

function compileNames(values: readonly string[], asked: string, fuzzy: boolean): CompiledValue {
  const names = values.map((value) => comparableName(value, fuzzy)).filter((groups) => groups.length > 0);
  if (names.length === 0 || names.some(isUniversalName)) return UNIVERSAL;
  const tests = names.map(compileName);
  const passes = (text: string): boolean => {
    const groups = comparableName(text, fuzzy);
    return tests.some((test) => test(groups));
  };
  const spans = allSpans(names.map(spanOfName));
  return { kind: 'test', asked, spans, test: textTest('PN', passes, compileInvariantName(names)) };
}

/** Wild cards and plain text alike; a value of which blanks leave nothing is unknown and fits nothing. */
function compilePatterns(vr: Vr, values: readonly string[], asked: string): CompiledValue {
  const exact = new Set(values.filter((value) => !hasWildcard(value)));
  const tests = values.filter(hasWildcard).map(compileWildcard);
  const passes = (text: string): boolean => {
    const value = comparableText(text, vr);
    return value !== '' && (exact.has(value) || tests.some((test) => test(value)));
  };
  const spans = allSpans(values.map(spanOfPattern));
  return { kind: 'test', asked, spans, test: textTest(vr, passes, compileInvariantText(values, vr)) };
}

/** Fixed formats in which a wild card has no meaning. */
const FORMATS: Readonly<Record<'AS' | 'UI', RegExp>> = { AS: /^\d{3}[DWMY]$/, UI: /^[\d.]+$/ };

function compileNumberStrings(vr: 'DS' | 'IS', values: readonly string[], asked: string): CompiledValue {
  const wanted = new Set(values.map((value) => parseNumberString(value, vr)));
  if (wanted.has(undefined)) return malformed(vr);
  const passes = (text: string): boolean => {
    const number = parseNumberString(trimPadding(text), vr);
    return number !== undefined && wanted.has(number);
  };
  return { kind: 'test', asked, test: textTest(vr, passes, () => undefined) };
}

/** Each value of the key is read by `parse`; a stored moment passes that matches one of them. */
function compileMoments<Key, Moment>(
  vr: 'DA' | 'TM' | 'DT',
  values: readonly string[],
  asked: string,
  parse: (text: string) => Key | undefined,
  stored: (view: ItemView, element: ValueElement) => readonly Moment[],
  match: (key: Key, moment: Moment) => boolean,
): { readonly keys: readonly Key[]; readonly compiled: CompiledValue } {
  const keys: Key[] = [];
  for (const value of values) {
    const key = parse(value);
    if (key === undefined) return { keys: [], compiled: malformed(vr) };
    keys.push(key);
  }
  const passes = (moment: Moment): boolean => keys.some((key) => match(key, moment));
  const test: ValueTest = (element, view) => isReadableAs(element, vr, isTextual) && stored(view, element).some(passes);
  return { keys, compiled: { kind: 'test', asked, test } };
}

/** A period is made of keys of one value each. */
function only<Key>(keys: readonly Key[]): Key | undefined {
  return keys.length === 1 ? keys[0] : undefined;
}

function compileDates(values: readonly string[], asked: string): CompiledValue {
  const { keys, compiled } = compileMoments('DA', values, asked, parseDateKey, storedDates, matchDate);
  return compiled.kind === 'test' ? { ...compiled, date: only(keys), spans: keys.map(spanOfDate) } : compiled;
}

function compileTimes(values: readonly string[], asked: string): CompiledValue {
  const { keys, compiled } = compileMoments('TM', values, asked, parseTimeKey, storedTimes, matchTime);
  return compiled.kind === 'test' ? { ...compiled, time: only(keys) } : compiled;
}

function compileDateTimes(values: readonly string[], asked: string): CompiledValue {
  return compileMoments('DT', values, asked, parseDateTimeKey, storedInstants, matchDateTime).compiled;
}

/** Compiles the values of a key; several are alternatives (as C.2.2.2.2 has it for lists of UIDs), empty ones ask nothing. */
export function compileTexts(vr: Vr, texts: readonly string[], fuzzy: boolean): CompiledValue {
  const asked = texts.map(trimPadding).join('\\');
  if (vr === 'PN') return compileNames(texts, asked, fuzzy);
  const values = [...new Set(texts.map((text) => comparableText(text, vr)))].filter((value) => value !== '');
  if (values.length === 0 || values.some(isUniversal)) return UNIVERSAL;
  switch (vr) {
    case 'DA':
    case 'TM':
    case 'DT':
      // A range that is open on both sides asks for nothing.
      if (values.includes('-')) return UNIVERSAL;
      if (vr === 'DA') return compileDates(values, asked);
      return vr === 'TM' ? compileTimes(values, asked) : compileDateTimes(values, asked);
    case 'AS':
    case 'UI':
      return values.every((value) => FORMATS[vr].test(value)) ? compilePatterns(vr, values, asked) : malformed(vr);
    case 'DS':
    case 'IS':
      return compileNumberStrings(vr, values, asked);
    default:
      return compilePatterns(vr, values, asked);
  }
}
