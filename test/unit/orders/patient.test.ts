/** When two are one patient. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { comparePatients, type Patient } from '../../../src/orders/patient.ts';

const JANE: Patient = { id: 'P1', issuer: '', name: 'Doe^Jane', birthDate: '19700131' };

const CASES: readonly (readonly [what: string, other: Partial<Patient>, likeness: string])[] = [
  ['all is equal', {}, 'same'],
  ['she has married', { name: 'Roe^Jane' }, 'same'],
  ['her day of birth is corrected', { birthDate: '19700113' }, 'same'],
  ['the ID of someone else altogether', { name: 'Poe^Ann', birthDate: '19991231' }, 'renamed'],
  ['an ID is corrected', { id: 'P11' }, 'renumbered'],
  ['another sender writes the name', { id: 'P11', name: 'DOE^Jane^^=山田' }, 'renumbered'],
  ['the same ID of another issuer, and another name', { issuer: 'B', name: 'Poe^Ann' }, 'same'],
  ['another ID and name', { id: 'P2', name: 'Poe^Ann' }, 'other'],
  ['another ID and day of birth', { id: 'P2', birthDate: '19991231' }, 'other'],
  ['another ID without a name', { id: 'P2', name: '' }, 'other'],
  ['no ID, and the name', { id: '' }, 'same'],
  ['no ID, and another name', { id: '', name: 'Poe^Ann' }, 'other'],
  ['nothing at all', { id: '', name: '', birthDate: '' }, 'same'],
];

for (const [what, other, likeness] of CASES) {
  test(`${what}: ${likeness}`, () => {
    assert.equal(comparePatients(JANE, { ...JANE, ...other }), likeness);
    assert.equal(comparePatients({ ...JANE, ...other }, JANE), likeness);
  });
}

test('one ID of two issuers is two patients, unless name and birth date say otherwise', () => {
  const [ours, theirs] = [
    { ...JANE, issuer: 'A' },
    { ...JANE, issuer: 'B' },
  ];
  assert.equal(comparePatients(ours, theirs), 'renumbered');
  assert.equal(comparePatients(ours, { ...theirs, name: 'Poe^Ann' }), 'other');
});
