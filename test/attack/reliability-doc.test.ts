/** docs/reliability.md counts the attacks: its numbers are those of the tables. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ASSOCIATION_ATTACKS } from './association-attacks.ts';
import { CONNECTION_ATTACKS } from './connection-attacks.ts';
import { IDENTIFIER_ATTACKS } from './identifier-attacks.ts';
import { MESSAGE_ATTACKS } from './message-attacks.ts';
import { PDU_ATTACKS } from './pdu-attacks.ts';

const DOC = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');
const TABLES = {
  PDUs: PDU_ATTACKS,
  associations: ASSOCIATION_ATTACKS,
  messages: MESSAGE_ATTACKS,
  identifiers: IDENTIFIER_ATTACKS,
  connections: CONNECTION_ATTACKS,
};

test('each table has as many attacks as the page says, and all together too', () => {
  let total = 0;
  for (const [name, attacks] of Object.entries(TABLES)) {
    const stated = new RegExp(`^\\| \\[${name}\\]\\([^)]*\\) \\| (\\d+) \\|`, 'm').exec(DOC)?.[1];
    assert.equal(Number(stated), attacks.length, name);
    total += attacks.length;
  }
  assert.equal(Number(/\| (\d+) kinds \| 0 \| 0 of [\d,]+ answers/.exec(DOC)?.[1]), total);
});
