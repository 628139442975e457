/**
 * What program.ts hands to every command: the world, and a place for the exit status.
 */

import type { ExitCode } from '../errors.ts';
import type { Io } from '../terminal/io.ts';

export interface CommandContext {
  readonly io: Io;
  /** Waits for the command's work and notes its exit status. */
  exitWith(work: ExitCode | Promise<ExitCode>): Promise<void>;
}
