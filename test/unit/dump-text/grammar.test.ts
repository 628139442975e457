import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DumpParser } from '../../../src/dump-text/grammar.ts';
import { createDumpLexer } from '../../../src/dump-text/tokens.ts';

test('chevrotain finds no fault with the tokens and the rules', () => {
  assert.deepEqual(createDumpLexer(true).lexerDefinitionErrors, []);
  assert.doesNotThrow(() => new DumpParser(true));
});

const lexer = createDumpLexer();

function words(text: string): string[] {
  const { tokens, errors } = lexer.tokenize(text);
  assert.deepEqual(errors, []);
  return tokens.map(({ tokenType, image }) => `${tokenType.name} ${JSON.stringify(image)}`);
}

test('a line of dcmdump is four words', () => {
  assert.deepEqual(words('  (0010,0010) PN [ROE^JANE]      #   8, 1 PatientName\n'), [
    'Tag "(0010,0010) "',
    'Vr "PN "',
    'Bracketed "[ROE^JANE]      "',
    'Comment "#   8, 1 PatientName\\n"',
  ]);
});

const LINES: Readonly<Record<string, readonly string[]>> = {
  '( 10 , 0x20 ) LO': ['LooseTag "( 10 , 0x20 ) "', 'Vr "LO"'],
  '(0010,0020) ROE': ['Tag "(0010,0020) "', 'Vr "RO"', 'Bare "E"'],
  '(0010,0020) nancy': ['Tag "(0010,0020) "', 'Bare "nancy"'],
  '(fffe,e000) na Item': ['Tag "(fffe,e000) "', 'Vr "na "', 'Bare "Item"'],
  '(0028,0009) AT (0010,0010)\\(0010,0020)': [
    'Tag "(0028,0009) "',
    'Vr "AT "',
    'Parenthesized "(0010,0010)\\\\(0010,0020)"',
  ],
  '(0010,0020) LO [a] b # c': ['Tag "(0010,0020) "', 'Vr "LO "', 'Bracketed "[a] "', 'Trailing "b "', 'Comment "# c"'],
  '(0010,0020) LO [a': ['Tag "(0010,0020) "', 'Vr "LO "', 'UnclosedBracket "[a"'],
  'PatientID LO': ['JunkLine "PatientID LO"'],
  '# comment': [],
  ' \t\r\n\f\n': [],
};

for (const [line, expected] of Object.entries(LINES)) {
  test(`words of ${JSON.stringify(line)}`, () => assert.deepEqual(words(line), expected));
}

test('a lone CR ends a line', () => {
  assert.deepEqual(words('(0010,0010)\r(0010,0020)\r\n(0010,0030)'), [
    'Tag "(0010,0010)"',
    'Tag "(0010,0020)"',
    'Tag "(0010,0030)"',
  ]);
});
