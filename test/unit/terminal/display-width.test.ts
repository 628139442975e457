import assert from 'node:assert/strict';
import test from 'node:test';
import { displayWidth } from '../../../src/terminal/display-width.ts';

const WIDTHS: readonly (readonly [text: string, width: number])[] = [
  ['', 0],
  ['Müller', 6],
  ['Mu\u0308ller', 6],
  ['山田^太郎', 9],
  ['김희중', 6],
  ['ﾔﾏﾀﾞ', 4],
  ['ヤマダ', 6],
  ['😀', 2],
];

for (const [text, width] of WIDTHS) {
  test(`${JSON.stringify(text)} takes ${width} columns`, () => {
    assert.equal(displayWidth(text), width);
  });
}
