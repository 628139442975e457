/** The licences of the packages that are bundled, which ask to be told with every copy. */

import { readdir, readFile } from 'node:fs/promises';

/** The texts for all packages among the bundled `inputs` (paths from `root`), in one file's worth. */
export async function licenceTexts(inputs: readonly string[], root: URL): Promise<string> {
  const folders = new Set(inputs.flatMap((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+\//) ?? []));
  const texts = await Promise.all([...folders].sort().map((folder) => licenceText(new URL(folder, root))));
  return `wltool's bundle holds code of these packages.\n\n${texts.join('\n')}`;
}

async function licenceText(folder: URL): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? '(the package holds no licence text)\n' : await readFile(new URL(file, folder), 'utf8');
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${text.trim()}\n`;
}
