/** Any bytes give a data set that can be written and read again, or a DumpTextError; never another throw, nor a hang. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { checkDataSet } from '../../src/dicom/check-data-set.ts';
import { type ParsedDump, parseDump } from '../../src/dump-text/parse-dump.ts';
import { DumpTextError } from '../../src/errors.ts';
import { inputOf, readCases } from '../support/dump2wl-case.ts';
import { mutate } from '../support/mutate.ts';
import { randomFrom, runs, SEED } from '../support/seed.ts';

/** Far above what the slowest takes on a busy machine, far below what quadratic time would. */
const MOST_MS = 8000;
/** Larger inputs say nothing more and cost time. */
const LARGEST = 4000;
const samples = readCases()
  .map(inputOf)
  .filter(({ length }) => length > 0 && length <= LARGEST);

/** What dump text is made of, to be put where it does not belong. */
const PIECES = [
  '(0010,0010)',
  '(0040,0100) SQ\n',
  '(fffe,e000)\n',
  '(fffe,e00d)\n',
  '(fffe,e0dd)\n',
  '(7fe0,0010) OB (PixelSequence #=1)\n',
  '(fffe,e000) pi 01\\02\n',
  '(0008,0005) CS [\\ISO 2022 IR 87]\n',
  ' PN ',
  ' UI =',
  '[',
  ']',
  '] #',
  '#',
  '\\n',
  '\\',
  '...',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\xef\xbb\xbf',
  '\xa0',
  '\x1b$B',
  '(',
  ')',
  '<',
  '|',
  '=',
  '  #  16, 1 PatientName\n',
  '(0002,0010) UI ',
];

/** Line by line, as editors and scripts spoil dumps: gone, doubled, swapped, or with something in between. */
function spoil(bytes: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  for (let change = below(3); change >= 0; change--) {
    const at = below(lines.length);
    const line = lines[at] ?? '';
    const place = below(line.length + 1);
    switch (below(4)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.splice(below(lines.length), 0, line);
        break;
      case 2:
        lines[at] = `${line}${lines[at + 1] ?? ''}`;
        break;
      default:
        lines[at] = `${line.slice(0, place)}${PIECES[below(PIECES.length)]}${line.slice(place)}`;
    }
  }
  return Buffer.from(lines.join('\n'), 'latin1');
}

function parse(bytes: Uint8Array, force: boolean): ParsedDump | undefined {
  try {
    return parseDump(bytes, { file: 'mutated', force });
  } catch (error) {
    if (!(error instanceof DumpTextError)) throw error;
    assert.ok(error.diagnostics.some(({ severity }) => severity === 'error'));
    return undefined;
  }
}

function survives(bytes: Uint8Array): void {
  const started = performance.now();
  for (const force of [false, true]) {
    const parsed = parse(bytes, force);
    if (parsed === undefined) continue;
    for (const problem of checkDataSet(parsed.dataSet)) assert.notEqual(problem.message, '');
    const isCompressed = parsed.dataSet.elements.some(({ kind }) => kind === 'fragments');
    const syntax = (isCompressed ? parsed.syntax : undefined) ?? EXPLICIT_LITTLE;
    const written = writeDataSet(parsed.dataSet, syntax, { lengths: 'explicit', groupLengths: 'recalculate' });
    const { error, dataSet } = readDataSet(written, syntax);
    assert.equal(error, undefined);
    assert.equal(dataSet.size, parsed.dataSet.size);
  }
  const spent = performance.now() - started;
  assert.ok(spent < MOST_MS, `${Math.round(spent)} ms`);
}

function show(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'));
}

describe(`mutated dumps (seed ${SEED})`, () => {
  for (const [name, change] of [
    ['bytes', mutate],
    ['lines', spoil],
  ] as const) {
    it(`${name}: a data set or a DumpTextError`, () => {
      const random = randomFrom(`dump-text ${name}`);
      for (let run = runs(50_000); run > 0; run--) {
        const sample = samples[Math.floor(random() * samples.length)] as Uint8Array;
        const bytes = change(sample, random);
        try {
          survives(bytes);
        } catch (error) {
          throw new Error(`run ${run}: ${show(bytes)}`, { cause: error });
        }
      }
    });
  }

  it('random bytes', () => {
    const random = randomFrom('dump-text random');
    for (let run = runs(5000); run > 0; run--) {
      survives(Uint8Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256)));
    }
  });
});

describe('inputs made to cost time', () => {
  const SIZE = 300_000;
  const repeat = (text: string) => text.repeat(Math.ceil(SIZE / text.length));
  const inputs: Readonly<Record<string, string>> = {
    'blanks in a value': `(0010,0010) PN [${repeat(' ')}x]`,
    'blanks in a bare value': `(0010,0010) PN a${repeat(' ')}x`,
    'blanks before a number': `(0028,0010) US ${repeat(' ')}x`,
    'open brackets': `(0010,0010) PN ${repeat('[')}`,
    'closed brackets': `(0010,0010) PN [${repeat(']')}`,
    'brackets and comments': `(0010,0010) PN [${repeat('] # ')}`,
    'open parentheses': `(0028,0009) AT ${repeat('(')}`,
    tags: `(0028,0009) AT ${repeat('(0010,0010)\\')}`,
    'unclosed brackets, line by line': repeat('(0010,0010) PN [a\n'),
    'unclosed brackets and text': repeat('(0010,0010) PN [a\nb\nc\n'),
    'comments with other names': Array.from({ length: 9000 }, (_, i) => `(0010,0010) PN [a]  #  2, 1 Name${i}`).join(
      '\n',
    ),
    'one bracket that never closes': `(0010,0010) PN [a\n${repeat('b\n')}`,
    'brackets that close oddly': repeat('(0010,0010) PN [a] b [c\nd] e\n'),
    'NUL at the end': `${repeat('(0010,0010) PN [a]\n')}\0`,
    'junk lines': repeat('x\n'),
    backslashes: `(0010,4000) LT [${repeat('\\n')}]`,
    duplicates: repeat('(0010,0010) PN [a]\n'),
    'descending tags': Array.from({ length: 20_000 }, (_, i) => `(0011,${(0xffff - i).toString(16)}) LO [a]`).join(
      '\n',
    ),
    'deep nesting': repeat('(0040,0100) SQ\n(fffe,e000)\n'),
    'ends without beginnings': repeat('(fffe,e00d)\n(fffe,e0dd)\n'),
    'unknown names': repeat('(0008,0018) UI =Nope\n'),
    dots: `(0010,4000) LT ${repeat('...')}x`,
    hex: `(7fe0,0010) OW ${repeat('0001\\')}0001`,
  };
  for (const [name, text] of Object.entries(inputs)) {
    it(name, () => survives(Buffer.from(text, 'latin1')));
  }
});
