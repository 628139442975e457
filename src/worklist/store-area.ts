/**
 * The worklist files of one folder, held in memory and brought up to date before each query: by what notification
 * says has changed, or by one pass over the folder where notification is missing or in doubt.
 */

import type { Stats } from 'node:fs';
import { FileError } from '../errors.ts';
import { failureReason, fileFailure } from '../files/file-failure.ts';
import type { Log } from '../log.ts';
import { type Entry, type EntryOptions, MAX_ENTRY_BYTES } from './entry.ts';
import type { Step } from './entry-order.ts';
import { type FolderAccess, localAccess, remoteAccess } from './folder-access.ts';
import { Pace } from './folder-pace.ts';
import type { FileName } from './folder-path.ts';
import { type FolderChanges, FolderWatch, isLocalFileSystem, pendingEvents } from './folder-watch.ts';
import { isEntryName } from './layout.ts';
import type { Query } from './query-key.ts';
import { type Candidates, StepTable } from './step-table.ts';
import { type FileContext, lookAtFile, type StoredFile } from './store-file.ts';
import { reportProblems } from './store-report.ts';

export interface AreaOptions extends EntryOptions {
  readonly log: Log;
  /** Files above this are left out; 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** False: never rely on file notification. */
  readonly notification?: boolean | undefined;
  readonly now?: (() => number) | undefined;
  /** Is told now and then, while a folder is looked through, how many of its files were. */
  readonly looked?: ((folder: string, done: number, total: number) => void) | undefined;
}

/** How far the clock of a file server may be from ours. */
const REMOTE_CLOCK_DOUBT_MS = 600_000;

export class Area {
  readonly folder: string;
  readonly #options: AreaOptions;
  readonly #files = new Map<FileName, StoredFile>();
  readonly #lookAgain = new Set<FileName>();
  readonly #table = new StepTable();
  #watch: FolderWatch | undefined;
  /** The folder as it was when it was last looked at; undefined: not yet, or not to be read. */
  #known: Stats | undefined;
  #access: FolderAccess = remoteAccess;
  #clockDoubtMs = REMOTE_CLOCK_DOUBT_MS;
  #failure: string | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #closed = false;

  constructor(folder: string, options: AreaOptions) {
    this.folder = folder;
    this.#options = options;
  }

  /** All steps of all entries, in the order of answers, as of the last `refresh`. The array never changes. */
  get steps(): readonly Step[] {
    return this.#table.steps;
  }

  /** The steps that a query can match, as of the last `refresh`. */
  candidates(query: Query): Candidates {
    return this.#table.candidates(query);
  }

  get entryCount(): number {
    return this.#table.entries;
  }

  /** The files with something to say about them, by name. */
  problems(): { fileName: FileName; problem: string; served: boolean }[] {
    const found = [];
    for (const [fileName, { problem, entry }] of this.#files) {
      if (problem !== undefined) found.push({ fileName, problem, served: entry !== undefined });
    }
    return found.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  }

  /** Whether changes are notified, or looked for at each query. */
  get notified(): boolean {
    return this.#watch !== undefined;
  }

  /**
   * Takes in every change that was complete when this was called. @throws FileError where the folder cannot be read
   */
  refresh(): Promise<void> {
    // A run that has begun may already have looked past the caller's change: wait for one that begins from now on.
    if (this.#next === undefined) {
      const begin = (): Promise<void> => {
        this.#running = this.#next;
        this.#next = undefined;
        return this.#bringUpToDate();
      };
      this.#next = (this.#running ?? Promise.resolve()).then(begin, begin);
    }
    return this.#next;
  }

  /** Forgets what it knows of the folder, so that the next refresh looks at everything. */
  distrust(): void {
    this.#known = undefined;
  }

  close(): void {
    this.#closed = true;
    this.#watch?.close();
    this.#watch = undefined;
  }

  async #bringUpToDate(): Promise<void> {
    if (this.#closed) return;
    try {
      if (this.#watch !== undefined) await pendingEvents();
      const changes = this.#watch?.take();
      const stats = await this.#access.stat(this.folder);
      if (!stats.isDirectory()) throw new FileError(this.folder, `${this.folder} is a file, not a folder`);
      if (this.#known === undefined || !sameFolder(this.#known, stats)) {
        this.#startWatch();
        await this.#pass(stats);
      } else if (changes === undefined || changes.doubtful || unannounced(changes, this.#known, stats)) {
        await this.#pass(stats);
      } else {
        const names = new Set([...changes.names, ...this.#lookAgain]);
        await this.#lookAt(new Set([...names].filter(isEntryName)), changes.names, stats);
      }
      this.#known = stats;
      this.#found();
    } catch (error) {
      throw this.#lost(error);
    }
  }

  /** Looks at every file; reads those that are new or changed. */
  async #pass(stats: Stats): Promise<void> {
    const listed = (await this.#access.list(this.folder)).filter(isEntryName);
    const names = new Set(listed);
    for (const name of this.#files.keys()) names.add(name);
    await this.#lookAt(names, NONE, stats);
  }

  async #lookAt(names: ReadonlySet<FileName>, changed: ReadonlySet<FileName>, stats: Stats): Promise<void> {
    const context = this.#fileContext(stats);
    const removed = new Set<Entry>();
    const added: Entry[] = [];
    const news: { fileName: FileName; before: StoredFile | undefined; after: StoredFile | undefined }[] = [];
    const queue = names[Symbol.iterator]();
    let done = 0;
    const work = async (): Promise<void> => {
      const pace = new Pace();
      for (let next = queue.next(); !next.done; next = queue.next()) {
        const fileName = next.value;
        const before = this.#files.get(fileName);
        const after = await lookAtFile(fileName, before, changed.has(fileName), context);
        if (after !== before) {
          this.#keep(fileName, after);
          if (before?.entry !== undefined && before.entry !== after?.entry) removed.add(before.entry);
          if (after?.entry !== undefined && before?.entry !== after.entry) added.push(after.entry);
          if (before?.problem !== after?.problem) news.push({ fileName, before, after });
        }
        done += 1;
        if (!pace.due) continue;
        this.#options.looked?.(this.folder, done, names.size);
        await pace.rest();
      }
    };
    await Promise.all(Array.from({ length: this.#access.concurrency }, work));
    this.#table.update(removed, added);
    reportProblems(this.folder, news, this.#options.log);
  }

  #keep(name: FileName, file: StoredFile | undefined): void {
    if (file === undefined) this.#files.delete(name);
    else this.#files.set(name, file);
    if (file?.lookAgain) this.#lookAgain.add(name);
    else this.#lookAgain.delete(name);
  }

  #fileContext(stats: Stats): FileContext {
    return {
      folder: this.folder,
      device: stats.dev,
      access: this.#access,
      clockDoubtMs: this.#clockDoubtMs,
      maxBytes: this.#options.maxBytes ?? MAX_ENTRY_BYTES,
      now: this.#options.now ?? Date.now,
      incomplete: this.#options.incomplete,
      fallbackCharset: this.#options.fallbackCharset,
      pool: this.#options.pool,
    };
  }

  /** Before the folder is listed, so that no change falls between the two. */
  #startWatch(): void {
    this.#watch?.close();
    this.#watch = undefined;
    const local = isLocalFileSystem(this.folder);
    this.#access = local ? localAccess : remoteAccess;
    this.#clockDoubtMs = local ? 0 : REMOTE_CLOCK_DOUBT_MS;
    if (!local || this.#options.notification === false) return;
    try {
      this.#watch = new FolderWatch(this.folder);
    } catch (error) {
      const why = watchFailure(error);
      this.#options.log.warn(
        `${this.folder}: no file notification (${why}); the folder is looked through at every query`,
      );
    }
  }

  #found(): void {
    if (this.#failure !== undefined) this.#options.log.notice(`${this.folder}: can be read again`);
    this.#failure = undefined;
  }

  #lost(error: unknown): unknown {
    const failure = error instanceof FileError ? error : fileFailure(this.folder, 'read', error);
    if (!(failure instanceof FileError)) return failure;
    this.#known = undefined;
    if (this.#failure !== failure.message) this.#options.log.warn(failure.message);
    this.#failure = failure.message;
    return failure;
  }
}

/** inotify says "no space" and "too many files" of limits that have nothing to do with either. */
function watchFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return 'no more watches: raise fs.inotify.max_user_watches';
  if (code === 'EMFILE') return 'no more watchers: raise fs.inotify.max_user_instances';
  return failureReason(error);
}

const NONE: ReadonlySet<FileName> = new Set();

/** The listing changed and no event said so. */
function unannounced(changes: FolderChanges, before: Stats, now: Stats): boolean {
  return !changes.any && before.mtimeMs !== now.mtimeMs;
}

/** The same folder with the same permissions; its contents may differ. */
function sameFolder(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}
