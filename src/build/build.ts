/**
 * `npm run build`: dictionary tables, one bundle with a chunk per command, types, and the licences of what is bundled.
 */

import { execFile } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Metafile, type Plugin } from 'esbuild';
import { licenceTexts } from './licence-texts.ts';
import { refreshDictionary } from './refresh-dictionary.ts';

const ROOT = new URL('../../', import.meta.url);
const DIST = new URL('dist/', ROOT);
const NEW_DIST = new URL('.dist-new/', ROOT);
const OLD_DIST = new URL('.dist-old/', ROOT);

/** CommonJS packages ask for Node's modules through `require`, which an ES module does not have. */
const CREATE_REQUIRE = [
  "import { createRequire as createRequireForBundled } from 'node:module';",
  'const require = createRequireForBundled(import.meta.url);',
].join('\n');

/**
 * Node's own modules, asked for as CommonJS does. Importing them costs start-up time: `node:fs` alone takes 3 ms as an
 * import, for that evaluates all it exports, streams included. Node before 20.16 has no getBuiltinModule.
 */
const BUILTINS_BY_PROCESS =
  "const require = process.getBuiltinModule ?? (await import('node:module')).createRequire(import.meta.url);";

const builtinsByProcess: Plugin = {
  name: 'builtins-by-process',
  setup({ onResolve, onLoad }) {
    const names = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
    onResolve({ filter: /^[a-z:/_]+$/ }, ({ path, namespace }) =>
      names.has(path) && namespace !== 'builtin' ? { path, namespace: 'builtin' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/** What bundled packages load and wltool never uses, with what stands in its place. */
const ABSENT: readonly { readonly module: RegExp; readonly importer: RegExp; readonly contents: string }[] = [
  // Pixel data codecs, with 4 MB of WebAssembly: a worklist has no pixels.
  { module: /^dcmjs-codecs$/, importer: /./, contents: 'module.exports = {};' },
  // The data sets of dcmjs-dimse: ours have a codec of their own. 20 ms and 700 kB.
  {
    module: /^dcmjs$/,
    importer: /\/node_modules\/dcmjs-dimse\//,
    contents: 'module.exports = { data: {}, log: { setLevel() {} } };',
  },
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

/** The program, for a quick start; the library, which others may load as they like, also with `require`. */
const ENTRIES = {
  main: { banner: BUILTINS_BY_PROCESS, plugins: [withoutTheUnused, builtinsByProcess] },
  index: { banner: CREATE_REQUIRE, plugins: [withoutTheUnused] },
};

/** One entry point with its chunks. They are built apart, so that each is in few files. */
async function bundle(name: keyof typeof ENTRIES, version: string): Promise<Metafile> {
  const { banner, plugins } = ENTRIES[name];
  const { metafile } = await build({
    entryPoints: { [name]: fileURLToPath(new URL(`src/${name}.ts`, ROOT)) },
    outdir: fileURLToPath(NEW_DIST),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    define: { BUILD_VERSION: JSON.stringify(version) },
    banner: { js: banner },
    plugins,
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

async function declareTypes(): Promise<void> {
  const project = fileURLToPath(new URL('src/build/tsconfig.types.json', ROOT));
  const compiler = fileURLToPath(new URL('node_modules/.bin/tsc', ROOT));
  await promisify(execFile)(compiler, ['-p', project, '--outDir', fileURLToPath(new URL('types', NEW_DIST))]);
}

const { version } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8'));
await refreshDictionary(new URL('src/dicom/', ROOT));
await Promise.all([NEW_DIST, OLD_DIST].map((folder) => rm(folder, { recursive: true, force: true })));
const [program, library] = await Promise.all([bundle('main', version), bundle('index', version), declareTypes()]);
// What went into which file, for those who wonder about its size and for the test of what --help loads.
await writeFile(new URL('bundle.json', NEW_DIST), JSON.stringify(program));
const inputs = [program, library].flatMap((metafile) => Object.keys(metafile.inputs));
await writeFile(new URL('licences.txt', NEW_DIST), await licenceTexts(inputs, ROOT));
// A build that fails leaves the last good one, and a test that runs meanwhile sees one or the other.
await rename(DIST, OLD_DIST).catch(() => undefined);
await rename(NEW_DIST, DIST);
await rm(OLD_DIST, { recursive: true, force: true });
