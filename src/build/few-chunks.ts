/**
 * Keeps the program in few files. esbuild makes a chunk for each set of entry points that share a module, and each
 * dynamic import is one: thirty files a run, at half a millisecond each. So every part that is loaded on demand is made
 * to import what main.ts imports, and the foundation: two sets, two chunks.
 */

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Folders of src that almost every command needs most of. */
const FOUNDATION = ['dicom', 'model', 'codec', 'part10', 'keys', 'files'];

export async function fewChunks(source: string): Promise<Plugin> {
  const files = await sourceFiles(source);
  const parts = new Set((await Promise.all(files.map(loadedOnDemand))).flat());
  const shared: Readonly<Record<string, readonly string[]>> = {
    'shared:shell': await staticImports(join(source, 'main.ts')),
    'shared:foundation': files.filter((file) =>
      FOUNDATION.some((folder) => file.startsWith(join(source, folder, '/'))),
    ),
  };
  return {
    name: 'few-chunks',
    setup({ onResolve, onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!parts.has(path)) return undefined;
        const text = await readFile(path, 'utf8');
        return { contents: `${text}\n${importLines(Object.keys(shared))}`, loader: 'ts', resolveDir: dirname(path) };
      });
      onResolve({ filter: /^shared:/ }, ({ path }) => ({ path, namespace: 'shared' }));
      onLoad({ filter: /./, namespace: 'shared' }, ({ path }) => ({
        contents: importLines(shared[path] ?? []),
        resolveDir: source,
      }));
    },
  };
}

function importLines(paths: readonly string[]): string {
  return paths.map((path) => `import ${JSON.stringify(path)};\n`).join('');
}

async function sourceFiles(source: string): Promise<string[]> {
  const names = await readdir(source, { recursive: true });
  return names.filter((name) => name.endsWith('.ts') && !name.startsWith('build')).map((name) => join(source, name));
}

async function staticImports(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(/from '(\.\/[^']+)'/g)].map(([, path = '']) => join(dirname(file), path));
}

async function loadedOnDemand(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(/import\('(\.[^']+)'\)/g)].map(([, path = '']) => join(dirname(file), path));
}
