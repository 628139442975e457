/** wltool's version, as package.json has it. The build puts it in place; unbuilt, it is read from there. */

import { readFileSync } from 'node:fs';

declare const BUILD_VERSION: string | undefined;

export const VERSION: string = typeof BUILD_VERSION === 'string' ? BUILD_VERSION : versionOfSource();

function versionOfSource(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0.0.0';
}
