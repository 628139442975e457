/**
 * Node's own modules in the bundled program, for a quick start. As imports they cost time whether they are used or not:
 * `node:fs` takes 3 ms, for its import evaluates all it exports, streams included. Asked for as CommonJS does they cost
 * less, and those in LATE nothing until something of them is used.
 */

import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

/** What the bundle asks for them with. Node before 20.16 has no getBuiltinModule. */
export const REQUIRE_NODE_MODULES =
  "const require = process.getBuiltinModule ?? (await import('node:module')).createRequire(import.meta.url);";

/** Slow to load, and needed by few runs. */
const LATE = new Set(['node:crypto', 'node:zlib']);

const NAMES = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

export const nodeModulesLate: Plugin = {
  name: 'node-modules-late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z:/_]+$/ }, ({ path, namespace }) =>
      NAMES.has(path) && namespace !== 'node-module' ? { path, namespace: 'node-module' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'node-module' }, ({ path }) => {
      const load = `require(${JSON.stringify(path)})`;
      return { contents: `module.exports = ${LATE.has(path) ? late(load) : load};` };
    });
  },
};

/** An object that loads the module at the first look for one of its members. Those are not its own: esbuild copies own ones. */
function late(load: string): string {
  return `Object.create(new Proxy({}, { get: (_, name) => (name === '__esModule' ? undefined : ${load}[name]) }))`;
}
