/**
 * What the operating system refused, in the user's words and with what to do about it.
 */

import { dirname } from 'node:path';
import { FileError } from '../errors.ts';
import { obstacleAt } from './obstacle.ts';

interface Explanation {
  readonly what: string;
  readonly hint?: string;
}

type Doing = 'read' | 'write' | 'remove';

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOENT: { what: 'no such file or folder', hint: 'check the spelling and the folder you are in' },
  ENOTDIR: { what: 'a part of the path is a file, not a folder' },
  EEXIST: { what: 'something else has that name' },
  EISDIR: { what: 'is a folder, not a file', hint: 'name a file in it' },
  EACCES: { what: 'permission denied', hint: 'check the permissions of the file and its folder, or run as its owner' },
  EPERM: { what: 'operation not permitted', hint: 'check the permissions and attributes of the file' },
  EROFS: { what: 'the file system is read-only', hint: 'choose a target on another file system' },
  ENOSPC: { what: 'no space left on the device', hint: 'free some space, or choose a target elsewhere' },
  EDQUOT: { what: 'your disk quota is used up', hint: 'free some space, or choose a target elsewhere' },
  EMFILE: { what: 'too many open files', hint: 'raise the limit (ulimit -n)' },
  ENFILE: { what: 'too many open files on this machine' },
  ENAMETOOLONG: { what: 'the name is too long for the file system' },
  ELOOP: { what: 'the symbolic links go round in a circle', hint: 'see where they lead: ls -l' },
  EPIPE: { what: 'the reader of this pipe has gone' },
  EIO: { what: 'input/output error', hint: 'the disk or network drive may be failing' },
  ERR_FS_FILE_TOO_LARGE: { what: 'larger than 2 GiB, too large to be a worklist file' },
};

/** What the operating system refused, in a few words: "permission denied". */
export function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return EXPLANATIONS[code]?.what ?? error.message;
}

/** The FileError for what went wrong at `path`; anything but a system error is passed on as it is. */
export function fileFailure(path: string, doing: Doing, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const explanation = notAFolder(path, doing, error.code) ?? EXPLANATIONS[error.code];
  const { what = error.message, hint } = explanation ?? {};
  return new FileError(path, `cannot ${doing} ${path}: ${what}`, { hint, cause: error });
}

/** Of what the system has only a word for: which part of the path is no folder, and what to name instead. */
function notAFolder(path: string, doing: Doing, code: string): Explanation | undefined {
  const obstacle = code === 'ENOTDIR' || code === 'EEXIST' ? obstacleAt(path) : undefined;
  if (obstacle === undefined) return undefined;
  const { part, what } = obstacle;
  const isWhole = part === path.replace(/(?<=.)\/+$/, '');
  if (doing === 'write') return { what: isWhole ? what : `${part} ${what}`, hint: 'choose another folder' };
  return isWhole
    ? { what, hint: `name the folder that holds it: ${dirname(part)}` }
    : { what: `${part} ${what}`, hint: 'check the spelling' };
}
