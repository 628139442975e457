/** The text of a value to the bytes of its VR. */

import { swapUnits } from '../codec/byte-order.ts';
import { paddedValue } from '../dicom/padded-value.ts';
import { type Vr, vrTraits } from '../dicom/vr.ts';
import { endsCut, readComment } from './comment.ts';
import type { Findings } from './findings.ts';
import { readFloats } from './float-value.ts';
import { readHex } from './hex-value.ts';
import { readIntegers } from './integer-value.ts';
import { type ElementLine, spanOf, type ValueText } from './line.ts';
import { cutValue } from './line-shape.ts';
import type { SourceText } from './source-text.ts';
import { readTags } from './tag-value.ts';
import { normalizeLineEnds, readText } from './text-value.ts';
import { readUid } from './uid-value.ts';
import { type ValueResult, ValueTrouble } from './value-text.ts';

export interface ValueReading {
  readonly source: SourceText;
  readonly findings: Findings;
  /** Gives the bytes of a file named as `=file`. */
  readonly readFile: (path: string) => Uint8Array;
  /** Words of such files are big endian (dump2dcm +rb). */
  readonly bigEndianFiles: boolean;
}

const EMPTY = new Uint8Array(0);

/** The value field of a line's element, or what is wrong with its text. */
export function readElementValue(line: ElementLine, vr: Vr, reading: ValueReading): ValueResult {
  const { value } = line;
  if (value === undefined || (value.form === 'bracketed' && value.start === value.end)) return EMPTY;
  const traits = vrTraits(vr);
  if (value.form === 'parenthesized') {
    return traits.kind === 'tag' ? readTagList(line, value, reading) : readDescription(line, value, reading);
  }
  const isText = traits.kind === 'text' || traits.kind === 'uid';
  if (value.several !== undefined && !isText) {
    return new ValueTrouble(
      { offset: value.start - 1, length: 1 },
      'the bracket is not closed',
      'add the ] that ends the value',
    );
  }
  const { source } = reading;
  if (isText) return readCharacters(line, value, vr, reading);
  const text = source.text.slice(value.start, value.end);
  if (value.form === 'bare' && endsCut(text)) return cutValue(text, value.start);
  switch (traits.kind) {
    case 'integer':
      return readIntegers(text, value.start, traits);
    case 'float':
      return readFloats(text, value.start, traits);
    case 'tag':
      return readTags(text, value.start);
    case 'bytes':
    case 'words':
      if (text.startsWith('=') && vr !== 'UN') return readNamedFile(value, vr, reading);
      return readHex(source.bytes, value.start, value.end, traits.kind === 'words' ? 2 : 1);
    case 'sequence':
      return EMPTY;
    default:
      return traits.kind satisfies never;
  }
}

function readCharacters(line: ElementLine, value: ValueText, vr: Vr, reading: ValueReading): ValueResult {
  const { source, findings } = reading;
  if (value.form === 'bare') noteBareOddities(line, value, reading);
  if (vr === 'UI') {
    const { value: uid, squeezed } = readUid(source.text.slice(value.start, value.end), value.start);
    if (squeezed) findings.warning(spanOf(value), 'white space within a UID is removed');
    return uid;
  }
  if (value.several === undefined) return readText(source.bytes, value.start, value.end, vr);
  if (!vrTraits(vr).charset || vrTraits(vr).multiple) {
    findings.warning(spanOf(value), `a ${vr} value over several lines`, 'is the ] missing in the first of them?');
  }
  const raw = source.bytes.subarray(value.start, value.end);
  const text = value.several.confirmed ? raw : normalizeLineEnds(raw);
  return readText(text, 0, text.length, vr);
}

/** Quotes, braces and wide brackets of UTF-8 around a value, each byte as a character. */
const OTHER_BRACKETS =
  /^(?:["'{]|\xe2\x80[\x98\x9c\x9e]|\xc2\xab|\xef\xbc\xbb).*(?:["'}]|\xe2\x80[\x99\x9c\x9d]|\xc2\xbb|\xef\xbc\xbd)$/s;

/** What a bare value may have lost to the comment sign or to dcmdump's scissors, and what it may have too much. */
function noteBareOddities({ comment }: ElementLine, value: ValueText, { source, findings }: ValueReading): void {
  const length = value.end - value.start;
  if (comment !== undefined && comment.span.offset === value.end) {
    findings.warning(comment.span, 'what follows # is a comment', 'put a value that holds # in brackets');
  }
  if (length > 1 && OTHER_BRACKETS.test(source.text.slice(value.start, value.end))) {
    findings.warning(
      spanOf(value),
      'the marks around it are taken as part of the value',
      'write it in brackets: [value]',
    );
  }
  if (!source.text.startsWith('...', value.end - 3)) return;
  const printed = comment === undefined ? undefined : readComment(comment.text);
  if (printed?.length !== undefined && printed.length > length + 1) {
    const { span, message, hint } = cutValue('...', value.end - 3);
    findings.error(span, message, hint);
  } else {
    findings.warning({ offset: value.end - 3, length: 3 }, 'the value ends in "...": was it cut?');
  }
}

function readTagList(line: ElementLine, value: ValueText, reading: ValueReading): ValueResult {
  const text = reading.source.text.slice(value.start, value.end);
  if (/^\(no value available\)/.test(text)) return EMPTY;
  const tags = readTags(text, value.start);
  if (line.trailing !== undefined && !(tags instanceof ValueTrouble)) {
    reading.findings.warning(line.trailing.span, 'text behind the tag is ignored', 'several tags are separated by \\');
  }
  return tags;
}

/** `(no value available)` and other words of dcmdump in place of a value. */
function readDescription(line: ElementLine, value: ValueText, reading: ValueReading): ValueResult {
  const { source, findings } = reading;
  const span = spanOf(value);
  const text = source.text.slice(value.start, value.end);
  if (/^\(not loaded\)/.test(text)) {
    return new ValueTrouble(span, 'the value is not in the dump', 'dump again with +M, which loads long values');
  }
  if (/^\(invalid value\)/.test(text)) {
    return new ValueTrouble(span, 'the value could not be dumped', 'write the value, or remove the line');
  }
  const hint = 'put a value that begins with ( in brackets';
  if (line.trailing !== undefined) return new ValueTrouble(span, 'text in parentheses is no value', hint);
  if (!/^\((?:no value|Sequence|Item|PixelSequence)/.test(text)) {
    findings.warning(span, 'text in parentheses is a description; the value is empty', hint);
  }
  return EMPTY;
}

function readNamedFile(value: ValueText, vr: Vr, { source, readFile, bigEndianFiles }: ValueReading): ValueResult {
  const path = source.show({ offset: value.start + 1, length: value.end - value.start - 1 });
  try {
    const bytes = paddedValue(readFile(path), 'OB');
    return bigEndianFiles && vr === 'OW' ? swapUnits(bytes, 2) : bytes;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new ValueTrouble(
      spanOf(value),
      `cannot read the file of the value: ${reason}`,
      'its name is relative to the folder you are in',
    );
  }
}
