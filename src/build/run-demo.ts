/**
 * `npm run demo`: the whole job in four commands, as a user would type them: dump text to worklist files, a server,
 * a query, the match. Everything happens in a temporary folder and on the loopback address.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);
const WLTOOL = fileURLToPath(new URL('bin/wltool.js', ROOT));
const HOST = '127.0.0.1';

const folder = await mkdtemp(join(tmpdir(), 'wltool-demo-'));
try {
  await cp(new URL('fixtures/samples', ROOT), join(folder, 'orders'), { recursive: true });
  await run('dump2wl', 'orders/ct-chest.txt', 'orders/mr-knee.txt', 'orders/us-abdomen.txt', '--out-dir', 'worklists');
  const server = start('serve', 'worklists', '--host', HOST, '--port', '0');
  const port = await listening(server);
  await run('find', '-k', 'Modality=CT', '-k', 'PatientName', '-k', 'ScheduledProcedureStepStartDate', HOST, port);
  server.kill('SIGTERM');
  await ended(server, 'serve');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Shows a command and starts it; what it says goes to the screen. */
function start(...args: string[]): ChildProcess {
  console.log(`\n$ wltool ${args.join(' ')}`);
  return spawn(process.execPath, [WLTOOL, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function run(...args: string[]): Promise<void> {
  const child = start(...args);
  child.stdout?.pipe(process.stdout);
  await ended(child, args[0] ?? '');
}

async function ended(child: ChildProcess, name: string): Promise<void> {
  if (child.exitCode === null) await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`wltool ${name} ended with ${child.exitCode ?? child.signalCode}`);
}

/** The port that the server says it listens on. */
async function listening(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the server has no stdout');
  for await (const line of createInterface({ input: server.stdout })) {
    console.log(line);
    const port = /^listening on .*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error('the server ended before it listened');
}
