import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  charsetProblems,
  countValues,
  decodeStrict,
  decodeText,
  encodeText,
  isKnownCharset,
  splitValues,
} from '../../../../src/dicom/charset/text-codec.ts';
import { VECTORS } from './vectors.ts';

function fromHex(hex: string): Uint8Array {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex');
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('known texts', () => {
  for (const { name, charset, vr, hex, text } of VECTORS) {
    it(`${name}: "${charset}" decodes ${JSON.stringify(text)}`, () => {
      assert.deepEqual(decodeStrict(fromHex(hex), charset, vr), { text });
      assert.equal(decodeText(fromHex(hex), charset, vr), text);
    });

    it(`${name}: "${charset}" encodes ${JSON.stringify(text)} to the same bytes`, () => {
      const { bytes, lost } = encodeText(text, charset, vr);
      assert.equal(toHex(bytes), hex.replaceAll(' ', ''));
      assert.deepEqual(lost, []);
    });
  }

  it('JIS X 0212 stands beside JIS X 0208', () => {
    const charset = '\\ISO 2022 IR 87\\ISO 2022 IR 159';
    // 丂 and 仡 are in the supplement only.
    const hex = '1b2442 3b33 1b242844 3021 304b 1b2842';
    const text = decodeText(fromHex(hex), charset, 'PN');
    assert.equal(text.slice(0, 2), '山丂');
    assert.equal(toHex(encodeText(text, charset, 'PN').bytes), hex.replaceAll(' ', ''));
  });

  it('one value may use several alphabets', () => {
    const charset = 'ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126';
    const hex = 'e9 1b2d4c b6 1b2d46 e1 1b2d41 5c e9';
    assert.equal(decodeText(fromHex(hex), charset, 'LO'), 'éЖα\\é');
    assert.equal(toHex(encodeText('éЖα\\é', charset, 'LO').bytes), hex.replaceAll(' ', ''));
  });
});

describe('decodeText', () => {
  it('reads 80-9f of one-byte sets as C1 controls, not as Windows does', () => {
    for (const charset of ['ISO_IR 100', 'ISO_IR 148', 'ISO_IR 166']) {
      assert.equal(decodeText(fromHex('41 80 92'), charset, 'LO'), 'A\u0080\u0092');
    }
  });

  it('gives U+FFFD for bytes that mean nothing', () => {
    assert.equal(decodeText(fromHex('41 e9'), '', 'LO'), 'A\ufffd');
    assert.equal(decodeText(fromHex('41 e9'), 'ISO_IR 999', 'LO'), 'A\ufffd');
    assert.equal(decodeText(fromHex('41 a5'), 'ISO_IR 109', 'LO'), 'A\ufffd');
    assert.equal(decodeText(fromHex('41 e9 42'), 'ISO_IR 192', 'LO'), 'A\ufffdB');
    assert.equal(decodeText(fromHex('41 ff 42'), 'GB18030', 'LO'), 'A\ufffdB');
    assert.equal(decodeText(fromHex('1b242943 b1 41'), '\\ISO 2022 IR 149', 'LO'), '\ufffdA');
    assert.equal(decodeText(fromHex('c0'), 'ISO_IR 13', 'LO'), 'ﾀ');
    assert.equal(decodeText(fromHex('e0'), 'ISO_IR 13', 'LO'), '\ufffd');
  });

  it('leaves the default repertoire only in VRs that have a character set', () => {
    assert.equal(decodeText(fromHex('43 e9'), 'ISO_IR 100', 'CS'), 'C\ufffd');
    assert.equal(decodeText(fromHex('43 e9'), 'ISO_IR 100', 'SH'), 'Cé');
    assert.equal(decodeText(fromHex('1b2442 3b33'), '\\ISO 2022 IR 87', 'AE'), '\u001b$B;3');
    assert.equal(decodeText(fromHex('5c 7e'), 'ISO_IR 13', 'CS'), '\\~');
  });

  it('keeps padding and control characters', () => {
    assert.equal(decodeText(fromHex('20 41 0d0a 09 0c 00 20'), 'ISO_IR 100', 'LT'), ' A\r\n\t\f\0 ');
    assert.equal(decodeText(fromHex('efbbbf 41'), 'ISO_IR 192', 'LT'), '\ufeffA');
    assert.equal(decodeText(fromHex('84319533 41'), 'GB18030', 'LT'), '\ufeffA');
  });

  it('reads 5c of JIS X 0201 as the delimiter where values are separated, else as the yen sign', () => {
    assert.equal(decodeText(fromHex('41 5c 7e'), 'ISO_IR 13', 'LO'), 'A\\\u203e');
    assert.equal(decodeText(fromHex('41 5c 7e'), 'ISO_IR 13', 'LT'), 'A¥\u203e');
  });

  it('takes the standard’s characters where Microsoft’s tables differ', () => {
    assert.equal(decodeText(fromHex('1b2442 2141 215d 1b2842'), '\\ISO 2022 IR 87', 'LO'), '\u301c\u2212');
  });

  it('reads long values of any length', () => {
    const text = 'Ж'.repeat(20_001);
    assert.equal(decodeText(encodeText(text, 'ISO_IR 144', 'UT').bytes, 'ISO_IR 144', 'UT'), text);
  });
});

describe('what writers get wrong', () => {
  const readings: readonly [what: string, charset: string, hex: string, text: string, problem: RegExp][] = [
    ['no switch back at the end', '\\ISO 2022 IR 87', '1b2442 3b33', '山', /byte 5: no escape sequence back/],
    ['no switch back before a line end', '\\ISO 2022 IR 87', '1b2442 3b33 0d0a 41', '山\r\nA', /back from JIS X 0208/],
    [
      'no switch back before a caret',
      '\\ISO 2022 IR 87',
      '1b2442 3b33 5e 1b2442 4240 1b2842',
      '山^太',
      /5e is half a code/,
    ],
    [
      'designation not repeated',
      '\\ISO 2022 IR 149',
      '1b242943 fbf3 5e d1ce',
      '洪^吉',
      /no escape sequence for KS X 1001/,
    ],
    ['no designation at all', '\\ISO 2022 IR 149', 'fbf3 5e d1ce', '洪^吉', /no escape sequence for KS X 1001/],
    ['a two-byte set alone', 'ISO 2022 IR 149', 'fbf3', '洪', /no escape sequence for KS X 1001/],
    ['nothing declared', '', '1b2442 3b33 1b2842', '山', /ESC \$B \(JIS X 0208\) is not declared/],
    ['JIS C 6226', '\\ISO 2022 IR 87', '1b2440 3b33 1b2842', '山', /ESC \$@ .* is not declared/],
    ['katakana in G0', '\\ISO 2022 IR 13', '1b2849 545e 1b2842', 'ﾔﾞ', /ESC \(I .* is not declared/],
    ['an unknown escape sequence', 'ISO_IR 100', '41 1b5b324a e9', 'A\u001b[2Jé', /byte 1: unknown escape sequence/],
    ['row 13 of NEC', '\\ISO 2022 IR 87', '1b2442 2d6a 1b2842', '㈱', /2d6a is a vendor's addition to JIS X 0208/],
    ['UTF-8 with more terms', 'ISO_IR 192\\ISO 2022 IR 87', 'e5b1b1', '山', /^$/],
    ['UTF-8 after an empty value', '\\ISO_IR 192', 'e5b1b1', '山', /^$/],
    ['a code extension term alone', 'ISO 2022 IR 100', 'e9', 'é', /^$/],
  ];
  for (const [what, charset, hex, text, problem] of readings) {
    it(`${what}: read as meant, and reported`, () => {
      const decoding = decodeStrict(fromHex(hex), charset, 'PN');
      assert.equal(decoding.text, text);
      assert.match(decoding.problem ?? '', problem);
    });
  }

  it('keeps ESC U+001B when the text ends inside an escape sequence', () => {
    for (const hex of ['1b', '1b24', '1b2428', '1b28']) {
      const latin1 = Buffer.from(fromHex(hex)).toString('latin1');
      assert.equal(decodeText(fromHex(hex), '\\ISO 2022 IR 87', 'PN'), latin1);
    }
  });
});

describe('hostile bytes', () => {
  const patterns = ['1b', '1b24', '1b24423b33', '5c1b2442', '1b24425c', 'ff', '8130', '81', 'e381', '5c'];

  it('take time in proportion to their number', { timeout: 60_000 }, () => {
    for (const pattern of patterns) {
      const bytes = Buffer.alloc(200_000, pattern, 'hex');
      for (const charset of ['\\ISO 2022 IR 87\\ISO 2022 IR 149', 'ISO_IR 192', 'GB18030', 'GBK', '']) {
        const { text } = decodeStrict(bytes, charset, 'LO');
        assert.ok(text.length <= bytes.length);
        assert.equal(splitValues(bytes, charset, 'LO').length, countValues(bytes, charset, 'LO'));
      }
    }
  });

  it('as text too', { timeout: 60_000 }, () => {
    for (const text of ['\u0301', 'e\u0301\u0323', '\ud800', '\u001b', '山^']) {
      encodeText(text.repeat(50_000), 'ISO_IR 100', 'PN');
      encodeText(text.repeat(50_000), '\\ISO 2022 IR 87', 'PN');
    }
  });
});

describe('decodeStrict', () => {
  it('names the first byte that does not fit', () => {
    assert.equal(decodeStrict(fromHex('41 42 e9'), '', 'LO').problem, 'byte 2: e9 is not ASCII');
    assert.equal(decodeStrict(fromHex('41 42 e9'), '', 'CS').problem, 'byte 2: e9 is not ASCII');
    assert.equal(decodeStrict(fromHex('c3a9 efbfbd e9 41'), 'ISO_IR 192', 'LO').problem, 'byte 5: e9 is not UTF-8');
    assert.equal(decodeStrict(fromHex('815c ff'), 'GB18030', 'LO').problem, 'byte 2: GB18030 has no code ff');
    assert.equal(decodeStrict(fromHex('41 81308130'), 'GBK', 'LO').problem, 'byte 1: GBK has no code 81308130');
    assert.equal(decodeStrict(fromHex('fe39fe39'), 'GB18030', 'LO').problem, 'byte 0: GB18030 has no code fe39fe39');
    assert.equal(decodeStrict(fromHex('8431a437'), 'GB18030', 'LO').problem, undefined);
    assert.equal(decodeStrict(fromHex('41 92'), 'ISO_IR 100', 'LO').problem, 'byte 1: 92 is a C1 control character');
    assert.equal(decodeStrict(fromHex('a1'), 'ISO_IR 127', 'LO').problem, 'byte 0: ISO 8859-6 has no code a1');
  });

  it('blames an unknown term only for what is not ASCII', () => {
    assert.equal(decodeStrict(fromHex('41'), 'ISO_IR 999', 'LO').problem, undefined);
    assert.match(decodeStrict(fromHex('e9'), 'ISO_IR 999', 'LO').problem ?? '', /"ISO_IR 999" is no defined term/);
    assert.equal(decodeStrict(fromHex('41'), 'ISO_IR 999', 'CS').problem, undefined);
  });
});

describe('splitValues and countValues', () => {
  const split = (hex: string, charset: string, vr: Parameters<typeof splitValues>[2]) => {
    const values = splitValues(fromHex(hex), charset, vr);
    assert.equal(countValues(fromHex(hex), charset, vr), values.length);
    return values.map(toHex);
  };

  it('cuts at backslashes', () => {
    assert.deepEqual(split('41 5c 42', '', 'CS'), ['41', '42']);
    assert.deepEqual(split('5c', '', 'LO'), ['', '']);
    assert.deepEqual(split('e9 5c 5c e9', 'ISO_IR 100', 'UC'), ['e9', '', 'e9']);
    assert.deepEqual(split('e5b1b1 5c 41', 'ISO_IR 192', 'PN'), ['e5b1b1', '41']);
  });

  it('gives no value for no bytes', () => {
    assert.deepEqual(split('', '', 'LO'), []);
    assert.deepEqual(split('', '', 'LT'), []);
  });

  it('does not cut where text is one value, or there is no text', () => {
    for (const vr of ['ST', 'LT', 'UT', 'UR', 'OB', 'UN', 'US'] as const) {
      assert.deepEqual(split('415c42', '', vr), ['415c42']);
    }
  });

  it('does not cut two-byte codes', () => {
    assert.deepEqual(split('815c 5c 815c', 'GBK', 'LO'), ['815c', '815c']);
    assert.deepEqual(split('815c 5c 81308130 5c', 'GB18030', 'LO'), ['815c', '81308130', '']);
    assert.deepEqual(split('1b2442 5c21 1b2842 5c 41', '\\ISO 2022 IR 87', 'PN'), ['1b24425c211b2842', '41']);
    assert.deepEqual(split('1b2442 305c 1b2842', '\\ISO 2022 IR 87', 'PN'), ['1b2442305c1b2842']);
  });

  it('cuts bytes of the default repertoire whatever the character set is', () => {
    assert.deepEqual(split('81 5c 42', 'GBK', 'CS'), ['81', '42']);
  });
});

describe('encodeText', () => {
  it('lists each lost character once and puts ? for it', () => {
    const { bytes, lost } = encodeText('aжbжc山', 'ISO_IR 100', 'LO');
    assert.equal(Buffer.from(bytes).toString('latin1'), 'a?b?c?');
    assert.deepEqual(lost, ['ж', '山']);
  });

  it('writes ASCII only in VRs of the default repertoire', () => {
    assert.deepEqual(encodeText('é', 'ISO_IR 192', 'CS').lost, ['é']);
    assert.equal(toHex(encodeText('a\\~', 'ISO_IR 13', 'CS').bytes), '615c7e');
  });

  it('composes what is decomposed where only that has a code', () => {
    assert.equal(toHex(encodeText('Jérôme'.normalize('NFD'), 'ISO_IR 100', 'PN').bytes), '4ae972f46d65');
    assert.equal(toHex(encodeText('홍'.normalize('NFD'), '\\ISO 2022 IR 149', 'LO').bytes), '1b242943c8ab');
    const decomposed = 'é'.normalize('NFD');
    assert.equal(decodeText(encodeText(decomposed, 'ISO_IR 192', 'PN').bytes, 'ISO_IR 192', 'PN'), decomposed);
  });

  it('leaves characters alone that have a code but are not in composed form', () => {
    // KS X 1001 codes one ideograph for each of its readings; NFC would make them one.
    const charset = '\\ISO 2022 IR 149\\ISO 2022 IR 100';
    const { bytes } = encodeText(`\uf914${'é'.normalize('NFD')}`, charset, 'LO');
    assert.equal(decodeText(bytes, charset, 'LO'), '\uf914é');
  });

  it('writes a sign under the number its set has for it', () => {
    assert.equal(toHex(encodeText('\uff5e', '\\ISO 2022 IR 87', 'LO').bytes), '1b244221411b2842');
    assert.equal(toHex(encodeText('\u30fb', '\\ISO 2022 IR 58', 'LO').bytes), '1b242941a1a4');
  });

  it('does not write what vendors added to a set', () => {
    assert.deepEqual(encodeText('①㈱', '\\ISO 2022 IR 87', 'LO').lost, ['①', '㈱']);
    assert.deepEqual(encodeText('ⅰ', '\\ISO 2022 IR 58', 'LO').lost, ['ⅰ']);
  });

  it('switches back before blanks, delimiters and control characters', () => {
    const charset = '\\ISO 2022 IR 87';
    assert.equal(encodedLatin1('山 山', charset, 'LO'), '\u001b$B;3\u001b(B \u001b$B;3\u001b(B');
    assert.equal(encodedLatin1('山\t', charset, 'LT'), '\u001b$B;3\u001b(B\t');
    assert.equal(encodedLatin1('山\\山', charset, 'LO'), '\u001b$B;3\u001b(B\\\u001b$B;3\u001b(B');
    // No delimiters there, but ASCII all the same.
    assert.equal(encodedLatin1('山^', charset, 'LO'), '\u001b$B;3\u001b(B^');
  });

  it('designates G1 anew after delimiters of the VR only', () => {
    const charset = '\\ISO 2022 IR 149';
    assert.equal(toHex(encodeText('홍^홍', charset, 'PN').bytes), '1b242943c8ab5e1b242943c8ab');
    assert.equal(toHex(encodeText('홍^홍', charset, 'LO').bytes), '1b242943c8ab5ec8ab');
    assert.equal(toHex(encodeText('홍\\홍', charset, 'LO').bytes), '1b242943c8ab5c1b242943c8ab');
    assert.equal(toHex(encodeText('홍\\홍', charset, 'LT').bytes), '1b242943c8ab5cc8ab');
  });

  it('uses no escape sequence where value 1 has the character', () => {
    assert.equal(toHex(encodeText('é^山', 'ISO 2022 IR 100\\ISO 2022 IR 87', 'PN').bytes), 'e95e1b24423b331b2842');
    assert.equal(toHex(encodeText('é', 'ISO_IR 100', 'PN').bytes), 'e9');
  });

  it('keeps text from forging escape sequences or delimiters', () => {
    assert.deepEqual(encodeText('\u001b$B', '\\ISO 2022 IR 87', 'LO').lost, ['\u001b']);
    assert.deepEqual(encodeText('¥', 'ISO_IR 13', 'LO').lost, ['¥']);
    assert.equal(toHex(encodeText('¥', 'ISO_IR 13', 'LT').bytes), '5c');
    assert.equal(toHex(encodeText('\\', 'ISO_IR 13', 'LO').bytes), '5c');
    assert.deepEqual(encodeText('\\', 'ISO_IR 13', 'LT').lost, ['\\']);
  });

  it('GB18030 has all of Unicode, GBK a part', () => {
    assert.equal(toHex(encodeText('€😀ḿ\ufffd', 'GB18030', 'LO').bytes), 'a2e39439fc36a8bc8431a437');
    assert.deepEqual(encodeText('王😀ǹ', 'GBK', 'LO').lost, ['😀', 'ǹ']);
    assert.equal(decodeText(fromHex('a8bf'), 'GBK', 'LO'), 'ǹ');
    assert.equal(decodeStrict(fromHex('a8bf'), 'GBK', 'LO').problem, 'byte 0: GBK has no code a8bf');
  });

  it('half a surrogate pair is lost', () => {
    for (const charset of ['', 'ISO_IR 100', 'ISO_IR 192', 'GB18030', '\\ISO 2022 IR 87']) {
      const { bytes, lost } = encodeText('a\ud800', charset, 'LO');
      assert.equal(Buffer.from(bytes).toString('latin1'), 'a?', charset);
      assert.deepEqual(lost, ['\ud800'], charset);
    }
  });
});

describe('charsetProblems', () => {
  it('finds none in what the standard allows', () => {
    const fine = ['', 'ISO_IR 100', 'ISO_IR 100 ', 'ISO_IR 192\0', 'GB18030', 'GBK', 'ISO_IR 203', '\\ISO 2022 IR 87'];
    const several = [
      'ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159',
      'ISO 2022 IR 6\\ISO 2022 IR 149',
      ' \\ISO 2022 IR 58 ',
    ];
    for (const charset of [...fine, ...several]) {
      assert.deepEqual(charsetProblems(charset), [], charset);
      assert.ok(isKnownCharset(charset), charset);
    }
  });

  it('names terms it does not know', () => {
    for (const charset of ['ISO_IR 999', 'IS0_IR 192', 'UTF-8', 'ISO_IR 100\\FOO', 'ISO_IR']) {
      assert.ok(!isKnownCharset(charset), charset);
      assert.match(charsetProblems(charset).join(), /is no defined term/, charset);
    }
  });

  it('recognises other spellings, and says the right one', () => {
    const spellings = {
      'iso_ir 100': 'ISO_IR 100',
      'ISO-IR 100': 'ISO_IR 100',
      ISO_IR_100: 'ISO_IR 100',
      'ISO IR 192': 'ISO_IR 192',
    };
    for (const [spelling, right] of Object.entries({
      ...spellings,
      gb18030: 'GB18030',
      'GB 18030': 'GB18030',
      gbk: 'GBK',
    })) {
      assert.ok(isKnownCharset(spelling), spelling);
      assert.deepEqual(charsetProblems(spelling), [`"${spelling}" should be "${right}"`]);
    }
    assert.deepEqual(charsetProblems('\\ISO_2022_IR_87'), [
      '"ISO_2022_IR_87" should be "ISO 2022 IR 87" among several values',
    ]);
  });

  it('finds terms that do not go together', () => {
    const problems = {
      'ISO 2022 IR 100': ['"ISO 2022 IR 100" should be "ISO_IR 100"'],
      'ISO_IR 6': ['"ISO_IR 6" is the default: leave the value empty'],
      'ISO_IR 100\\ISO 2022 IR 87': ['"ISO_IR 100" should be "ISO 2022 IR 100" among several values'],
      'ISO_IR 192\\ISO 2022 IR 87': ['"ISO_IR 192" must be the only value'],
      '\\GB18030': ['"GB18030" must be the only value'],
      'ISO 2022 IR 87': ['"ISO 2022 IR 87" cannot be the first value: put an empty one before it'],
      '\\ISO 2022 IR 87\\': ['value 3 is empty'],
      '\\ISO 2022 IR 87\\ISO 2022 IR 87': ['"ISO 2022 IR 87" is given twice'],
    };
    for (const [charset, expected] of Object.entries(problems)) {
      assert.ok(isKnownCharset(charset), charset);
      assert.deepEqual(charsetProblems(charset), expected, charset);
    }
  });
});

function encodedLatin1(text: string, charset: string, vr: Parameters<typeof encodeText>[2]): string {
  return Buffer.from(encodeText(text, charset, vr).bytes).toString('latin1');
}

it('a Specific Character Set beyond all reason is unknown, and costs nothing', () => {
  const charset = '\\ISO 2022 IR 87'.repeat(5_000);
  assert.equal(isKnownCharset(charset), false);
  assert.equal(charsetProblems(charset).length, 1);
  const startedAt = performance.now();
  for (let count = 0; count < 100_000; count++) decodeStrict(Uint8Array.of(0x41, 0x1b), charset, 'PN');
  assert.ok(performance.now() - startedAt < 5_000);
});
