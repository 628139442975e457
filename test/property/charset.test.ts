import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SETS_OF_TERM } from '../../src/dicom/charset/coded-sets.ts';
import {
  charsetProblems,
  countValues,
  decodeStrict,
  decodeText,
  encodeText,
  isKnownCharset,
  splitValues,
} from '../../src/dicom/charset/text-codec.ts';
import { ALL_VRS, type Vr } from '../../src/dicom/vr.ts';
import { runs, SEED } from '../support/seed.ts';

const ONE_BYTE_TERMS = [6, 100, 101, 109, 110, 126, 127, 138, 144, 148, 166, 203, 13];
const TWO_BYTE_TERMS = [87, 159, 149, 58];
const ESC = 0x1b;

/** Terms that may stand together: value 1 empty or of one-byte codes, then any. */
const extensions = fc
  .tuple(
    fc.constantFrom(undefined, ...ONE_BYTE_TERMS),
    fc.uniqueArray(fc.constantFrom(...ONE_BYTE_TERMS, ...TWO_BYTE_TERMS), { minLength: 1, maxLength: 5 }),
  )
  .map(([first, others]) => ({
    terms: [first ?? 6, ...others.filter((other) => other !== first)],
    isDefault: first === undefined,
  }))
  .filter(({ terms }) => terms.length > 1)
  .map(({ terms, isDefault }) => ({
    terms,
    charset: terms.map((term, index) => (index === 0 && isDefault ? '' : `ISO 2022 IR ${term}`)).join('\\'),
  }));

const single = fc
  .constantFrom(...ONE_BYTE_TERMS.filter((term) => term !== 6))
  .map((term) => ({ terms: [term], charset: `ISO_IR ${term}` }));

/** Any character of the declared sets that a value may hold, delimiters and line ends among them. */
function textIn(terms: readonly number[], vr: Vr): fc.Arbitrary<string> {
  const sets = terms.flatMap((term) => {
    const { g0, g1 } = SETS_OF_TERM.get(term) ?? {};
    return [g0, g1].filter((set) => set !== undefined);
  });
  const isRomajiAlone = terms[0] === 13 && !terms.slice(1).some((term) => ONE_BYTE_TERMS.includes(term));
  const oneOfSet = sets.map((set) => {
    const units = [...set.codes().keys()].filter((unit) => (unit < 0x7f || unit > 0x9f) && unit !== 0xa5);
    return fc.constantFrom(...units.map((unit) => String.fromCharCode(unit)));
  });
  const marks = ['^', '=', ' ', ...(vr === 'LT' ? ['\r\n', '\t', '\f'] : ['\\']), ...(isRomajiAlone ? [] : ['A'])];
  return fc
    .array(fc.oneof(...oneOfSet, fc.constantFrom(...marks)), { maxLength: 30 })
    .map((parts) => parts.join(''))
    .filter((text) => vr !== 'LT' || !text.includes('\\') || terms[0] !== 13);
}

const textVr = fc.constantFrom<Vr>('PN', 'LO', 'LT');

/** Bytes that look like coded text: designations, their fragments, delimiters, halves of codes. */
const codedBytes = fc
  .array(
    fc.oneof(
      fc.constantFrom('1b2442', '1b242844', '1b2842', '1b284a', '1b2949', '1b242943', '1b242941', '1b2d41', '1b2849'),
      fc.constantFrom('1b', '24', '28', '29', '5c', '5e', '3d', '0d', '0a', '09', '20', '7f', '80', 'ff'),
      fc.integer({ min: 0, max: 255 }).map((byte) => byte.toString(16).padStart(2, '0')),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Uint8Array.from(Buffer.from(parts.join(''), 'hex')));

const anyCharset = fc.oneof(
  fc.constantFrom('', 'ISO_IR 100', 'ISO_IR 13', 'ISO_IR 192', 'GB18030', 'GBK', 'ISO_IR 999'),
  fc.constantFrom('ISO 2022 IR 87', 'ISO 2022 IR 149', '\\ISO 2022 IR 87', 'ISO_IR 100\\ISO_IR 192'),
  extensions.map(({ charset }) => charset),
  fc.string(),
);

describe('round trip', () => {
  it('decodeText gives back what encodeText wrote, without a complaint', () => {
    const cases = fc
      .oneof(single, extensions)
      .chain((declared) => textVr.chain((vr) => textIn(declared.terms, vr).map((text) => ({ ...declared, vr, text }))));
    const property = fc.property(cases, ({ charset, vr, text }) => {
      const { bytes, lost } = encodeText(text, charset, vr);
      assert.deepEqual(lost, []);
      assert.deepEqual(decodeStrict(bytes, charset, vr), { text });
      assert.equal(decodeText(bytes, charset, vr), text);
    });
    fc.assert(property, { seed: SEED, numRuns: runs(20_000) });
  });

  it('holds for all of Unicode in UTF-8 and GB18030', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((each) => !/\p{Co}/u.test(each));
    const property = fc.property(text, fc.constantFrom('ISO_IR 192', 'GB18030'), (each, charset) => {
      const { bytes, lost } = encodeText(each, charset, 'UT');
      assert.deepEqual(lost, []);
      assert.equal(decodeText(bytes, charset, 'UT'), each);
    });
    fc.assert(property, { seed: SEED, numRuns: runs(10_000) });
  });

  it('any text comes out as bytes that fit the character set, and is stable from then on', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const property = fc.property(text, anyCharset, fc.constantFrom(...ALL_VRS), (each, charset, vr) => {
      const written = encodeText(each, charset, vr);
      const { text: read, problem } = decodeStrict(written.bytes, charset, vr);
      assert.equal(problem, undefined);
      const again = encodeText(read, charset, vr);
      assert.deepEqual(again.lost, []);
      assert.deepEqual(Buffer.from(again.bytes), Buffer.from(written.bytes));
    });
    fc.assert(property, { seed: SEED, numRuns: runs(10_000) });
  });
});

describe('any bytes', () => {
  const property = (check: (bytes: Uint8Array, charset: string, vr: Vr) => void) => {
    const bytes = fc.oneof(codedBytes, fc.uint8Array({ maxLength: 40 }));
    fc.assert(fc.property(bytes, anyCharset, fc.constantFrom(...ALL_VRS), check), {
      seed: SEED,
      numRuns: runs(20_000),
    });
  };

  it('decode to no more characters than bytes, strict or not to the same', () => {
    property((bytes, charset, vr) => {
      const text = decodeText(bytes, charset, vr);
      assert.ok(text.length <= bytes.length);
      assert.equal(decodeStrict(bytes, charset, vr).text, text);
    });
  });

  it('decode with a complaint where U+FFFD comes out', () => {
    property((bytes, charset, vr) => {
      const { text, problem } = decodeStrict(bytes, charset, vr);
      const spelt = Buffer.from(bytes).includes('efbfbd', 'hex') || Buffer.from(bytes).includes('8431a437', 'hex');
      if (text.includes('\ufffd') && !spelt) assert.match(problem ?? '', /^byte \d+: |^character set: /);
    });
  });

  it('split into values that make the whole, each read as in the whole', () => {
    property((bytes, charset, vr) => {
      const values = splitValues(bytes, charset, vr);
      assert.equal(countValues(bytes, charset, vr), values.length);
      if (bytes.length === 0) return;
      const joined = Buffer.concat(
        values.flatMap((value, index) => (index === 0 ? [value] : [Buffer.of(0x5c), value])),
      );
      assert.deepEqual(joined, Buffer.from(bytes));
      const pieces = values.map((value) => decodeText(value, charset, vr));
      assert.equal(pieces.join('\\'), decodeText(bytes, charset, vr));
    });
  });

  it('without ESC and above 1f mean themselves in every character set', () => {
    const ascii = fc.uint8Array({ min: 0x20, max: 0x5b, maxLength: 40 });
    const check = fc.property(ascii, anyCharset, fc.constantFrom(...ALL_VRS), (bytes, charset, vr) => {
      assert.ok(!bytes.includes(ESC));
      const text = Buffer.from(bytes).toString('latin1');
      assert.equal(decodeText(bytes, charset, vr), text);
      assert.deepEqual(Buffer.from(encodeText(text, charset, vr).bytes), Buffer.from(bytes));
    });
    fc.assert(check, { seed: SEED, numRuns: runs(2_000) });
  });
});

describe('any charset', () => {
  it('is known or has a problem named', () => {
    const property = fc.property(fc.oneof(anyCharset, fc.string({ unit: 'binary' })), (charset) => {
      assert.ok(isKnownCharset(charset) || charsetProblems(charset).length > 0);
    });
    fc.assert(property, { seed: SEED, numRuns: runs(5_000) });
  });

  it('that the standard allows has no problem', () => {
    const property = fc.property(fc.oneof(single, extensions), ({ charset }) => {
      assert.deepEqual(charsetProblems(charset), []);
    });
    fc.assert(property, { seed: SEED, numRuns: runs(2_000) });
  });
});
