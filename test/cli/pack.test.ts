/** What is published: the right files, and a program and a library that work from them alone. */

import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { compileStrictly, installPackage, runAsUser } from '../support/installed-package.ts';
import { isBuilt, ROOT, startCommand } from '../support/spawn-cli.ts';

const GOLDEN = join(ROOT, 'fixtures/pack/files.txt');
const skip = isBuilt() ? false : 'needs npm run build';

test('the package', { skip }, async (scope) => {
  const { folder, files } = await installPackage(scope);
  const wltool = (...args: string[]) => runAsUser(join(folder, 'node_modules/.bin/wltool'), args, folder);

  await scope.test('holds these files and no others', async () => {
    const list = [...new Set(files.map((file) => file.replace(/^dist\/chunks\/.*/, 'dist/chunks/*.js')))].sort();
    const text = `${list.filter((file) => !file.startsWith('dist/types/')).join('\n')}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(GOLDEN, text);
    assert.equal(text, await readFile(GOLDEN, 'utf8'));
    assert.ok(files.includes('dist/types/index.d.ts'));
  });

  await scope.test('brings no other package', async () => {
    const { packages } = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
    assert.deepEqual(Object.keys(packages), ['node_modules/wltool']);
  });

  await scope.test('runs every command', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    assert.equal(await wltool('--version'), `${version}\n`);
    await cp(join(ROOT, 'fixtures/samples'), join(folder, 'orders'), { recursive: true });
    await wltool('dump2wl', 'orders/ct-chest.txt', 'orders/mr-knee.txt', '--out-dir', 'worklists');
    assert.match(
      await wltool('dump', 'worklists'),
      /PN \[Hartley\^Rosamund\][\s\S]*PN \[Müller-Lüdenscheidt\^Jürgen\]/,
    );
    assert.match(await wltool('check', 'worklists'), /ct-chest\.wl/);
  });

  await scope.test('serves, finds and echoes', async (inner) => {
    const server = startCommand(
      [join(folder, 'node_modules/wltool/bin/wltool.js'), 'serve', 'worklists', '--host', '127.0.0.1', '--port', '0'],
      { cwd: folder },
    );
    inner.after(() => server.stop());
    const [, port = ''] = await server.waitFor(/listening on 127\.0\.0\.1:(\d+)/);
    assert.match(await wltool('find', '-k', 'Modality=CT', '-k', 'PatientID', '127.0.0.1', port), /LO \[P-104417\]/);
    assert.match(await wltool('echo', '127.0.0.1', port), /round trip/);
  });

  await scope.test('is a library, as README imports it', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
    assert.notEqual(example, '');
    await writeFile(join(folder, 'example.js'), example);
    const printed = JSON.parse(await runAsUser(process.execPath, ['example.js'], folder));
    assert.deepEqual(printed['00100020'], { vr: 'LO', Value: ['P-104417'] });
  });

  await scope.test('has types that stand alone', async () => {
    await writeFile(
      join(folder, 'consumer.ts'),
      "import { type DataSet, parseTag, readPart10, WorklistServer } from 'wltool';\n" +
        'export const tag: number | undefined = parseTag("0010,0010");\n' +
        'export const read = (bytes: Uint8Array): DataSet => readPart10(bytes).dataSet;\n' +
        'export type Server = WorklistServer;\n',
    );
    await compileStrictly(folder, ['consumer.ts']);
  });
});
