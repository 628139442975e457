/** SECURITY.md lists what is bundled, with the versions that are installed: no more and no less. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUNDLE = `${ROOT}dist/bundle.json`;

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

function bundledPackages(): string[] {
  const { outputs } = JSON.parse(readFileSync(BUNDLE, 'utf8')) as Metafile;
  const names = Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
  return [...new Set(names)].sort();
}

/** Rows "| packages | versions | …", one version for all or one each. */
function listedPackages(): [name: string, version: string][] {
  const section = readFileSync(`${ROOT}SECURITY.md`, 'utf8').split('\n## Dependencies')[1] ?? '';
  return [...section.matchAll(/^\| ([^|]+) \| ([\d., ]+) \|/gm)].flatMap(([, names = '', versions = '']) => {
    const list = versions.split(', ');
    return names.split(', ').map((name, index): [string, string] => [name, list[index] ?? list[0] ?? '']);
  });
}

test('the table of dependencies is what the build put into dist', { skip: !existsSync(BUNDLE) && 'not built' }, () => {
  assert.deepEqual(
    listedPackages()
      .map(([name]) => name)
      .sort(),
    bundledPackages(),
  );
});

test('its versions are those installed', () => {
  for (const [name, version] of listedPackages()) {
    const manifest = JSON.parse(readFileSync(`${ROOT}node_modules/${name}/package.json`, 'utf8')) as {
      version: string;
    };
    assert.equal(version, manifest.version, name);
  }
});
