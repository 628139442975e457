/** wltool echo against wlmscpfs and Orthanc. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dcmtkSamples, missing, startOrthanc, startWlmscpfs } from '../support/peers.ts';
import { sampleWorklist } from '../support/sample-worklist.ts';
import { runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

const TIMEOUT = { timeout: 60_000 };

test('wlmscpfs answers', { ...TIMEOUT, skip: dcmtkSamples().skip || missing('wlmscpfs', 'dump2dcm') }, async (t) => {
  const { root } = await sampleWorklist(t);
  const server = await startWlmscpfs(t, root);
  const { code, stdout, stderr } = await runCli(['echo', '-aec', 'OFFIS', '127.0.0.1', String(server.port)]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^implementation: +OFFIS_DCMTK_\d+ 1\.2\.276/m);
  assert.match(stdout, /^max PDU: +16384$/m);
  assert.match(stdout, /^round trip: +\d+\.\d ms$/m);
});

test('Orthanc answers', { ...TIMEOUT, skip: missing('Orthanc') }, async (t) => {
  const orthanc = await startOrthanc(t, { worklistFolder: await tempDir(t) });
  const { code, stdout, stderr } = await runCli(['echo', '--aec', 'ORTHANC', '127.0.0.1', String(orthanc.port)]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^peer: +ORTHANC at 127\.0\.0\.1/m);
});
