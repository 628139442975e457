import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLayout, isAreaName, isEntryName } from '../../../src/worklist/layout.ts';

test('worklist files end in .wl, in any case', () => {
  for (const name of ['a.wl', 'A.WL', 'b.Wl', 'two words.wl', '\u00e9.wl', '.hidden.wl', 'a.b.wl']) {
    assert.ok(isEntryName(name), name);
  }
  for (const name of ['.wl', 'wl', 'a.wl~', 'a.wl.tmp', 'a.wlx', '._a.wl', 'lockfile', 'a.dcm', '']) {
    assert.ok(!isEntryName(name), name);
  }
});

test('an area has the name of an AE title', () => {
  for (const name of ['CT01', 'ct-1', 'A B', 'X'.repeat(16)]) assert.ok(isAreaName(name), name);
  for (const name of ['.git', '.', '..', 'X'.repeat(17), ' CT', 'CT ', 'a\\b', 'caf\u00e9', 'a\n', '']) {
    assert.ok(!isAreaName(name), JSON.stringify(name));
  }
});

test('auto: files make it flat, subfolders alone make it ae, an empty folder says nothing', () => {
  assert.equal(detectLayout({ entryFiles: 1, subfolders: 0 }), 'flat');
  assert.equal(detectLayout({ entryFiles: 1, subfolders: 3 }), 'flat');
  assert.equal(detectLayout({ entryFiles: 0, subfolders: 3 }), 'ae');
  assert.equal(detectLayout({ entryFiles: 0, subfolders: 0 }), undefined);
});
