/** Orthanc as the one who asks: its REST route /modalities/{id}/find-worklist against `wltool serve`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dcmtkSamples, missing, startOrthanc } from '../support/peers.ts';
import { buildSamples, startServe } from '../support/serve-folder.ts';
import { tempDir } from '../support/temp-dir.ts';

const skip = missing('Orthanc', 'dump2dcm') || dcmtkSamples().skip;

test('Orthanc finds the entries', { skip }, async (t) => {
  const folder = await tempDir(t);
  await buildSamples(folder);
  const { port } = await startServe(t, ['-p', '0', '--aet', 'WLTOOL', folder]);
  const orthanc = await startOrthanc(t, {
    worklistFolder: await tempDir(t),
    modalities: { wltool: ['WLTOOL', '127.0.0.1', port] },
  });
  const echo = await fetch(`${orthanc.url}/modalities/wltool/echo`, { method: 'POST', body: '{}' });
  assert.equal(echo.status, 200);
  const find = async (query: unknown) => {
    const response = await fetch(`${orthanc.url}/modalities/wltool/find-worklist`, {
      method: 'POST',
      body: JSON.stringify(query),
    });
    assert.equal(response.status, 200);
    return (await response.json()) as { PatientID: string; ScheduledProcedureStepSequence: { Modality: string }[] }[];
  };
  const all = await find({ PatientID: '', ScheduledProcedureStepSequence: [] });
  assert.equal(all.length, 10);
  const some = await find({ PatientID: '', ScheduledProcedureStepSequence: [{ Modality: 'MR' }] });
  assert.ok(some.length > 0 && some.length < 10);
  for (const { ScheduledProcedureStepSequence: steps } of some) assert.equal(steps[0]?.Modality, 'MR');
  assert.deepEqual(await find({ PatientID: 'NOBODY' }), []);
});
