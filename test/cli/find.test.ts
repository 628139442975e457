/** wltool find as a user runs it, against a server in this process and against peers that misbehave. */

import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { freePort } from '../support/free-port.ts';
import { associateAccept, EXPLICIT, findResponse, RELEASE_RESPONSE } from '../support/pdus.ts';
import { missing, runPeer } from '../support/peers.ts';
import { scriptedServer } from '../support/scripted-peer.ts';
import { runCli, startCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet } from '../support/worklist-entries.ts';
import { answering, ending, startServer } from '../support/worklist-server.ts';

const TIMEOUT = { timeout: 60_000 };
const ANSWERS = ['A1', 'A2', 'A3'].map((accession) => entryDataSet(accession));
const ACCEPT = associateAccept([{ id: 1, result: 0, syntax: EXPLICIT }]);

function at(port: number): string[] {
  return ['127.0.0.1', String(port)];
}

test('into a pipe goes dump text', TIMEOUT, async (t) => {
  const { port } = await startServer(t, answering(...ANSWERS));
  const { code, stdout, stderr } = await runCli(['find', ...at(port)]);
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
  assert.equal(stdout.match(/^# Dicom-Data-Set$/gm)?.length, 3);
  assert.match(stdout, /^\(0010,0010\) PN \[NAME\^A2\] +# +8, 1 PatientName$/m);
});

test('a table shows the list of the day', TIMEOUT, async (t) => {
  const { port } = await startServer(t, answering(...ANSWERS));
  const { stdout } = await runCli(['find', ...at(port), '--format', 'table']);
  assert.equal(
    stdout.split('\n')[0],
    'Date        Time   Mod  Station  Patient   Patient ID  Birth date  Sex  Accession  Procedure',
  );
  assert.equal(
    stdout.split('\n')[1],
    '2026-03-10  08:00  CT   CT01     NAME, A1  P-A1                         A1         Request',
  );
});

test('json is read by jq, an array even without answers', { ...TIMEOUT, skip: missing('jq') }, async (t) => {
  const { port } = await startServer(t, answering(...ANSWERS));
  const { stdoutBytes } = await runCli(['find', ...at(port), '--format', 'json']);
  const { stdout } = await runPeer('jq', ['-r', '.[]["00080050"].Value[0]'], { input: stdoutBytes });
  assert.equal(stdout.toString(), 'A1\nA2\nA3\n');
  const none = await runCli(['find', ...at((await startServer(t)).port), '--format', 'json']);
  assert.equal(none.code, 0);
  assert.deepEqual(JSON.parse(none.stdout), []);
});

test('ndjson has an object a line', TIMEOUT, async (t) => {
  const { port } = await startServer(t, answering(...ANSWERS));
  const { stdout } = await runCli(['find', ...at(port), '--format', 'ndjson']);
  const lines = stdout.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)['00080050'].Value[0]),
    ['A1', 'A2', 'A3'],
  );
});

test('keys arrive as they were meant, in every form', TIMEOUT, async (t) => {
  const { port, requests } = await startServer(t);
  const keys = ['Modality=CT', '(0010,0020)=P-1', 'PatientName', 'ScheduledProcedureStepSequence[0].0040,0001=CT01'];
  const { code, stderr } = await runCli(['find', '-v', ...keys.flatMap((key) => ['-k', key]), ...at(port)]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /key \(0040,0100\)\.\(0008,0060\): the keyword alone means the scheduled procedure step/);
  const sent = [
    '10001000504e0000', // (0010,0010) PN
    '100020004c4f0400502d3120', // (0010,0020) LO P-1
    '40000001535100001e000000', // (0040,0100) SQ
    'feff00e016000000',
    '08006000435302004354', // (0008,0060) CS CT
    '400001004145040043543031', // (0040,0001) AE CT01
  ];
  assert.equal(Buffer.from(requests[0]?.identifier ?? []).toString('hex'), sent.join(''));
});

test("findscu's spellings are taken as they are", TIMEOUT, async (t) => {
  const { port, requests } = await startServer(t, answering(...ANSWERS));
  const folder = await tempDir(t);
  const args = [
    '-W',
    '-aet',
    'CT9',
    '-aec',
    'RIS',
    '-to',
    '5',
    '-ta',
    '5',
    '-td',
    '0',
    '-pdu',
    '8192',
    '--cancel',
    '2',
  ];
  const { code, stderr } = await runCli(['find', ...args, '-X', '-od', folder, '-k', '0010,0010', ...at(port)]);
  assert.equal(code, 0, stderr);
  assert.deepEqual((await readdir(folder)).sort(), ['rsp0001.dcm', 'rsp0002.dcm']);
  assert.equal(requests[0]?.callingAeTitle, 'CT9');
  assert.equal(requests[0]?.calledAeTitle, 'RIS');
});

test('several query files are asked one after the other, over one association', TIMEOUT, async (t) => {
  const { port, requests, log } = await startServer(t, answering(ANSWERS[0] ?? assert.fail()));
  const folder = await tempDir(t);
  const files = ['A*', 'B*'].map((name) => [join(folder, `${name[0]}.txt`), `(0010,0010) PN [${name}]\n`] as const);
  for (const [file, text] of files) await writeFile(file, text);
  const { code, stdout, stderr } = await runCli([
    'find',
    ...at(port),
    ...files.map(([file]) => file),
    '--format',
    'ndjson',
  ]);
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trimEnd().split('\n').length, 2);
  assert.deepEqual(
    requests.map(({ messageId }) => messageId),
    [1, 2],
  );
  assert.equal(log.lines.filter((line) => line === 'notice: association released').length, 1);
});

test('--repeat says how long it took and prints once', TIMEOUT, async (t) => {
  const { port, requests } = await startServer(t, answering(...ANSWERS));
  const { stdout, stderr } = await runCli(['find', ...at(port), '--repeat', '5', '--format', 'ndjson']);
  assert.equal(requests.length, 5);
  assert.equal(stdout.trimEnd().split('\n').length, 3);
  assert.match(stderr, /asked 5 times: fastest \d+\.\d ms, median \d+\.\d ms, slowest \d+\.\d ms/);
});

/** Command lines that are wrong, before any peer is asked. */
const USAGE: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['find', 'localhost'], /missing required argument 'port'/],
  [['find', 'localhost', '0'], /whole number from 1 to 65535/],
  [['find', 'localhost', '104', '-k', 'PatientNam=X'], /PatientName/],
  [['find', 'localhost', '104', '--aet', 'THIS TITLE IS TOO LONG'], /1 to 16 ASCII characters/],
  [['find', 'localhost', '104', '--format', 'xml'], /table, dump, json, ndjson, csv/],
  [['find', 'localhost', '104', '-S'], /wltool queries worklists only/],
  [['find', 'localhost', '104', '--tls-key', 'x'], /--tls-key and --tls-cert belong together/],
  [['find', 'localhost', '104', '-k', 'ScheduledProcedureStepStartDate=soon'], /\(0040,0002\).*=soon"/],
  [['find', 'localhost', '104', '-k', 'ScheduledProcedureStepStartDate=today+'], /"today\+" is no date[\s\S]*today-1/],
  [['find', 'localhost', '104', '--force', '-k', '0040,0002=now'], /"now" is no date/],
];

for (const [args, message] of USAGE) {
  test('TLS files that are none are exit status 3, before anybody is called', async (t) => {
    const file = join(await tempDir(t), 'key.txt');
    await writeFile(file, 'no key');
    for (const [options, message] of [
      [['--tls-key', file, '--tls-cert', file], /key\.txt is not a private key, as PEM without a passphrase/],
      [['--tls-ca', file], /key\.txt is not a certificate/],
    ] as const) {
      for (const command of ['find', 'echo']) {
        const { code, stderr } = await runCli([command, 'localhost', '1', ...options]);
        assert.equal(code, 3, stderr);
        assert.match(stderr, message);
      }
    }
  });

  test(`"${args.join(' ')}" is a usage error`, TIMEOUT, async () => {
    const { code, stdout, stderr } = await runCli(args);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  });
}

test('a query file that is missing is exit 3, one that is damaged exit 1', TIMEOUT, async (t) => {
  const folder = await tempDir(t);
  await writeFile(join(folder, 'bad.txt'), '(0010,0010) PN [unclosed\n');
  assert.equal((await runCli(['find', 'localhost', '104', join(folder, 'none.dcm')])).code, 3);
  const damaged = await runCli(['find', 'localhost', '104', join(folder, 'bad.txt')]);
  assert.equal(damaged.code, 1);
  assert.match(damaged.stderr, /bad\.txt:1:\d+/);
});

test('a query file that is none says so, and what one is', TIMEOUT, async (t) => {
  const folder = await tempDir(t);
  for (const [name, text, message] of [
    [
      'orders.csv',
      'PatientID,Modality\r\nP-1,CT\r\n',
      /orders\.csv: is a text file, not a DICOM file\n +hint: a query file/,
    ],
    [
      'order.hl7',
      'MSH|^~\\&|RIS',
      /order\.hl7: is an HL7 message, not a DICOM file\n +hint: a query file is DICOM, dump/,
    ],
    ['typo.txt', '(0010,0010 PN [A*]\n', /typo\.txt:1:\d+ error:/],
  ] as const) {
    await writeFile(join(folder, name), text);
    const { code, stderr } = await runCli(['find', 'localhost', '104', join(folder, name)]);
    assert.equal(code, 1, stderr);
    assert.match(stderr, message);
  }
});

const UNLABELLED = ['U1', 'U2'].map((accession) => entryDataSet(accession, { [TAG.PatientName]: 'M\xfcLLER' }));
const DECODED = ['table', 'csv', 'json', 'ndjson'];

test('text without a character set is told once in each format that decodes it', TIMEOUT, async (t) => {
  const { port } = await startServer(t, answering(ANSWERS[0] ?? assert.fail(), ...UNLABELLED));
  for (const format of DECODED) {
    const { code, stderr } = await runCli(['find', ...at(port), '--format', format]);
    assert.equal(code, 0, stderr);
    const warnings = stderr
      .split('\n')
      .filter((line) => line.startsWith('warning: ') && line.includes('cannot be read'));
    assert.deepEqual(warnings, [
      'warning: 2 answers hold text that cannot be read; answer 2: (0010,0010) PatientName cannot be read, as no ' +
        'character set is declared: byte 1: fc is not ASCII; --fallback-charset says what it is: ' +
        'ISO_IR 192 is UTF-8, ISO_IR 100 Latin-1',
    ]);
    assert.ok(stderr.trimEnd().split('\n').length <= 2, stderr);
  }
  assert.equal((await runCli(['find', ...at(port), '--format', 'dump'])).stderr, '');
});

test('--fallback-charset is what such text is read as, files keep the bytes', TIMEOUT, async (t) => {
  const { port } = await startServer(t, answering(...UNLABELLED));
  const folder = await tempDir(t);
  const latin1 = ['--fallback-charset', 'ISO_IR 100'];
  for (const format of DECODED) {
    const { stdout, stderr } = await runCli(['find', ...at(port), '--format', format, ...latin1, '-x', folder]);
    assert.equal(stderr, '');
    assert.match(stdout, /MüLLER/);
    if (format === 'ndjson') assert.equal(JSON.parse(stdout.split('\n')[0] ?? '')['00080005'].Value[0], 'ISO_IR 100');
  }
  for (const file of await readdir(folder)) {
    const { dataSet } = readPart10(await readFile(join(folder, file)));
    assert.equal(dataSet.has(TAG.SpecificCharacterSet), false);
    assert.equal(Buffer.from(dataSet.value(TAG.PatientName) ?? []).toString('latin1'), 'M\xfcLLER');
  }
  const wrong = await runCli(['find', ...at(port), '--format', 'csv', '--fallback-charset', 'ISO_IR 192']);
  assert.match(wrong.stderr, /^warning: 2 answers hold .*cannot be read in the character set ISO_IR 192: byte 1/);
  const unknown = await runCli(['find', ...at(port), '--fallback-charset', 'latin1']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /--fallback-charset: .*latin1/);
});

test('text that does not fit its character set is told, whatever the fallback', TIMEOUT, async (t) => {
  const label = { [TAG.SpecificCharacterSet]: 'ISO_IR 192', [TAG.PatientName]: 'M\xfcLLER' };
  const { port } = await startServer(t, answering(entryDataSet('L1', label)));
  for (const format of DECODED) {
    for (const fallback of [[], ['--fallback-charset', 'ISO_IR 100']]) {
      const { stderr } = await runCli(['find', ...at(port), '--format', format, ...fallback]);
      assert.match(
        stderr,
        /warning: 1 answer holds .* PatientName cannot be read in the character set ISO_IR 192: byte/,
      );
      assert.doesNotMatch(stderr, /--fallback-charset/);
    }
  }
});

test('what is odd about answers is told after a failure too, and of a thousand answers once', TIMEOUT, async (t) => {
  const many = Array.from({ length: 1000 }, () => UNLABELLED[0] ?? assert.fail());
  const { port } = await startServer(t, ending({ status: 0xa700 }, ...many));
  const { code, stderr } = await runCli(['find', ...at(port), '--format', 'json']);
  assert.equal(code, 4);
  assert.equal(stderr.match(/^warning: 1000 answers hold /gm)?.length, 2, stderr);
  assert.ok(stderr.split('\n').length < 6, stderr);
});

test('files without a step, which no server finds, are told once', TIMEOUT, async (t) => {
  const bare = entryDataSet('B1', { [TAG.ScheduledProcedureStepSequence]: [] });
  const { port } = await startServer(t, answering(bare, bare, ...ANSWERS));
  const folder = await tempDir(t);
  const { code, stderr } = await runCli(['find', ...at(port), '-x', folder]);
  assert.equal(code, 0);
  assert.equal(
    stderr,
    'warning: 2 of 5 files have no Scheduled Procedure Step Sequence, so serve leaves them out; ' +
      'if the query did not ask for it, add -k ScheduledProcedureStepSequence, or leave out all keys\n',
  );
  assert.equal((await runCli(['find', ...at(port), '-X', '-od', folder])).stderr, '');
});

test('a host that nobody listens on is exit 4 and a hint', TIMEOUT, async () => {
  const { code, stdout, stderr } = await runCli(['find', ...at(await freePort())]);
  assert.equal(code, 4);
  assert.equal(stdout, '');
  assert.match(stderr, /^error: cannot connect to 127\.0\.0\.1:\d+: connection refused\n +hint: is the server running/);
});

test('a failure status is exit 4, with what came before it printed whole', TIMEOUT, async (t) => {
  const outcome = { status: 0xa900, comment: 'no such key', offendingElements: [0x00080060] };
  const { port } = await startServer(t, ending(outcome, ...ANSWERS));
  const { code, stdout, stderr } = await runCli(['find', ...at(port), '--format', 'json']);
  assert.equal(code, 4);
  assert.equal(JSON.parse(stdout).length, 3);
  assert.match(stderr, /A900H.*"no such key"; offending: \(0008,0060\) Modality/);
  assert.match(stderr, /leave the offending keys out/);
});

test('with --log-format json a failure is an object', TIMEOUT, async (t) => {
  const { port } = await startServer(t, ending({ status: 0xa700 }));
  const { stderr } = await runCli(['find', ...at(port), '--log-format', 'json']);
  const { level, code, phase, status } = JSON.parse(stderr);
  assert.deepEqual(
    { level, code, phase, status },
    { level: 'error', code: 'peer-find', phase: 'find', status: 0xa700 },
  );
});

test('an answer that does not parse is named, the others are kept, exit 4', TIMEOUT, async (t) => {
  const good = Buffer.from(writeDataSet(ANSWERS[0] ?? assert.fail(), EXPLICIT_LITTLE));
  const port = await scriptedServer(t, async (caller) => {
    await caller.receive();
    caller.send(ACCEPT);
    await caller.receiveMessage();
    const answers = [good, good.subarray(0, 51), good].map((identifier) =>
      findResponse(1, 0xff00, Buffer.from(identifier)),
    );
    caller.send(...answers, findResponse(1, 0));
    await caller.receive();
    caller.send(RELEASE_RESPONSE);
  });
  const { code, stdout, stderr } = await runCli(['find', ...at(port), '--format', 'ndjson']);
  assert.equal(code, 4);
  assert.equal(stdout.trimEnd().split('\n').length, 2);
  assert.match(stderr, /answer 2 cannot be read/);
  assert.match(stderr, /sent one answer that cannot be read/);
});

test('FF01 is shown', TIMEOUT, async (t) => {
  const port = await scriptedServer(t, async (caller) => {
    await caller.receive();
    caller.send(ACCEPT);
    await caller.receiveMessage();
    caller.send(findResponse(1, 0xff01, Buffer.from('10001000504e0200412a', 'hex')), findResponse(1, 0));
    await caller.receive();
    caller.send(RELEASE_RESPONSE);
  });
  const { code, stderr } = await runCli(['find', ...at(port)]);
  assert.equal(code, 0);
  assert.match(stderr, /warning: .*FF01H/);
});

test('a peer that stays silent costs no more than the timeout', TIMEOUT, async (t) => {
  const port = await scriptedServer(t, () => {});
  const { code, stderr } = await runCli(['find', ...at(port), '--timeout', '0.3']);
  assert.equal(code, 4);
  assert.match(stderr, /did not answer within 0\.3 s/);
});

test('ctrl-C cancels, releases and exits 130', TIMEOUT, async (t) => {
  const received: string[] = [];
  const port = await scriptedServer(t, async (caller) => {
    await caller.receive();
    caller.send(ACCEPT);
    await caller.receiveMessage();
    caller.send(findResponse(1, 0xff00, Buffer.from('10001000504e0200412a', 'hex')));
    received.push((await caller.receiveMessage()).command.get(0x0100)?.toString('hex') ?? '');
    caller.send(findResponse(1, 0xfe00));
    received.push(String((await caller.receive())?.type));
    caller.send(RELEASE_RESPONSE);
  });
  const find = startCli(['find', ...at(port), '--format', 'ndjson']);
  await find.waitFor(/00100010/);
  const { code, stderr } = await find.stop('SIGINT');
  assert.equal(code, 130, stderr);
  assert.equal(stderr, '');
  assert.deepEqual(received, ['ff0f', '5']);
});

test('a reader that goes away ends it quietly', TIMEOUT, async (t) => {
  const { port } = await startServer(t, answering(...Array(20_000).fill(ANSWERS[0])));
  const find = startCli(['find', ...at(port)]);
  find.child.stdout?.destroy();
  const { code, stderr } = await find.finished;
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
});

test('a hundred thousand answers stream in bounded memory', { timeout: 120_000 }, async (t) => {
  const { port } = await startServer(t, async function* (request) {
    const identifier = writeDataSet(ANSWERS[0] ?? assert.fail(), request.syntax);
    for (let count = 0; count < 100_000; count += 1) yield identifier;
    return { status: 0 };
  });
  const find = startCli(['find', ...at(port), '--format', 'ndjson'], {
    timeoutMs: 110_000,
    env: { NODE_OPTIONS: '--max-old-space-size=64' },
  });
  const { code, stdoutBytes, stderr } = await find.finished;
  assert.equal(code, 0, stderr);
  assert.equal(stdoutBytes.filter((byte) => byte === 0x0a).length, 100_000);
});
