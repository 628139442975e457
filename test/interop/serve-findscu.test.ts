/** findscu and echoscu against `wltool serve`, over the folders and with the options that wlmscpfs was recorded with. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessionNumbers, findscu, queryFile } from '../support/findscu.ts';
import { dcmtkSamples, missing, runPeer } from '../support/peers.ts';
import { identifierOf, identifierOfCase, type ServeCase, serveCases } from '../support/serve-cases.ts';
import { buildServeFolder, type ServeProcess, startServe } from '../support/serve-folder.ts';
import { tempDir } from '../support/temp-dir.ts';

const skip = missing('findscu', 'echoscu', 'dump2dcm') || dcmtkSamples().skip;

/** Where DCMTK's answer conforms and ours differs all the same; docs/matching.md has the reasons. */
const CHOSEN_OTHERWISE: Readonly<Record<string, string>> = {
  'e72-two-errors': 'a lower-case code is compared as it is meant',
  'e92-physician-case': 'names ignore case',
};

describe('recorded queries through the socket', { skip }, () => {
  const scope: { readonly ends: (() => Promise<void>)[]; after(end: () => Promise<void>): void } = {
    ends: [],
    after(end) {
      this.ends.push(end);
    },
  };
  const servers = new Map<string, Promise<ServeProcess>>();
  let root = '';
  let scratch = '';

  before(async () => {
    root = await tempDir(scope);
    scratch = await tempDir(scope);
    await buildServeFolder(root);
  });

  after(async () => {
    for (const end of scope.ends.toReversed()) await end();
  });

  const serverFor = (options: readonly string[] = []) => {
    const key = options.join(' ');
    let server = servers.get(key);
    if (server === undefined) {
      const incomplete = options.includes('-dfr') ? [] : ['-efr'];
      server = startServe(scope, ['-dfp', root, ...incomplete, ...options, '0']);
      servers.set(key, server);
    }
    return server;
  };

  const ask = async (serveCase: ServeCase) => {
    const { port } = await serverFor(serveCase.server);
    const query = queryFile(identifierOfCase(serveCase), scratch);
    return await findscu(port, serveCase.calledAe, query, scratch, serveCase.findscuOptions);
  };

  for (const serveCase of serveCases()) {
    const { name, verdict, recorded, right } = serveCase;
    test(`${name} (${verdict})`, async () => {
      const answer = await ask(serveCase);
      if (verdict === 'same' && CHOSEN_OTHERWISE[name] === undefined) {
        assert.equal(answer.association, recorded.association ?? 'accepted');
        assert.equal(answer.status, recorded.status);
        assert.equal(answer.count, recorded.count);
        assert.deepEqual(answer.offending, recorded.offending ?? []);
        if (recorded.accessions) assert.deepEqual(accessionNumbers(answer.answers), [...recorded.accessions].sort());
      } else if (answer.association === 'accepted') {
        assert.notEqual(answer.status, undefined, 'every query gets a final status');
        if (right?.accessions) assert.deepEqual(accessionNumbers(answer.answers), [...right.accessions].sort());
        if (right?.status) assert.ok(right.status.split(' or ').includes(answer.status ?? ''), answer.status);
      }
      assert.ok(!answer.pending.includes('0xff01'), 'every key exists');
    });
  }

  for (const [option, syntax] of [
    ['-xe', 'Little Endian Explicit'],
    ['-xb', 'Big Endian Explicit'],
    ['-xi', 'Little Endian Implicit'],
    ['-xd', 'Deflated'],
  ] as const) {
    test(`findscu ${option} proposes ${syntax}`, async () => {
      const { port } = await serverFor(['-dfr']);
      const query = queryFile(identifierOf(['AccessionNumber', 'PatientName', '0040,0100[0].0008,0060=MR']), scratch);
      const { status, answers, log } = await findscu(port, 'EDGE', query, scratch, [option]);
      assert.equal(status, '0x0000', log);
      assert.deepEqual(accessionNumbers(answers), ['E02', 'E03']);
    });
  }

  test('echoscu is answered, for an AE title that is served', async () => {
    const { port } = await serverFor();
    assert.equal((await runPeer('echoscu', ['-aec', 'EDGE', '127.0.0.1', `${port}`])).code, 0);
    assert.notEqual((await runPeer('echoscu', ['-aec', 'NOPE', '127.0.0.1', `${port}`])).code, 0);
  });

  test('many queries in one association', async () => {
    const { port } = await serverFor();
    const query = queryFile(identifierOf(['AccessionNumber']), scratch);
    const { log } = await findscu(port, 'OFFIS', query, scratch, ['--repeat', '5']);
    assert.equal([...log.matchAll(/DIMSE Status\s*: 0x0000/g)].length, 5, log.slice(-2000));
  });

  test('the servers stop with exit status 0', async () => {
    for (const server of servers.values()) {
      const { code } = await (await server).stop();
      assert.equal(code, 0);
    }
  });
});
