import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryName, removedNames } from '../../../src/orders/entry-name.ts';

const name = (accessionNumber: string, stepId: string) => entryName({ accessionNumber, stepId });

test('accession number and step ID are the name where they can be', () => {
  assert.equal(name('ACC0001', 'SPS-1'), 'ACC0001_SPS-1.wl');
  assert.equal(name('ACC0001', ''), 'ACC0001.wl');
  assert.equal(name('', 'SPS1'), '_SPS1.wl');
  assert.equal(name('', ''), undefined);
});

test('no name leaves its folder, hides, or holds a character that some file system refuses', () => {
  const hostile = [
    '../../etc/passwd',
    '/',
    '..',
    '.',
    '.wl',
    'a\\b',
    'C:',
    'A*?"<>|',
    'a\0b',
    'x\ny',
    '-rf',
    '~',
    'ä',
    '💉',
    'CON',
    'LPT1.X',
    'A.',
    'A'.repeat(500),
  ];
  for (const text of hostile) {
    for (const file of [name(text, ''), name('', text), name(text, text)]) {
      assert.match(
        file ?? '',
        /^[0-9A-Za-z_][0-9A-Za-z~.-]*(?:_[0-9A-Za-z~.-]+)?\.wl$|^_?[0-9A-Za-z-]*~[0-9a-f]{12}(?:_[0-9A-Za-z-]*~[0-9a-f]{12})?\.wl$/,
        `${JSON.stringify(text)} gave ${file}`,
      );
      assert.ok((file ?? '').length < 128);
    }
  }
});

test('orders that differ in case, or in what is made harmless, have different names on any file system', () => {
  const orders: [string, string][] = [
    ['ACC1', 'S1'],
    ['acc1', 'S1'],
    ['Acc1', 'S1'],
    ['ACC1', 's1'],
    ['A', 'B_C'],
    ['A_B', 'C'],
    ['A/B', ''],
    ['A\\B', ''],
    ['A-B', ''],
    ['A B', ''],
    ['A', ''],
    ['', 'A'],
    ['CON', ''],
    ['con', ''],
  ];
  const names = orders.map(([accession, step]) => (name(accession, step) ?? '').toLowerCase());
  assert.equal(new Set(names).size, orders.length, names.join(' '));
});

test('an order without a step takes all its entries away, and no other order', () => {
  const names = ['ACC1.wl', 'ACC1_S1.wl', 'ACC1_S2.wl', 'ACC10_S1.wl', 'ACC1_notes.txt', 'ACC1-2.wl'];
  assert.deepEqual(removedNames({ name: 'ACC1.wl', everyStep: true }, names), ['ACC1.wl', 'ACC1_S1.wl', 'ACC1_S2.wl']);
  assert.deepEqual(removedNames({ name: 'ACC1_S1.wl', everyStep: false }, names), ['ACC1_S1.wl']);
});
