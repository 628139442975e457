/** The server's network layer against DCMTK and Orthanc as clients. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { type DataSet, plainText } from '../../src/dicom/data-set.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { missing, runPeer, startOrthanc } from '../support/peers.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet } from '../support/worklist-entries.ts';
import { answering, ending, startServer } from '../support/worklist-server.ts';

const TIMEOUT = { timeout: 60_000 };
const ANSWERS = ['A1', 'A2', 'A3'].map((accession) => entryDataSet(accession));

function accessions(dataSets: readonly DataSet[]): string[] {
  return dataSets.map((dataSet) => plainText(dataSet, 0x00080050)).sort();
}

test('echoscu is answered', { ...TIMEOUT, skip: missing('echoscu') }, async (t) => {
  const { port, log } = await startServer(t);
  const { code, stderr } = await runPeer('echoscu', ['-v', '-aet', 'CT01', '-aec', 'RIS', '127.0.0.1', String(port)]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Received Echo Response \(Success\)/);
  while (log.lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(log.lines, ['debug: association accepted', 'notice: association released']);
});

test('echoscu proposing 128 contexts with all its transfer syntaxes is answered', {
  ...TIMEOUT,
  skip: missing('echoscu'),
}, async (t) => {
  const { port } = await startServer(t);
  const { code, stderr } = await runPeer('echoscu', ['-ppc', '128', '-pts', '38', '127.0.0.1', String(port)]);
  assert.equal(code, 0, stderr);
});

/** findscu's proposals, and what the server chooses of them. */
const PROPOSALS: readonly (readonly [option: string, chosen: string])[] = [
  ['-x=', 'Little Endian Explicit'],
  ['-xe', 'Little Endian Explicit'],
  ['-xb', 'Little Endian Explicit'],
  ['-xd', 'Little Endian Explicit'],
  ['-xi', 'Little Endian Implicit'],
];

for (const [option, chosen] of PROPOSALS) {
  test(`findscu ${option} gets all answers whole, in ${chosen}`, {
    ...TIMEOUT,
    skip: missing('findscu'),
  }, async (t) => {
    const { port, requests } = await startServer(t, answering(...ANSWERS));
    const folder = await tempDir(t);
    const args = [option, '-X', '-od', folder, '-W', '-k', '0010,0010=A*', '127.0.0.1', String(port)];
    const { code, stderr } = await runPeer('findscu', args);
    assert.equal(code, 0, stderr);
    const names = await readdir(folder);
    const received = await Promise.all(
      names.map(async (name) => readPart10(await readFile(join(folder, name))).dataSet),
    );
    assert.deepEqual(accessions(received), ['A1', 'A2', 'A3']);
    const [request] = requests;
    assert.equal(request?.syntax.name, chosen);
    const query = readDataSet(request?.identifier ?? Buffer.alloc(0), request?.syntax ?? assert.fail());
    assert.equal(plainText(query.dataSet, 0x00100010), 'A*');
  });
}

test('findscu with small PDUs gets large answers whole', { ...TIMEOUT, skip: missing('findscu') }, async (t) => {
  const long = 'x'.repeat(30_000);
  const { port } = await startServer(t, answering(entryDataSet('A1', { [0x00104000]: long })));
  const folder = await tempDir(t);
  const args = ['-pdu', '4096', '-X', '-od', folder, '-W', '-k', '0010,0010', '127.0.0.1', String(port)];
  const { code, stderr } = await runPeer('findscu', args);
  assert.equal(code, 0, stderr);
  const { dataSet } = readPart10(await readFile(join(folder, 'rsp0001.dcm')));
  assert.equal(plainText(dataSet, 0x00104000), long);
});

test('findscu --cancel stops the query', { ...TIMEOUT, skip: missing('findscu') }, async (t) => {
  let yielded = 0;
  const { port } = await startServer(t, async function* (request) {
    const identifier = writeDataSet(entryDataSet('A1'), request.syntax);
    for (; yielded < 1_000_000; yielded += 1) yield identifier;
    return { status: 0 };
  });
  const args = ['-v', '--cancel', '5', '-W', '-k', '0010,0010', '127.0.0.1', String(port)];
  const { code, stderr } = await runPeer('findscu', args);
  assert.equal(code, 0, stderr.slice(-500));
  assert.match(stderr, /Sending Cancel Request/);
  assert.ok(yielded < 1_000_000);
});

test('findscu --repeat asks again over the same association', { ...TIMEOUT, skip: missing('findscu') }, async (t) => {
  const { port, requests } = await startServer(t, answering(...ANSWERS));
  const { code } = await runPeer('findscu', ['--repeat', '20', '-W', '-k', '0010,0010', '127.0.0.1', String(port)]);
  assert.equal(code, 0);
  assert.deepEqual(
    requests.map(({ messageId }) => messageId),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});

test('findscu shows a failure with its comment and offending elements', {
  ...TIMEOUT,
  skip: missing('findscu'),
}, async (t) => {
  const { port } = await startServer(
    t,
    ending({ status: 0xa900, comment: 'odd date', offendingElements: [0x00400002] }),
  );
  const { stderr } = await runPeer('findscu', ['-d', '-W', '-k', '0010,0010', '127.0.0.1', String(port)]);
  assert.match(stderr, /IdentifierDoesNotMatchSOPClass|0xa900/i);
  assert.match(stderr, /odd date/);
  assert.match(stderr, /\(0040,0002\)/);
});

test('findscu reads our rejection', { ...TIMEOUT, skip: missing('findscu') }, async (t) => {
  const { port } = await startServer(t, undefined, {
    associate: () => ({ accepted: false, result: 1, source: 1, reason: 7, why: 'unknown' }),
  });
  const { code, stderr } = await runPeer('findscu', ['-W', '-k', '0010,0010', '127.0.0.1', String(port)]);
  assert.notEqual(code, 0);
  assert.match(stderr, /Called AE Title Not Recognized/);
});

test('fifty findscu at once are all answered', { ...TIMEOUT, skip: missing('findscu') }, async (t) => {
  const { port, requests } = await startServer(t, answering(...ANSWERS));
  const runs = Array.from({ length: 50 }, () =>
    runPeer('findscu', ['-W', '-k', '0010,0010', '127.0.0.1', String(port)]),
  );
  for (const { code, stderr } of await Promise.all(runs)) assert.equal(code, 0, stderr);
  assert.equal(requests.length, 50);
});

test('Orthanc gets all answers', { ...TIMEOUT, skip: missing('Orthanc') }, async (t) => {
  const { port } = await startServer(t, answering(...ANSWERS));
  const orthanc = await startOrthanc(t, {
    worklistFolder: await tempDir(t),
    modalities: { wltool: ['WLTOOL', '127.0.0.1', port] },
  });
  const echo = await fetch(`${orthanc.url}/modalities/wltool/echo`, { method: 'POST', body: '{}' });
  assert.equal(echo.status, 200);
  const find = await fetch(`${orthanc.url}/modalities/wltool/find-worklist`, {
    method: 'POST',
    body: JSON.stringify({ PatientName: '', AccessionNumber: '' }),
  });
  assert.equal(find.status, 200);
  const answers = (await find.json()) as Array<{ AccessionNumber: string }>;
  assert.deepEqual(answers.map(({ AccessionNumber }) => AccessionNumber).sort(), ['A1', 'A2', 'A3']);
});
