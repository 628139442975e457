/** The worklist: a folder in one of two layouts, and the steps that a called AE title is answered from. */

import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { FileError } from '../errors.ts';
import { fileFailure } from '../files/file-failure.ts';
import { ElementPool } from './element-pool.ts';
import type { Step } from './entry-order.ts';
import { showFileName, toFileName } from './folder-path.ts';
import { detectLayout, isAreaName, isEntryName, type Layout, type LayoutChoice } from './layout.ts';
import type { Query } from './query-key.ts';
import type { Candidates } from './step-table.ts';
import { Area, type AreaOptions } from './store-area.ts';

export interface StoreOptions extends AreaOptions {
  readonly folder: string;
  readonly layout: LayoutChoice;
}

/** Time stamps of folders are no finer than this on the coarsest file systems. */
const STAMP_MS = 2_100;

/** Subfolders that a warning names. */
const MOST_NAMED = 5;

export class Store {
  readonly #options: StoreOptions;
  /** In layout flat, the folder itself. */
  readonly #root: Area;
  readonly #areas = new Map<string, Area>();
  #layout: Layout | undefined;
  /** The layout before the folder was looked at anew. */
  #decided: Layout | undefined;
  /** The folder was empty when it was listed last. */
  #undecided = false;
  #subfolders: ReadonlySet<string> = new Set();
  /** The root folder as it was listed; undefined: to be listed again. */
  #listing: Stats | undefined;

  private constructor(options: StoreOptions) {
    this.#options = { ...options, pool: new ElementPool() };
    this.#root = new Area(options.folder, this.#options);
  }

  /** Opens the folder and reads all its entries. @throws FileError where the folder cannot be read */
  static async open(options: StoreOptions): Promise<Store> {
    const store = new Store(options);
    await store.reload();
    return store;
  }

  /** The layout in force; an empty folder is flat until something is in it. */
  get layout(): Layout {
    return this.#layout ?? 'flat';
  }

  /** The areas by called AE title; in layout flat the one area, under ''. */
  areas(): ReadonlyMap<string, Area> {
    return this.layout === 'flat' ? new Map([['', this.#root]]) : this.#areas;
  }

  /**
   * Whether this called AE title is served. The title is never made part of a path: it is looked up among the names
   * of the subfolders that are there now.
   */
  serves(calledAeTitle: string): boolean {
    try {
      this.#list();
    } catch {
      // That the folder cannot be read is for the query's status to say.
      return this.layout === 'flat' || this.#subfolders.has(calledAeTitle);
    }
    return this.#areaOf(calledAeTitle) !== undefined;
  }

  /**
   * The steps to answer this called AE title from, in the order of answers, with every change taken in that was
   * complete when this was called. @throws FileError where the folder is gone or cannot be read
   */
  async steps(calledAeTitle: string): Promise<readonly Step[]> {
    return (await this.#fresh(calledAeTitle)).steps;
  }

  /** Of those steps the ones that a query can match. @throws FileError where the folder is gone or cannot be read */
  async candidates(calledAeTitle: string, query: Query): Promise<Candidates> {
    return (await this.#fresh(calledAeTitle)).candidates(query);
  }

  /** The area of a called AE title, up to date. */
  async #fresh(calledAeTitle: string): Promise<Area> {
    this.#list();
    const area = this.#areaOf(calledAeTitle);
    if (area === undefined) {
      throw new FileError(this.#pathOf(calledAeTitle), `${this.#pathOf(calledAeTitle)} cannot be read: no such folder`);
    }
    await area.refresh();
    return area;
  }

  /** Decides the layout anew and looks at every folder and file. @throws FileError where the folder cannot be read */
  async reload(): Promise<void> {
    this.#decided = this.#layout;
    this.#layout = undefined;
    this.#listing = undefined;
    this.#list();
    for (const title of this.layout === 'flat' ? [''] : this.#subfolders) {
      const area = this.#areaOf(title);
      if (area === undefined)
        this.#options.log.warn(`${this.#pathOf(title)}: left out: a link that leads to no folder`);
      area?.distrust();
      // In layout ae, one folder that cannot be read is named in the log and does not stop the others.
      await area?.refresh().catch(this.layout === 'flat' ? rethrow : ignoreFileError);
    }
  }

  close(): void {
    this.#root.close();
    for (const area of this.#areas.values()) area.close();
  }

  #areaOf(calledAeTitle: string): Area | undefined {
    if (this.layout === 'flat') return this.#root;
    if (!this.#subfolders.has(calledAeTitle) || !isFolder(this.#pathOf(calledAeTitle))) return undefined;
    const area = this.#areas.get(calledAeTitle) ?? new Area(this.#pathOf(calledAeTitle), this.#options);
    this.#areas.set(calledAeTitle, area);
    return area;
  }

  #pathOf(subfolder: string): string {
    return `${this.#options.folder}/${subfolder}`;
  }

  /** Brings the names of the subfolders up to date, and with them the layout while it is undecided. */
  #list(): void {
    if (this.#layout === 'flat') return;
    const { folder, layout, log } = this.#options;
    try {
      const stats = statSync(folder);
      if (this.#listing !== undefined && sameListing(this.#listing, stats)) return;
      const now = Date.now();
      const names = readdirSync(folder, { encoding: 'buffer' }).map(toFileName);
      this.#subfolders = new Set(names.filter((name) => isAreaName(name) && !isFile(this.#pathOf(name))));
      // A second change within one tick of the file system's clock would not show in its time stamps.
      this.#listing = now - Math.max(stats.mtimeMs, stats.ctimeMs) > STAMP_MS ? stats : undefined;
      const entryFiles = names.filter(isEntryName).length;
      if (this.#layout === undefined) {
        const subfolders = this.#subfolders.size;
        // A stray file must not take the lists of all AE titles away while the server runs.
        const detected = this.#decided === 'ae' && subfolders > 0 ? 'ae' : detectLayout({ entryFiles, subfolders });
        this.#layout = layout === 'auto' ? detected : layout;
        if (this.#undecided && this.#layout !== undefined) log.notice(`${folder}: layout ${this.#layout}`);
        this.#undecided = this.#layout === undefined;
        if (this.#layout === 'ae' && entryFiles > 0) {
          log.warn(
            `${folder}: ${entryFiles} worklist files beside the folders of AE titles are not served in layout ae`,
          );
        }
        if (layout === 'auto' && this.#layout === 'flat' && subfolders > 0) {
          const titles = [...this.#subfolders].slice(0, MOST_NAMED).map(showFileName).join(', ');
          log.warn(
            `${folder}: folders are not served beside worklist files (${titles}); --layout ae serves them instead`,
          );
        }
      }
    } catch (error) {
      throw fileFailure(folder, 'read', error);
    }
    this.#forgetVanished();
  }

  #forgetVanished(): void {
    for (const [title, area] of this.#areas) {
      if (this.#subfolders.has(title)) continue;
      area.close();
      this.#areas.delete(title);
    }
  }
}

function sameListing(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}

/** A link to a folder is as good as one; a link may also lead elsewhere later. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    // No permission to look is for the query's status to say; links in a circle lead to no folder.
    return error instanceof Error && 'code' in error && error.code === 'EACCES';
  }
}

function isFile(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined || !(stats.isDirectory() || stats.isSymbolicLink());
}

function rethrow(error: unknown): never {
  throw error;
}

function ignoreFileError(error: unknown): void {
  if (!(error instanceof FileError)) throw error;
}
