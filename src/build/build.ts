/**
 * `npm run build`: dictionary tables, one bundle with a chunk per command, types, man pages, the schema of --config,
 * and the licences of what is bundled.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { describeProgram } from '../commands/program.ts';
import { configSchema } from './config-schema.ts';
import { fewChunks } from './few-chunks.ts';
import { licenceTexts } from './licence-texts.ts';
import { manPages } from './man-page.ts';
import { nodeModulesLate, REQUIRE_NODE_MODULES } from './node-modules-late.ts';
import { refreshDictionary } from './refresh-dictionary.ts';
import { withoutTheUnused } from './without-the-unused.ts';

const ROOT = new URL('../../', import.meta.url);
const SOURCE = fileURLToPath(new URL('src/', ROOT));
const DIST = new URL('dist/', ROOT);
/** A folder of its own, so that builds at the same time do not mix. */
const WORK = pathToFileURL(`${await mkdtemp(fileURLToPath(new URL('.dist-', ROOT)))}/`);
const NEW_DIST = new URL('new/', WORK);

/** CommonJS packages ask for Node's modules through `require`, which an ES module does not have. */
const CREATE_REQUIRE = [
  "import { createRequire as createRequireForBundled } from 'node:module';",
  'const require = createRequireForBundled(import.meta.url);',
].join('\n');

/** The program, for a quick start; the library, which others may load as they like, also with `require`. */
const ENTRIES = {
  main: { banner: REQUIRE_NODE_MODULES, plugins: [withoutTheUnused, nodeModulesLate, await fewChunks(SOURCE)] },
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
  const outDir = fileURLToPath(new URL('types', NEW_DIST));
  const [status] = await once(spawn(compiler, ['-p', project, '--outDir', outDir], { stdio: 'inherit' }), 'close');
  if (status !== 0) throw new Error('the types of the library are in error');
}

/** What is made from the declarations of the commands. */
async function describeCommands(version: string): Promise<void> {
  const program = describeProgram();
  const folder = new URL('man/', NEW_DIST);
  await mkdir(folder, { recursive: true });
  const pages = [...manPages(program, version)].map(([name, text]) => writeFile(new URL(name, folder), text));
  await Promise.all(pages);
  await writeFile(new URL('wltool.schema.json', NEW_DIST), `${JSON.stringify(configSchema(program), undefined, 2)}\n`);
}

async function buildAll(): Promise<void> {
  const { version } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8'));
  await refreshDictionary(new URL('src/dicom/', ROOT));
  const [program, library] = await Promise.all([bundle('main', version), bundle('index', version), declareTypes()]);
  await describeCommands(version);
  // What went into which file, for those who wonder about its size and for the test of what --help loads.
  await writeFile(new URL('bundle.json', NEW_DIST), JSON.stringify(program));
  const inputs = [program, library].flatMap((metafile) => Object.keys(metafile.inputs));
  await writeFile(new URL('licences.txt', NEW_DIST), await licenceTexts(inputs, ROOT));
}

/** A build that fails leaves the last good one, and a test that runs meanwhile sees one or the other. */
async function replaceDist(): Promise<void> {
  const old = new URL('old/', WORK);
  await rename(DIST, old).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  try {
    await rename(NEW_DIST, DIST);
  } catch (error) {
    // Another build was quicker between the two: it is replaced in its turn.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error;
    await rm(old, { recursive: true, force: true });
    await replaceDist();
  }
}

try {
  await buildAll();
  await replaceDist();
} finally {
  await rm(WORK, { recursive: true, force: true });
}
