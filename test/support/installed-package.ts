/** The package as its users get it: packed, and installed in an empty folder without a registry. */

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './spawn-cli.ts';
import { tempDir } from './temp-dir.ts';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

export interface Installed {
  readonly folder: string;
  /** What the package holds, by its paths. */
  readonly files: readonly string[];
}

export async function installPackage(scope: Scope): Promise<Installed> {
  const root = await tempDir(scope);
  const folder = join(root, 'app');
  await mkdir(folder);
  const { tarball, files } = await pack(root);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  await runAsUser('npm', ['install', ...QUIETLY, tarball], folder);
  return { folder, files };
}

/** Installs the package as `npm install --global` does; the folder that it makes `bin` and `share` in. */
export async function installGlobally(scope: Scope): Promise<string> {
  const root = await tempDir(scope);
  const prefix = join(root, 'prefix');
  const { tarball } = await pack(root);
  await runAsUser('npm', ['install', '--global', '--prefix', prefix, ...QUIETLY, tarball], root);
  return prefix;
}

const QUIETLY = ['--offline', '--no-audit', '--no-fund'];

async function pack(folder: string): Promise<{ readonly tarball: string; readonly files: readonly string[] }> {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(await runAsUser('npm', words, ROOT));
  return { tarball: join(folder, packed.filename), files: packed.files.map(({ path }: { path: string }) => path) };
}

/** Runs a program to its end, without the settings of the npm that runs this test. */
export async function runAsUser(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_/.test(name)));
  return await new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`)),
    );
  });
}

/** Compiles files of the folder as a strict project with Node's resolution; nothing is written. */
export async function compileStrictly(folder: string, files: readonly string[]): Promise<void> {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  await runAsUser(join(ROOT, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.json'], folder);
}
