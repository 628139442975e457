/** Pages whose shell blocks are run as they stand: what a page says it prints must be printed. */

import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { ROOT } from './spawn-cli.ts';
import { shell, type Workplace, workplace } from './workplace.ts';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

/** A shell block, and the text block that follows it. */
export interface Recipe {
  readonly script: string;
  readonly prints: string | undefined;
}

/** The parts of a page under headings of this level: title and recipes. The part before the first has an empty title. */
export async function readRecipes(
  page: string,
  heading: '##' | '###',
): Promise<readonly { readonly title: string; readonly recipes: readonly Recipe[] }[]> {
  const text = await readFile(join(ROOT, page), 'utf8');
  return text.split(new RegExp(`^${heading} `, 'm')).map((part, index) => ({
    title: index === 0 ? '' : (part.split('\n')[0] ?? ''),
    recipes: [...part.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```$)?/gm)].map(
      ([, script = '', prints]) => ({ script, prints }),
    ),
  }));
}

/** Sample orders, and the worklists that the cookbook begins with. */
export async function kitchen(scope: Scope): Promise<Workplace> {
  const place = await workplace(scope);
  await cp(join(ROOT, 'fixtures/orders'), place.folder, { recursive: true });
  const [preparation] = await readRecipes('docs/cookbook.md', '###');
  for (const { script } of preparation?.recipes ?? []) await shell(script, place);
  return place;
}

/** Runs a recipe with its servers on free ports; both what it printed and what it should, on the ports of the page. */
export async function cook(
  { script, prints }: Recipe,
  place: Workplace,
): Promise<{ printed: string; prints?: string }> {
  let ownPorts = script;
  const ports = new Map<string, string>();
  for (const port of ['4242', '4243']) ports.set(port, String(await freePort()));
  for (const [port, free] of ports) ownPorts = ownPorts.replaceAll(port, free);
  // CSV ends its lines as RFC 4180 has it.
  let printed = (await shell(inOneTerminal(ownPorts), place)).replaceAll('\r\n', '\n');
  for (const [port, free] of ports) printed = printed.replaceAll(free, port);
  return prints === undefined ? { printed } : { printed, prints };
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
