import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileError } from '../../../src/errors.ts';
import { makeFolder } from '../../../src/files/make-folder.ts';
import { tempDir } from '../../support/temp-dir.ts';

test('a folder is made with those around it, and one that is there stays', async (t) => {
  const root = await tempDir(t);
  const folder = join(root, 'a/b/c');
  await makeFolder(folder);
  await writeFile(join(folder, 'file'), '');
  await makeFolder(`${folder}/`);
  await makeFolder('.');
  await makeFolder('/');
  assert.ok((await stat(join(folder, 'file'))).isFile());
});

test('many make the same folder at the same time', async (t) => {
  const root = await tempDir(t);
  await Promise.all(Array.from({ length: 20 }, (_, index) => makeFolder(join(root, 'a/b', String(index % 3)))));
  assert.ok((await stat(join(root, 'a/b/2'))).isDirectory());
});

test('what cannot be a folder is an error that names it', async (t) => {
  const root = await tempDir(t);
  await writeFile(join(root, 'file'), '');
  await mkdir(join(root, 'real'));
  await symlink('nowhere', join(root, 'dangling'));
  await symlink('real', join(root, 'link'));
  await makeFolder(join(root, 'link'));
  const [file, dangling] = [join(root, 'file'), join(root, 'dangling')];
  for (const [name, why] of [
    ['file', 'is a file, not a folder'],
    ['file/', 'is a file, not a folder'],
    ['file/below/this', `${file} is a file, not a folder`],
    ['dangling', 'is a symbolic link to nowhere, which is not there'],
    ['dangling/below', `${dangling} is a symbolic link to nowhere, which is not there`],
    ['n'.repeat(300), 'the name is too long for the file system'],
  ] as const) {
    const error = await makeFolder(`${root}/${name}`).catch((reason) => reason);
    assert.ok(error instanceof FileError, name);
    assert.equal(error.message, `cannot write ${root}/${name}: ${why}`);
    if (!name.startsWith('n')) assert.equal(error.hint, 'choose another folder');
  }
  await assert.rejects(makeFolder(''), /the name of the folder is empty/);
});

test('a file system that has no such folder is an error, not a wait for ever', {
  skip: existsSync('/proc/self') ? false : 'no /proc here',
}, async () => {
  for (const folder of ['/proc/nope', '/proc/nope/below']) await assert.rejects(makeFolder(folder), FileError);
});
