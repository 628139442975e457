/** Which names in a folder are worklist files, which are folders of an AE title, and how the two are laid out. */

/** flat: the folder's files for every called AE title. ae: a subfolder per called AE title, as wlmscpfs has it. */
export type Layout = 'flat' | 'ae';

/** `auto`: ae if the folder holds subfolders and no worklist file, else flat. */
export type LayoutChoice = Layout | 'auto';

const EXTENSION = '.wl';
const MAX_AE_TITLE_LENGTH = 16;

/**
 * True for `x.wl` in any case. `.wl` alone has no name, and `._x.wl` is what macOS leaves beside a file it copied.
 * A lockfile of wlmscpfs has another name and is no entry.
 */
export function isEntryName(name: string): boolean {
  return name.length > EXTENSION.length && name.slice(-3).toLowerCase() === EXTENSION && !name.startsWith('._');
}

/** True where a folder of this name can be called: a valid AE title (PS3.5 6.2), not a hidden folder. */
export function isAreaName(name: string): boolean {
  const printable = /^[\x20-\x5b\x5d-\x7e]+$/.test(name);
  return printable && name.length <= MAX_AE_TITLE_LENGTH && name.trim() === name && !name.startsWith('.');
}

/** What `auto` means for a folder with these contents; undefined while it holds neither files nor subfolders. */
export function detectLayout(contents: { entryFiles: number; subfolders: number }): Layout | undefined {
  if (contents.entryFiles > 0) return 'flat';
  return contents.subfolders > 0 ? 'ae' : undefined;
}
