import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit } from '../../../src/worklist/admission.ts';

const CALLER = { callingAeTitle: 'CT01', calledAeTitle: 'RIS' };
const SERVED = () => true;

/** Result, source and reason of the A-ASSOCIATE-RJ; undefined: accepted. */
function words(...[caller, rules, serves]: Parameters<typeof admit>): string | undefined {
  const admission = admit(caller, rules, serves);
  return admission.accepted ? undefined : `${admission.result} ${admission.source} ${admission.reason}`;
}

test('everybody may call what is served', () => {
  assert.equal(words(CALLER, {}, SERVED), undefined);
  assert.equal(
    words(CALLER, {}, () => false),
    '1 1 7',
  );
});

test('a called AE title may be the only one', () => {
  assert.equal(words(CALLER, { calledAeTitle: 'RIS' }, SERVED), undefined);
  assert.equal(words(CALLER, { calledAeTitle: 'PACS' }, SERVED), '1 1 7');
});

test('callers that may not call are told before anything is said of what is served', () => {
  const asked: string[] = [];
  const serves = (title: string) => asked.push(title) > 0;
  assert.equal(words(CALLER, { callers: ['CT02'] }, serves), '1 1 3');
  assert.deepEqual(asked, []);
  assert.equal(words(CALLER, { callers: ['CT02', 'CT01'] }, serves), undefined);
});

test('all may be refused', () => {
  assert.equal(words(CALLER, { refuseAll: true }, SERVED), '1 1 1');
});
