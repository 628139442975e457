/** The recipes of the cookbook, each run as it stands and held to what the page says it prints. */

import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { freePort } from '../support/free-port.ts';
import { missing } from '../support/peers.ts';
import { ROOT } from '../support/spawn-cli.ts';
import { shell, type Workplace, workplace } from '../support/workplace.ts';

const PAGE = await readFile(join(ROOT, 'docs/cookbook.md'), 'utf8');
const [PREPARATION = '', ...RECIPES] = PAGE.split(/^### /m);

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, body = '']) => body);
}

/** The samples and the orders, and the worklists that the page begins with. */
async function kitchen(scope: test.TestContext): Promise<Workplace> {
  const place = await workplace(scope);
  await cp(join(ROOT, 'fixtures/orders'), place.folder, { recursive: true });
  await shell(blocks(PREPARATION, 'sh').join(''), place);
  return place;
}

/** What stands behind "&" is waited for, and ends with the script. */
function inOneTerminal(script: string): string {
  let servers = 0;
  const lines = script.replace(/^(wltool serve .*) &$/gm, (_, command: string) => {
    servers += 1;
    const log = `.serve-${servers}.log`;
    return `${command} > ${log} 2>&1 & until grep -q listening ${log}; do kill -0 $! || cat ${log} >&2; sleep 0.05; done`;
  });
  return `trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT\n${lines}`;
}

async function withFreePorts(text: string): Promise<string> {
  let out = text;
  for (const port of ['4242', '4243']) out = out.replaceAll(port, String(await freePort()));
  return out;
}

test('there are twenty, numbered', () => {
  assert.deepEqual(
    RECIPES.map((recipe) => Number.parseInt(recipe, 10)),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});

for (const recipe of RECIPES) {
  const [title = ''] = recipe.split('\n');
  const script = blocks(recipe, 'sh').join('');
  test(title, { skip: /\bjq\b/.test(script) ? missing('jq') : false }, async (scope) => {
    const printed = await shell(inOneTerminal(await withFreePorts(script)), await kitchen(scope));
    const [expected] = blocks(recipe, 'text');
    // CSV ends its lines as RFC 4180 has it.
    if (expected !== undefined) assert.equal(printed.replaceAll('\r\n', '\n'), expected);
  });
}
