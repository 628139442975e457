/** What bundled packages load and wltool never uses, with what stands in its place. */

import type { Plugin } from 'esbuild';

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

export const withoutTheUnused: Plugin = {
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
