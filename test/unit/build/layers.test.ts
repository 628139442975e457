/** The rules of .biome.json are real: each is shown a line that breaks it. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { tempDir } from '../../support/temp-dir.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const FOUNDATION = ['dicom', 'model', 'codec'];
const FORMATS = ['part10', 'dump-text', 'dicom-json', 'keys', 'files'];

/** What each folder of src may import besides itself, Node and the modules directly in src. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  dicom: ['fastest-levenshtein'],
  model: ['dicom'],
  codec: ['dicom'],
  part10: FOUNDATION,
  'dump-text': [...FOUNDATION, 'chevrotain'],
  'dicom-json': FOUNDATION,
  keys: FOUNDATION,
  files: [],
  orders: [...FOUNDATION, 'dump-text', 'keys', 'csv-parse/sync'],
  worklist: [...FOUNDATION, ...FORMATS],
  network: [...FOUNDATION, ...FORMATS, 'dcmjs-dimse'],
  terminal: ['dicom', 'chalk'],
  commands: [...FOUNDATION, ...FORMATS, 'orders', 'worklist', 'network', 'terminal', 'commander'],
};
const FOLDERS = Object.keys(MAY_IMPORT);
const PACKAGES = [
  'chalk',
  'chevrotain',
  'commander',
  'csv-parse/sync',
  'dcmjs',
  'dcmjs/dictionary',
  'dcmjs-dimse',
  'fastest-levenshtein',
];

interface Finding {
  readonly rule: string;
  readonly file: string;
}

/** Lints files of this content under the project's configuration. */
async function lint(scope: test.TestContext, files: ReadonlyMap<string, string>): Promise<readonly Finding[]> {
  const folder = await tempDir(scope);
  await copyFile(join(ROOT, '.biome.json'), join(folder, '.biome.json'));
  for (const [file, text] of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const stdout = await new Promise<string>((resolve) => {
    execFile(
      biome,
      ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: folder, maxBuffer: 1 << 26 },
      (_, out) => resolve(out),
    );
  });
  const { diagnostics } = JSON.parse(stdout);
  return diagnostics.map(({ category, location }: { category: string; location: { path: string } }) => ({
    rule: category.replace(/^lint\//, ''),
    file: location.path,
  }));
}

test('a folder of src imports what its layer may, and nothing else', async (scope) => {
  const files = new Map<string, string>();
  const forbidden: string[] = [];
  for (const folder of FOLDERS) {
    for (const target of [...FOLDERS, ...PACKAGES]) {
      if (target === folder) continue;
      const isFolder = FOLDERS.includes(target);
      const name = target.replace('/', '-');
      const shallow = `src/${folder}/takes-${name}.ts`;
      const deep = `src/${folder}/inner/takes-${name}.ts`;
      files.set(shallow, `import '${isFolder ? `../${target}/x.ts` : target}';\n`);
      files.set(deep, `import '${isFolder ? `../../${target}/x.ts` : target}';\n`);
      if (!MAY_IMPORT[folder]?.includes(target)) forbidden.push(shallow, deep);
    }
  }
  const found = await lint(scope, files);
  assert.deepEqual(
    found
      .filter(({ rule }) => rule === 'style/noRestrictedImports')
      .map(({ file }) => file)
      .sort(),
    forbidden.sort(),
  );
});

test('every folder may import itself, Node and the modules directly in src', async (scope) => {
  const shared = "import 'node:fs';\nimport 'node:fs/promises';\nimport './x.ts';\n";
  const files = FOLDERS.flatMap((folder) => [
    [`src/${folder}/module.ts`, `${shared}import './inner/x.ts';\nimport '../errors.ts';\n`] as const,
    [`src/${folder}/inner/module.ts`, `${shared}import '../x.ts';\nimport '../../errors.ts';\n`] as const,
  ]);
  assert.deepEqual(await lint(scope, new Map(files)), []);
});

const REFUSED: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['style/noDefaultExport', 'src/dicom/a.ts', 'export default 1;\n'],
  ['suspicious/noConsole', 'src/commands/a.ts', "console.log('x');\n"],
  ['nursery/noProcessExit', 'src/commands/a.ts', 'process.exit(1);\n'],
  ['suspicious/noExplicitAny', 'src/dicom/a.ts', 'export const a = (b: any) => b;\n'],
  ['style/useFilenamingConvention', 'src/dicom/someFile.ts', 'export const a = 1;\n'],
  ['performance/noBarrelFile', 'src/dicom/a.ts', "export { b } from './b.ts';\n"],
  ['style/noEnum', 'src/dicom/a.ts', 'export enum Direction { Up }\n'],
];

for (const [rule, file, text] of REFUSED) {
  test(`${rule} refuses ${JSON.stringify(text.trim())} in ${file}`, async (scope) => {
    const found = await lint(scope, new Map([[file, text]]));
    assert.ok(
      found.some((finding) => finding.rule === rule),
      JSON.stringify(found),
    );
  });
}

test('two modules do not import each other', async (scope) => {
  const found = await lint(
    scope,
    new Map([
      ['src/dicom/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n"],
      ['src/dicom/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n"],
    ]),
  );
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ['suspicious/noImportCycles', 'suspicious/noImportCycles'],
  );
});
