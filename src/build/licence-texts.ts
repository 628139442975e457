/** The licences of the packages that are bundled, which ask to be told with every copy. */

import { readdir, readFile } from 'node:fs/promises';

const RULE = '='.repeat(80);

/** The dictionary tables are made from dcmjs' data: bundled in substance if not as files. */
const BUNDLED_AS_TABLES = ['node_modules/dcmjs/'];

/** The texts for all packages among the bundled `inputs` (paths from `root`), each text once. */
export async function licenceTexts(inputs: readonly string[], root: URL): Promise<string> {
  const folders = new Set(inputs.flatMap((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+\//) ?? []));
  for (const folder of BUNDLED_AS_TABLES) folders.add(folder);
  const packagesOfText = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { label, text } = await licenceOf(new URL(folder, root));
    packagesOfText.set(text, [...(packagesOfText.get(text) ?? []), label]);
  }
  const sections = [...packagesOfText].map(([text, labels]) => `${RULE}\n${labels.join('\n')}\n${RULE}\n\n${text}\n`);
  return `wltool's bundle holds code or data of these packages.\n\n${sections.join('\n')}`;
}

async function licenceOf(folder: URL): Promise<{ label: string; text: string }> {
  const { name, version, license, licenses } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '(the package holds no text of it)' : await readFile(new URL(file, folder), 'utf8');
  return { label: `${name} ${version} (${license ?? licenses?.[0]?.type})`, text: text.trim() };
}
