/** The library of the installed package: docs/library.md runs, compiles, and lists all that there is. */

import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { transform } from 'esbuild';
import { compileStrictly, installPackage, runAsUser } from '../support/installed-package.ts';
import { isBuilt, ROOT } from '../support/spawn-cli.ts';

const PAGE = await readFile(join(ROOT, 'docs/library.md'), 'utf8');
const skip = isBuilt() ? false : 'needs npm run build';

interface Example {
  readonly name: string;
  readonly code: string;
  /** What the page says it prints. */
  readonly prints: string | undefined;
}

const EXAMPLES: readonly Example[] = [
  ...PAGE.matchAll(/^```ts (\S+)\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm),
].map(([, name = '', code = '', prints]) => ({ name, code, prints }));

test('the library', { skip }, async (scope) => {
  const { folder } = await installPackage(scope);
  await cp(join(ROOT, 'fixtures/samples'), folder, { recursive: true });
  // What the examples read, as the second one makes it.
  const mrKnee = codeOf('write-part10').replaceAll('ct-chest', 'mr-knee');
  await runExample(folder, 'mr-knee', mrKnee);

  for (const { name, code, prints } of EXAMPLES) {
    await scope.test(`docs/library.md: ${name}`, async () => {
      const printed = await runExample(folder, name, code);
      if (prints !== undefined) assert.equal(printed, prints);
    });
  }

  await scope.test('what printDump prints parseDump reads', async () => {
    const printed = await runExample(folder, 'print-dump', codeOf('print-dump'));
    assert.match(printed, /^\(0010,0010\) PN \[Hartley\^Rosamund\]/m);
    await writeFile(join(folder, 'ct-chest.txt'), printed);
    assert.match(await runExample(folder, 'parse-dump', codeOf('parse-dump')), /^\d+ elements, 0 warnings/);
  });

  await scope.test("the examples compile with TypeScript's nodenext resolution, strictly", async () => {
    for (const { name, code } of EXAMPLES) await writeFile(join(folder, `${name}.ts`), code);
    await compileStrictly(
      folder,
      EXAMPLES.map(({ name }) => `${name}.ts`),
    );
  });

  await scope.test('errors bear the names that they are exported by', async () => {
    const script = `import * as all from 'wltool';
      const errors = [
        new all.WltoolError('x', 1, ''), new all.UsageError(''), new all.DumpTextError('f', []),
        new all.DataError('x', ''), new all.FileError('f', ''), new all.PeerError('p', 'find', ''),
      ];
      console.log(errors.map((error) => error.name).join(' '));`;
    await writeFile(join(folder, 'errors.js'), script);
    const printed = await runAsUser(process.execPath, ['errors.js'], folder);
    assert.equal(printed, 'WltoolError UsageError DumpTextError DataError FileError PeerError\n');
  });

  await scope.test('the page lists every export', async () => {
    await writeFile(join(folder, 'list.js'), "import * as all from 'wltool'; console.log(Object.keys(all).join(' '));");
    const exported = (await runAsUser(process.execPath, ['list.js'], folder)).trim().split(' ');
    const [, list = ''] = PAGE.split('## All of it');
    const listed = [...list.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    assert.deepEqual([...listed].sort(), [...exported].sort());
  });
});

function codeOf(name: string): string {
  const example = EXAMPLES.find((each) => each.name === name);
  assert.ok(example, name);
  return example.code;
}

/** Runs an example in the folder that the package is installed in; what it prints. */
async function runExample(folder: string, name: string, code: string): Promise<string> {
  const { code: script } = await transform(code, { loader: 'ts', format: 'esm' });
  await writeFile(join(folder, `${name}.js`), script);
  return await runAsUser(process.execPath, [`${name}.js`], folder);
}
