/** docs/troubleshooting.md shows what one will see. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { cook, kitchen, readRecipes } from '../support/recipes.ts';

const PARTS = (await readRecipes('docs/troubleshooting.md', '##')).filter(({ recipes }) => recipes.length > 0);

for (const { title, recipes } of PARTS) {
  test(title, async (scope) => {
    const place = await kitchen(scope);
    for (const recipe of recipes) {
      const { printed, prints } = await cook(recipe, place);
      if (prints !== undefined) assert.equal(printed, prints);
    }
  });
}

test('most symptoms come with something to run', () => {
  assert.ok(PARTS.length >= 7, `${PARTS.length}`);
});
