/**
 * File notification for one folder, as far as it can be trusted. On Linux inotify queues the event of a change
 * before the system call that made it returns. So whoever changes a file and then asks has put the event into our
 * queue before the question; one poll phase of the event loop later it is in `take()`.
 */

import { type FSWatcher, readFileSync, statfsSync, watch } from 'node:fs';
import { setImmediate as nextCheckPhase } from 'node:timers/promises';
import { type FileName, toFileName } from './folder-path.ts';

/** What happened since the last `take()`. */
export interface FolderChanges {
  readonly names: ReadonlySet<FileName>;
  /** Anything at all, also for names that are not files of the store or for the folder itself. */
  readonly any: boolean;
  /** Events may have been lost: look at everything. */
  readonly doubtful: boolean;
}

/** File systems whose changes all come through this kernel (statfs magic numbers, linux/magic.h). */
const LOCAL_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0x2fc12fc1, // zfs
  0xf2f52010, // f2fs
  0xca451a4e, // bcachefs
  0x794c7630, // overlayfs
]);

/** True where every writer goes through this machine's kernel, so that its clock and its notifications hold. */
export function isLocalFileSystem(folder: string): boolean {
  return process.platform === 'linux' && LOCAL_FILE_SYSTEMS.has(statfsSync(folder).type >>> 0);
}

/** After this, the events of all changes made before the call have reached their watches. */
export async function pendingEvents(): Promise<void> {
  // The first check phase may end the poll phase we are in; between it and the second lies a whole one.
  await nextCheckPhase();
  await nextCheckPhase();
}

/*
 * libuv drops the event that says the kernel's queue ran over. But a queue that ran over was full, and libuv empties
 * it within one poll phase: so count events per phase, over all folders, as they share the queue.
 */
let eventsInPhase = 0;
let overflows = 0;

export class FolderWatch {
  readonly #watcher: FSWatcher;
  #names = new Set<FileName>();
  #any = false;
  #doubtful = false;
  #overflowsSeen = overflows;

  /** @throws where the system has no more watches, or the folder is gone. */
  constructor(folder: string) {
    this.#watcher = watch(folder, { encoding: 'buffer', persistent: false });
    this.#watcher.on('change', (_type, name) => {
      countEvent();
      this.#any = true;
      if (name === null) this.#doubtful = true;
      else this.#names.add(typeof name === 'string' ? name : toFileName(name));
    });
    this.#watcher.on('error', () => {
      this.#doubtful = true;
    });
  }

  take(): FolderChanges {
    const doubtful = this.#doubtful || overflows > this.#overflowsSeen;
    const changes = { names: this.#names, any: this.#any, doubtful };
    this.#overflowsSeen = overflows;
    this.#names = new Set();
    this.#any = false;
    this.#doubtful = false;
    return changes;
  }

  close(): void {
    this.#watcher.close();
  }
}

function countEvent(): void {
  if (eventsInPhase === 0) setImmediate(endOfPhase);
  eventsInPhase += 1;
  if (eventsInPhase === suspiciousCount()) overflows += 1;
}

function endOfPhase(): void {
  eventsInPhase = 0;
}

let queueLength: number | undefined;

/** A quarter of the queue, as events of watches closed meanwhile fill it uncounted. */
function suspiciousCount(): number {
  queueLength ??= readQueueLength();
  return Math.max(1, queueLength >>> 2);
}

function readQueueLength(): number {
  const usual = 16_384;
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'latin1')) || usual;
  } catch {
    return usual;
  }
}
