/** What stands where a folder is wanted: the system says that something does, not what and where. */

import { lstatSync, readlinkSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Obstacle {
  /** The path as it was given, or the part of it that is in the way. */
  readonly part: string;
  readonly what: string;
}

/** The last part of a path that is there, where it is no folder. */
export function obstacleAt(path: string): Obstacle | undefined {
  const part = path.replace(/(?<=.)\/+$/, '');
  try {
    if (!lstatSync(part).isSymbolicLink()) return statSync(part).isDirectory() ? undefined : isAFile(part);
  } catch {
    const around = dirname(part);
    return around === part ? undefined : obstacleAt(around);
  }
  try {
    return statSync(part).isDirectory() ? undefined : isAFile(part);
  } catch {
    return { part, what: `is a symbolic link to ${readlinkSync(part)}, which is not there` };
  }
}

function isAFile(part: string): Obstacle {
  return { part, what: 'is a file, not a folder' };
}
