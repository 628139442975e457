/**
 * `npm run build`: dictionary tables, one bundle with a chunk per command, types, and the licences of what is bundled.
 */

import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Metafile, type Plugin } from 'esbuild';
import { refreshDictionary } from './refresh-dictionary.ts';
import { licenceTexts } from './licence-texts.ts';

const ROOT = new URL('../../', import.meta.url);
const DIST = new URL('dist/', ROOT);

/** CommonJS packages ask for Node's modules through `require`, which an ES module does not have. */
const REQUIRE_FOR_BUNDLED = [
  "import { createRequire as createRequireForBundled } from 'node:module';",
  'const require = createRequireForBundled(import.meta.url);',
].join('\n');

/** What bundled packages load and wltool never uses, with what stands in its place. */
const ABSENT: readonly { readonly module: RegExp; readonly importer: RegExp; readonly contents: string }[] = [
  // Pixel data codecs, with 4 MB of WebAssembly: a worklist has no pixels.
  { module: /^dcmjs-codecs$/, importer: /./, contents: 'module.exports = {};' },
  // For subcommands that are programs of their own, which wltool has none of: 3 ms of start-up.
  { module: /^node:child_process$/, importer: /\/node_modules\/commander\//, contents: 'module.exports = {};' },
  // What the terminal can show is terminal/style.ts's to say; chalk's own look at it costs 4 ms.
  {
    module: /^#supports-color$/,
    importer: /\/node_modules\/chalk\//,
    contents: 'export default { stdout: false, stderr: false };',
  },
];

const withoutTheUnused: Plugin = {
  name: 'without-the-unused',
  setup({ onResolve, onLoad }) {
    for (const { module, importer, contents } of ABSENT) {
      onResolve({ filter: module }, (request) =>
        importer.test(request.importer) ? { path: request.path, namespace: 'absent', pluginData: contents } : undefined,
      );
    }
    onLoad({ filter: /./, namespace: 'absent' }, ({ pluginData }) => ({ contents: pluginData }));
  },
};

async function bundle(): Promise<Metafile> {
  const { version } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8'));
  const { metafile } = await build({
    entryPoints: {
      main: fileURLToPath(new URL('src/main.ts', ROOT)),
      index: fileURLToPath(new URL('src/index.ts', ROOT)),
    },
    outdir: fileURLToPath(DIST),
    bundle: true,
    splitting: true,
    minify: true,
    // Stack traces in bug reports should name functions.
    keepNames: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: 'chunks/[name]-[hash]',
    define: { BUILD_VERSION: JSON.stringify(version) },
    banner: { js: REQUIRE_FOR_BUNDLED },
    legalComments: 'none',
    plugins: [withoutTheUnused],
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

async function declareTypes(): Promise<void> {
  const project = fileURLToPath(new URL('src/build/tsconfig.types.json', ROOT));
  const compiler = fileURLToPath(new URL('node_modules/.bin/tsc', ROOT));
  await promisify(execFile)(compiler, ['-p', project]);
}

await refreshDictionary(new URL('src/dicom/', ROOT));
await rm(DIST, { recursive: true, force: true });
const [metafile] = await Promise.all([bundle(), declareTypes()]);
await writeFile(new URL('licences.txt', DIST), await licenceTexts(Object.keys(metafile.inputs), ROOT));
