/** Another process that changes files, so that nothing of a change passes through ours but what the kernel tells. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

type Change =
  | { readonly op: 'write' | 'rewrite' | 'rename-in'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly op: 'delete'; readonly path: string };

const PROGRAM = `
const fs = require('node:fs');
const changes = {
  'write': (path, bytes) => fs.writeFileSync(path, bytes),
  'rewrite': (path, bytes) => {
    const file = fs.openSync(path, 'r+');
    fs.writeSync(file, bytes, 0, bytes.length, 0);
    fs.closeSync(file);
  },
  'rename-in': (path, bytes) => {
    fs.writeFileSync(path + '.tmp', bytes);
    fs.renameSync(path + '.tmp', path);
  },
  'delete': (path) => fs.unlinkSync(path),
};
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { op, path, bytes = '' } = JSON.parse(line);
  changes[op](path, Buffer.from(bytes, 'base64'));
  process.stdout.write('done\\n');
});
`;

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

export class FolderWriter {
  readonly #child: ChildProcess;
  readonly #replies: AsyncIterator<string>;

  constructor(scope: Scope) {
    const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    this.#replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    scope.after(async () => {
      child.stdin.end();
      await once(child, 'close');
    });
  }

  /** Resolves once the change is complete. */
  async change(change: Change): Promise<void> {
    const bytes = 'bytes' in change ? Buffer.from(change.bytes).toString('base64') : undefined;
    this.#child.stdin?.write(`${JSON.stringify({ ...change, bytes })}\n`);
    const reply = await this.#replies.next();
    if (reply.value !== 'done') throw new Error(`${change.op} ${change.path} failed`);
  }
}
