import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plainText } from '../../../src/dicom/data-set.ts';
import { formatTag } from '../../../src/dicom/tag.ts';
import { type ParseDumpOptions, type ParsedDump, parseDump } from '../../../src/dump-text/parse-dump.ts';
import { DumpTextError } from '../../../src/errors.ts';

function parse(text: string, options: Partial<ParseDumpOptions> = {}): ParsedDump {
  return parseDump(Buffer.from(text, 'latin1'), { file: 'x', ...options });
}

/** `line:column message` of each error. */
function errorsOf(text: string, options: Partial<ParseDumpOptions> = {}): string[] {
  try {
    parse(text, options);
  } catch (error) {
    assert.ok(error instanceof DumpTextError);
    const errors = error.diagnostics.filter(({ severity }) => severity === 'error');
    return errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  return [];
}

describe('structure', () => {
  const step = '(0040,0100) SQ\n(fffe,e000)\n';

  test('one missing item end is one error, and what follows is read', () => {
    assert.deepEqual(errorsOf(`${step}(0008,0060) CS [CT]\n(fffe,e0dd)\n(0010,0010) PN [ROE\n`), [
      '4:1 the item opened in line 2 is not closed',
      '5:16 the bracket is not closed',
    ]);
  });

  test('crossed ends are one error', () => {
    assert.deepEqual(errorsOf(`${step}(0008,0060) CS [CT]\n(fffe,e0dd)\n(fffe,e00d)\n`), [
      '4:1 the item opened in line 2 is not closed',
    ]);
  });

  test('a missing sequence end within an item is found at the item end', () => {
    const inner = '(0040,0008) SQ\n(fffe,e000)\n(fffe,e00d)\n';
    assert.deepEqual(errorsOf(`${step}${inner}(fffe,e00d)\n(fffe,e0dd)\n`), [
      '6:1 the sequence (0040,0008) ScheduledProtocolCodeSequence opened in line 3 is not closed',
    ]);
  });

  test('items below a value are one error', () => {
    assert.deepEqual(errorsOf('(0009,1005) UN\n(fffe,e000)\n(0010,0010) PN [A]\n(fffe,e00d)\n(fffe,e0dd)\n'), [
      '2:1 item outside of a sequence',
    ]);
  });

  test('the path of the item is told', () => {
    const second = '(fffe,e00d)\n(fffe,e000)\n(0028,0010) US x\n(fffe,e00d)\n(fffe,e0dd)\n';
    assert.deepEqual(errorsOf(`${step}${second}`), ['5:16 (0040,0100)[1]: "x" is not a whole number']);
  });

  test('pixel data in a place for items end', () => {
    assert.deepEqual(
      errorsOf('(0040,0555) SQ (no value)\n(7fe0,0010) OB (PixelSequence #=1)\n', { force: true }).length,
      0,
    );
    assert.equal(errorsOf('(0040,0555) SQ (no value)\n(7fe0,0010) OB (PixelSequence #=1)\n').length, 1);
  });

  test('a sequence is opened whatever is wrong with its own line', () => {
    const rest = '\n(fffe,e000)\n(0008,0060) CS [CT]\n(fffe,e00d)\n(fffe,e0dd)\n(0010,0010) PN\n';
    assert.deepEqual(errorsOf(`(0040,0100) XX${rest}`), ['1:13 XX is no VR']);
    assert.deepEqual(errorsOf(`(0040,0100) SQ <${rest}`), ['1:16 a value cannot begin with <']);
    assert.deepEqual(errorsOf('(7fe0,0008) OB (PixelSequence #=1)\n(fffe,e000) pi 00\n(fffe,e0dd)\n(0010,0010) PN\n'), [
      '1:1 a pixel sequence elsewhere than in (7fe0,0010)',
    ]);
  });

  test('a line that has lost its end is said where the second element begins', () => {
    const joined = 'a second element begins on the same line';
    const rest = '(fffe,e00d) -\n(fffe,e0dd) -\n';
    assert.deepEqual(errorsOf(`${step}(0008,0060) CS [CT](fffe,e00d)\n(fffe,e0dd)\n`), [
      `3:20 (0040,0100)[0]: ${joined}`,
    ]);
    for (const [text, column] of [
      ['(fffe,e000) na (0008,0060) CS [CT]', 16],
      ['(fffe,e000) -(0020,000D) UI [1.2]', 14],
      ['(fffe,e000) na (Item)(FFFE,E00D)', 22],
      ['(fffe,e000) na (Item with explicit length #=1) #  10, 1 Item  (0008,0060) CS [CT]', 63],
    ] as const) {
      assert.deepEqual(errorsOf(`(0040,0100) SQ\n${text}\n${rest}`), [`2:${column} ${joined}`]);
    }
    assert.deepEqual(errorsOf('(0010,0010) PN [A] # was (0010,0010) PN [B]\n(0010,0020) LO (x)\n'), []);
  });

  test('pi is no VR of elements', () => {
    assert.deepEqual(errorsOf('(0010,0020) pi [P-17]\n'), ['1:13 pi marks items of pixel data only']);
  });

  test('nesting without bound is an error, not a crash', () => {
    assert.deepEqual(
      errorsOf(step.repeat(50_000))
        .slice(0, 2)
        .map((line) => line.replace(/^\d+:/, '')),
      ['1 the sequence (0040,0100) ScheduledProcedureStepSequence is not closed', '1 sequences are nested too deep'],
    );
  });
});

describe('text', () => {
  test('columns count characters', () => {
    const [diagnostic] = parse(Buffer.from('(0010,0020) LO [Ä𝄞]  junk\n').toString('latin1')).diagnostics;
    assert.equal(diagnostic?.column, 22);
    assert.equal(diagnostic?.lineText, '(0010,0020) LO [Ä𝄞]  junk');
  });

  test('a backslash and an n within a double-byte character stay', () => {
    const { dataSet } = parse('(0008,0005) CS [\\ISO 2022 IR 87]\n(0010,4000) LT [\x1b$B!\\nK\x1b(B a\\nb]\n');
    assert.equal(plainText(dataSet, 0x00104000), '\x1b$B!\\nK\x1b(B a\r\nb');
  });

  test('where a backslash separates values, one before an n does too, with a warning', () => {
    for (const [line, vr] of [
      ['(0010,1000) LO [a\\nb]', 'LO'],
      ['(0008,0016) UI [1.2\\n3.4]', 'UI'],
    ]) {
      const messages = parse(`${line}\n`).diagnostics.map(({ message }) => message);
      assert.deepEqual(messages, [`in ${vr}, \\n separates values`]);
    }
  });

  test('a URI is one value, in which a backslash is no separator', () => {
    const { diagnostics, dataSet } = parse('(0008,0120) UR [a\\nb]\n');
    assert.deepEqual(
      diagnostics.map(({ message }) => message),
      ['in UR, \\n stays a backslash and an n'],
    );
    assert.equal(plainText(dataSet, 0x00080120), 'a\\nb');
  });

  test('overlay data without a VR are words, as dump2dcm reads them', () => {
    const { dataSet } = parse('(6000,3000) 0102\\0304\n(5000,3000) 01\\02\n');
    assert.deepEqual(
      dataSet.elements.map(({ tag, vr }) => [formatTag(tag), vr]),
      [
        ['(5000,3000)', 'OB'],
        ['(6000,3000)', 'OW'],
      ],
    );
  });

  test('the character set may be declared further down, and in the item around', () => {
    const item = '(0040,0100) SQ\n(fffe,e000)\n(0040,0400) LT [\x1b$B!\\nK\x1b(B]\n(fffe,e00d)\n(fffe,e0dd)\n';
    const { dataSet } = parse(`${item}(0008,0005) CS [\\ISO 2022 IR 87]\n`);
    const inner = dataSet.items(0x00400100)[0]?.dataSet;
    assert.ok(inner);
    assert.equal(plainText(inner, 0x00400400), '\x1b$B!\\nK\x1b(B');
  });

  test('lines of a value become CR LF, or stay as dcmdump has printed them', () => {
    assert.equal(plainText(parse('(0010,4000) LT [a\nb]\n').dataSet, 0x00104000), 'a\r\nb');
    assert.equal(plainText(parse('(0010,4000) LT [aa\nbb]  # 6, 1 X\n').dataSet, 0x00104000), 'aa\nbb');
  });

  test('a no-break space at the end belongs to the value', () => {
    assert.equal(plainText(parse('(0010,0020) LO a\xa0 \n').dataSet, 0x00100020), 'a\xa0');
  });
});

describe('UIDs', () => {
  test('a name with blanks before it is one all the same', () => {
    assert.equal(
      plainText(parse('(0008,0016) UI [ =CTImageStorage]\n').dataSet, 0x00080016),
      '1.2.840.10008.5.1.4.1.1.2',
    );
    assert.deepEqual(errorsOf('(0008,0016) UI [ =Nope]\n'), ['1:17 unknown UID name "Nope"']);
  });

  test('a transfer syntax that is no UID is one error', () => {
    assert.deepEqual(errorsOf('(0002,0010) SH =LittleEndianImplicit\n(0010,0010) PN\n'), ['1:1 not a UID']);
  });
});

describe('findings', () => {
  test('errors are not crowded out by warnings', () => {
    const warned = '(0010,0020) SH [a]\n'.replace('0020', '2000');
    const many = Array.from({ length: 50 }, (_, index) => `(0011,10${(index + 16).toString(16)}) ?? 01\n`).join('');
    try {
      parse(`${warned}${many}junk\n`);
      assert.fail();
    } catch (error) {
      assert.ok(error instanceof DumpTextError);
      assert.equal(error.diagnostics.length, 20);
      assert.equal(error.diagnostics.at(-1)?.message, 'no tag found');
    }
  });

  test('a file with more errors than anyone reads is not read to its end', () => {
    const errors = errorsOf('x\n'.repeat(100_000));
    assert.equal(errors.length, 1001);
    assert.match(errors.at(-1) ?? '', /too many errors/);
  });

  test('elements are found again by their line', () => {
    const { dataSet, locate } = parse('(0010,0010) PN [A]\n(0008,0050) SH [B]\n');
    const lines = dataSet.elements.map(
      (element) => `${formatTag(element.tag)} ${locate(element, 'warning', '')?.line}`,
    );
    assert.deepEqual(lines, ['(0008,0050) 2', '(0010,0010) 1']);
  });
});
