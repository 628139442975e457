/** The recipes of the cookbook, each run as it stands and held to what the page says it prints. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { missing } from '../support/peers.ts';
import { cook, kitchen, readRecipes } from '../support/recipes.ts';

const [, ...PARTS] = await readRecipes('docs/cookbook.md', '###');

test('there are twenty, numbered', () => {
  assert.deepEqual(
    PARTS.map(({ title }) => Number.parseInt(title, 10)),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});

for (const { title, recipes } of PARTS) {
  const needsJq = recipes.some(({ script }) => /\bjq\b/.test(script));
  test(title, { skip: needsJq ? missing('jq') : false }, async (scope) => {
    const place = await kitchen(scope);
    for (const recipe of recipes) {
      const { printed, prints } = await cook(recipe, place);
      if (prints !== undefined) assert.equal(printed, prints);
    }
  });
}
