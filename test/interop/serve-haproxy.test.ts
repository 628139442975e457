/** Two `wltool serve` processes over one folder, behind a real TCP load balancer: docs/deploy/haproxy.cfg. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { findWorklist } from '../../src/network/worklist-client.ts';
import { freePort, portOpens } from '../support/free-port.ts';
import { missing, peerPath } from '../support/peers.ts';
import { identifierOf } from '../support/serve-cases.ts';
import { startServe } from '../support/serve-folder.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

const EXAMPLE = new URL('../../docs/deploy/haproxy.cfg', import.meta.url);

test('haproxy spreads associations over two processes', { skip: missing('haproxy') }, async (t) => {
  const folder = await tempDir(t);
  const scratch = await tempDir(t);
  writeFileSync(join(folder, 'a.wl'), entryFile(entryDataSet('A1')));
  const servers = [await startServe(t, ['-p', '0', folder]), await startServe(t, ['-p', '0', folder])] as const;
  const port = await freePort();
  const configuration = readFileSync(EXAMPLE, 'utf8')
    .replace('bind :104', `bind 127.0.0.1:${port}`)
    .replace('balance leastconn', 'balance roundrobin')
    .replace('10.0.0.11:4242', `127.0.0.1:${servers[0].port}`)
    .replace('10.0.0.12:4242', `127.0.0.1:${servers[1].port}`);
  const file = join(scratch, 'haproxy.cfg');
  writeFileSync(file, configuration);
  const proxy = spawn(peerPath('haproxy'), ['-db', '-f', file], { stdio: 'ignore' });
  t.after(async () => {
    const ended = once(proxy, 'close');
    proxy.kill('SIGKILL');
    await ended;
  });
  await portOpens(port, AbortSignal.timeout(20_000));

  const peer = { host: '127.0.0.1', port, calledAeTitle: 'ANY', callingAeTitle: 'TEST' };
  const ask = async () => {
    const found: string[] = [];
    for await (const { identifier, syntax } of findWorklist({
      ...peer,
      identifier: identifierOf(['AccessionNumber']),
    })) {
      found.push(plainText(readDataSet(identifier, syntax).dataSet, TAG.AccessionNumber));
    }
    return found;
  };
  for (let round = 0; round < 20; round += 1) {
    writeFileSync(join(folder, 'a.wl'), entryFile(entryDataSet(`R${round}`)));
    assert.deepEqual(await ask(), [`R${round}`], 'whichever process answers has the newest state');
  }
  const answered = async (server: (typeof servers)[number]) => (await server.stop()).stderr.split(' query ').length - 1;
  const first = await answered(servers[0]);
  assert.ok(first >= 5, `the first answered ${first} of 20`);
  // The one that is left answers all from now on, at the latest when a health check has failed.
  assert.deepEqual(await ask(), ['R19']);
  assert.deepEqual(await ask(), ['R19']);
  const second = await answered(servers[1]);
  assert.ok(second >= 7, `the second answered ${second} of 22`);
});
