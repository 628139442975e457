/** docs/orders.md says what the program does. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { entryName } from '../../../src/orders/entry-name.ts';
import { DEFAULT_MAPPING } from '../../../src/orders/hl7/default-mapping.ts';
import type { RuleSource } from '../../../src/orders/hl7/mapping.ts';
import { readMapping } from '../../../src/orders/hl7/read-mapping.ts';
import { readOrders } from '../../../src/orders/read-orders.ts';
import { findingsOf, shortly, TODAY } from '../../support/order-text.ts';

const PAGE = readFileSync(new URL('../../../docs/orders.md', import.meta.url), 'utf8');

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1] ?? assert.fail(`no ${language} block`);
}

const DEFAULT_RULES: Readonly<Record<string, RuleSource>> = DEFAULT_MAPPING.map;

function placesOf(rule: RuleSource | undefined): readonly string[] {
  if (typeof rule === 'string') return [rule];
  if (rule === undefined || !('beside' in rule || 'from' in rule)) return Array.isArray(rule) ? rule : [];
  if (rule.beside === undefined) return [rule.from ?? []].flat();
  const places = placesOf(DEFAULT_RULES[rule.beside]);
  if (rule.component === undefined) return places;
  const named = places.filter((place) => place.includes('.'));
  return named.map((place) => place.replace(/(\.\d+)+$/, `.${rule.component}`));
}

test('the table has every rule of the default mapping, and no other', () => {
  const rows = Object.entries(DEFAULT_RULES).map(([key, rule]) => {
    const places = placesOf(rule).map((place) => `\`${place}\``);
    return `| \`${key}\` | ${places.join(', ')} |`;
  });
  const table = /\| attribute \|.*\n.*\n([\s\S]*?)\n\n/.exec(PAGE)?.[1]?.split('\n') ?? [];
  assert.deepEqual(
    table.map((row) => row.replace(/ \|[^|]*\|$/, ' |')),
    rows,
  );
});

test('each code of ORC-1 stands where it is said what it asks for', () => {
  const rows = /\| ORC-1 \|.*\n.*\n([\s\S]*?)\n\n/.exec(PAGE)?.[1]?.split('\n') ?? [];
  const codes = rows.map((row) => [...row.matchAll(/`([A-Z]{2})`/g)].map(([, code]) => code));
  const actions = ['write', 'remove', 'ignore'];
  const byAction = actions.map((action) =>
    Object.entries(DEFAULT_MAPPING.control).flatMap(([code, asked]) => (asked === action ? [code] : [])),
  );
  assert.deepEqual(
    codes.map((list) => list.sort()),
    byAction.map((list) => list.sort()),
  );
});

test('its CSV is read and its mapping is one', () => {
  const reading = readOrders(Buffer.from(block('csv')), { kind: 'csv', today: TODAY });
  assert.deepEqual(findingsOf(reading), []);
  assert.deepEqual(
    reading.orders.map(({ name }) => name),
    ['ACC0001.wl', 'ACC0002.wl'],
  );
  assert.deepEqual(readMapping(Buffer.from(block('json')), TODAY).diagnostics.map(shortly), []);
});

test('its names are those that orders get', () => {
  for (const accessionNumber of ['ACC0001', 'acc1']) {
    const name = entryName({ accessionNumber, stepId: accessionNumber === 'acc1' ? 'SPS1' : 'SPS0001' });
    assert.ok(PAGE.includes(`\`${name}\``), name);
  }
});
