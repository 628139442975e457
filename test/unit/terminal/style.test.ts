import assert from 'node:assert/strict';
import test from 'node:test';
import { styleFor, wantsColor } from '../../../src/terminal/style.ts';

const CASES: readonly (readonly [isTerminal: boolean, env: NodeJS.ProcessEnv, wanted: boolean])[] = [
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
];

for (const [isTerminal, env, wanted] of CASES) {
  test(`colour is ${wanted ? 'on' : 'off'} ${isTerminal ? 'on a terminal' : 'in a pipe'} with ${JSON.stringify(env)}`, () => {
    assert.equal(wantsColor(isTerminal, env), wanted);
  });
}

test('without colour, text stays as it is', () => {
  assert.equal(styleFor({ color: false }).error('x'), 'x');
});

test('with colour, text is wrapped in escape sequences', () => {
  assert.match(styleFor({ color: true }).error('x'), /^\x1b\[.*x\x1b\[/);
});
