/** `npm install --global`: the program, its man pages, completion and the demo are where a user looks for them. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { installGlobally } from '../support/installed-package.ts';
import { missing } from '../support/peers.ts';
import { isBuilt, startCommand } from '../support/spawn-cli.ts';
import { run, shell, type Workplace, workplace } from '../support/workplace.ts';

test('installed globally', { skip: isBuilt() ? false : 'needs npm run build' }, async (scope) => {
  const prefix = await installGlobally(scope);
  const { folder, env } = await workplace(scope);
  const place: Workplace = { folder, env: { ...env, PATH: `${join(prefix, 'bin')}:${process.env['PATH']}` } };

  await scope.test('wltool is on the path, and works', async () => {
    assert.match(await shell('command -v wltool', place), new RegExp(`^${prefix}`));
    await shell('wltool dump2wl ct-chest.txt ct-chest.wl', place);
    assert.match(await shell('wltool check ct-chest.wl', place), /ct-chest\.wl: ok/);
  });

  await scope.test('man finds its pages', { skip: missing('man') }, async () => {
    const manpath = { folder, env: { ...place.env, MANPATH: join(prefix, 'share/man'), LC_ALL: 'C.UTF-8' } };
    for (const page of ['wltool', 'wltool-serve', 'wltool-dump2wl']) {
      assert.match(await run('man', [page], manpath), /MODALITY WORKLISTS|DICOM Modality Worklists/i);
    }
  });

  await scope.test('the shell completes it', async () => {
    const script = `
      source <(wltool completion bash)
      COMP_LINE='wltool find -k Modal' COMP_POINT=20
      _wltool wltool
      echo "\${COMPREPLY[@]}"`;
    assert.equal(await run('bash', ['-c', script], place), 'Modality Modality=\n');
  });

  await scope.test('the schema of --config comes with it', async () => {
    const schema = await readFile(join(prefix, 'lib/node_modules/wltool/dist/wltool.schema.json'), 'utf8');
    assert.ok('serve' in JSON.parse(schema).definitions);
  });

  await scope.test('the line that demo prints finds its entries', async (inner) => {
    const demo = startCommand([join(prefix, 'bin/wltool'), 'demo'], { cwd: folder });
    inner.after(() => demo.stop('SIGINT'));
    const [, line = ''] = await demo.waitFor(/^ {2}(wltool find \S+ \d+)$/m);
    assert.match(await shell(`${line} --format csv`, place), /Hartley\^Rosamund/);
    assert.equal((await demo.stop('SIGINT')).code, 0);
  });
});
