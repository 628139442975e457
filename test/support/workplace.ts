/** A folder to work in as a user would: the sample orders, a shell, and a PATH on which wltool is this one. */

import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, WLTOOL } from './spawn-cli.ts';
import { tempDir } from './temp-dir.ts';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

export interface Workplace {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

export async function workplace(scope: Scope): Promise<Workplace> {
  const root = await tempDir(scope);
  const [bin, folder] = [join(root, 'bin'), join(root, 'work')];
  await mkdir(bin);
  const words = [process.execPath, ...WLTOOL].map((word) => `'${word}'`).join(' ');
  await writeFile(join(bin, 'wltool'), `#!/bin/sh\nexec ${words} "$@"\n`);
  await chmod(join(bin, 'wltool'), 0o755);
  await cp(join(ROOT, 'fixtures/samples'), folder, { recursive: true });
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return { folder, env: { ...inherited, PATH: `${bin}:${process.env['PATH']}` } };
}

/** What a bash script prints. @throws Error with all that it said when a command of it fails */
export async function shell(script: string, { folder, env }: Workplace): Promise<string> {
  return await run('bash', ['-euo', 'pipefail', '-c', script], { folder, env });
}

/** What a program prints. @throws Error with all that it said when it fails */
export async function run(program: string, args: readonly string[], { folder, env }: Workplace): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(program, args, { cwd: folder, env, maxBuffer: 1 << 26, timeout: 60_000 }, (error, stdout, stderr) =>
      error === null
        ? resolve(stdout)
        : reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error })),
    );
  });
}
