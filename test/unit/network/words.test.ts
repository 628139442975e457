import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abortWords, rejectWords } from '../../../src/network/peer-words.ts';
import { printable } from '../../../src/network/printable.ts';
import { failureHint, statusWords } from '../../../src/network/status.ts';

const TITLES = { callingAeTitle: 'WLTOOL', calledAeTitle: 'RIS' };

test('a rejection says why, how and by whom, and what to do', () => {
  assert.deepEqual(rejectWords({ result: 1, source: 1, reason: 7 }, TITLES), {
    message: 'called AE title not recognised (permanent, by the service user)',
    hint: 'the peer is not called "RIS"; give its AE title with --aec',
  });
  assert.deepEqual(rejectWords({ result: 2, source: 3, reason: 2 }, TITLES), {
    message: 'local limit exceeded (transient, by the service provider, presentation)',
    hint: 'try again later',
  });
  assert.match(rejectWords({ result: 1, source: 1, reason: 3 }, TITLES).hint ?? '', /register "WLTOOL"/);
});

test('numbers without meaning stay numbers', () => {
  assert.equal(
    rejectWords({ result: 9, source: 8, reason: 7 }, TITLES).message,
    'reason 7 (result 9, by the source 8)',
  );
  assert.equal(abortWords({ source: 1, reason: 3 }), 'source 1, reason 3');
});

test('an abort says by whom, and a provider why', () => {
  assert.equal(abortWords({ source: 0, reason: 6 }), 'by its service user');
  assert.equal(abortWords({ source: 2, reason: 2 }), 'by its service provider, unexpected PDU');
});

test('statuses have words, each Cxxx the same', () => {
  assert.equal(statusWords(0xa900), 'A900H, the identifier does not match the SOP class');
  assert.equal(statusWords(0xc123), 'C123H, unable to process');
  assert.equal(statusWords(0x0001), '0001H');
});

test('each failure has something to try', () => {
  assert.match(failureHint(0xa700, []), /ask for less/);
  assert.match(failureHint(0x0213, []), /ask for less/);
  assert.match(failureHint(0xa900, [0x00080060]), /offending keys/);
  assert.match(failureHint(0xa900, []), /log of the peer/);
  assert.match(failureHint(0x0122, []), /--aec/);
  assert.match(failureHint(0x0124, []), /--aet/);
  assert.match(failureHint(0xc001, []), /log of the peer/);
});

test('text of a peer cannot end a line or act on a terminal', () => {
  assert.equal(printable('CT 1'), 'CT 1');
  assert.equal(printable('A\nB\x1b[31m\\\x7f\xe4'), 'A\\x0aB\\x1b[31m\\\\\\x7f\\xe4');
});
