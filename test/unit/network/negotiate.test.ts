import assert from 'node:assert/strict';
import { test } from 'node:test';
import { negotiate } from '../../../src/network/negotiate.ts';
import { EXPLICIT, IMPLICIT, VERIFICATION, WORKLIST } from '../../support/pdus.ts';

const BIG = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const JPEG = '1.2.840.10008.1.2.4.50';

function chosen(...transferSyntaxes: readonly string[]): string {
  const [only] = negotiate([{ id: 1, abstractSyntax: WORKLIST, transferSyntaxes }]).results;
  return `${only?.result} ${only?.transferSyntax}`;
}

test("the server's preference decides, not the order proposed", () => {
  assert.equal(chosen(DEFLATED, IMPLICIT, BIG, EXPLICIT), `0 ${EXPLICIT}`);
  assert.equal(chosen(DEFLATED, IMPLICIT, BIG), `0 ${BIG}`);
  assert.equal(chosen(DEFLATED, IMPLICIT), `0 ${IMPLICIT}`);
  assert.equal(chosen(JPEG, DEFLATED), `0 ${DEFLATED}`);
});

test('transfer syntaxes that are not served give result 4', () => {
  assert.equal(chosen(JPEG), `4 ${IMPLICIT}`);
});

test('each proposed context gets its own result, other services result 3', () => {
  const { results, accepted } = negotiate([
    { id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT] },
    { id: 3, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: [EXPLICIT] },
    { id: 5, abstractSyntax: WORKLIST, transferSyntaxes: [IMPLICIT] },
    { id: 7, abstractSyntax: WORKLIST, transferSyntaxes: [EXPLICIT] },
  ]);
  assert.deepEqual(
    results.map(({ id, result }) => [id, result]),
    [
      [1, 0],
      [3, 3],
      [5, 0],
      [7, 0],
    ],
  );
  assert.deepEqual([...accepted.keys()], [1, 5, 7]);
  assert.equal(accepted.get(5)?.syntax.uid, IMPLICIT);
  assert.equal(accepted.get(7)?.syntax.uid, EXPLICIT);
});
