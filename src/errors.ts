/**
 * Every failure wltool intends, as one tree. What is not a WltoolError is a bug.
 * Positions are data here; only terminal/report-error.ts turns them into text.
 */

/** Process exit status: done, wrong data, usage, file trouble, the peer, a bug in wltool. */
export const EXIT = {
  done: 0,
  data: 1,
  usage: 2,
  file: 3,
  peer: 4,
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface ErrorDetails {
  /** What the user can do about it, one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Base of all intended failures. `code` is stable, for scripts that read JSON logs. */
export class WltoolError extends Error {
  // Written out, as the bundle's classes have other names.
  override readonly name: string = 'WltoolError';
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(code: string, exitCode: ExitCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.exitCode = exitCode;
    this.hint = details.hint;
  }
}

/** A wrong option or argument. */
export class UsageError extends WltoolError {
  override readonly name = 'UsageError';

  constructor(message: string, details: ErrorDetails = {}) {
    super('usage', EXIT.usage, message, details);
  }
}

/** One finding in a text input. Lines and columns count from 1; columns count decoded characters. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  /** Characters to underline; at least 1. */
  readonly length: number;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The decoded text of the line, for the caret display. */
  readonly lineText: string;
}

/** Dump text that cannot become a data set: all diagnostics of the run, errors and warnings, in line order. */
export class DumpTextError extends WltoolError {
  override readonly name = 'DumpTextError';
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];

  constructor(file: string, diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
    super('dump-text', EXIT.data, `${errors} ${errors === 1 ? 'error' : 'errors'} in ${file}`);
    this.file = file;
    this.diagnostics = diagnostics;
  }
}

interface DataErrorDetails extends ErrorDetails {
  readonly file?: string | undefined;
  /** Where in the data set, e.g. "(0040,0100)[1].(0040,0002)"; items count from 0. */
  readonly tagPath?: string | undefined;
  /** Byte offset in the file or network message. */
  readonly offset?: number | undefined;
}

/** Bytes or values that are not valid DICOM. */
export class DataError extends WltoolError {
  override readonly name = 'DataError';
  readonly file: string | undefined;
  readonly tagPath: string | undefined;
  readonly offset: number | undefined;

  constructor(code: string, message: string, details: DataErrorDetails = {}) {
    super(code, EXIT.data, message, details);
    this.file = details.file;
    this.tagPath = details.tagPath;
    this.offset = details.offset;
  }
}

/** A file or folder that cannot be read, written, or listened on. */
export class FileError extends WltoolError {
  override readonly name = 'FileError';
  readonly path: string;

  constructor(path: string, message: string, details: ErrorDetails = {}) {
    super('file', EXIT.file, message, details);
    this.path = path;
  }
}

export type PeerPhase = 'connect' | 'tls' | 'association' | 'echo' | 'find' | 'release';

interface PeerErrorDetails extends ErrorDetails {
  /** Final DIMSE status, if the peer sent one. */
  readonly status?: number | undefined;
}

/** The DICOM peer: unreachable, rejected, aborted, timed out, or answered with a failure status. */
export class PeerError extends WltoolError {
  override readonly name = 'PeerError';
  readonly peer: string;
  readonly phase: PeerPhase;
  readonly status: number | undefined;

  constructor(peer: string, phase: PeerPhase, message: string, details: PeerErrorDetails = {}) {
    super(`peer-${phase}`, EXIT.peer, message, details);
    this.peer = peer;
    this.phase = phase;
    this.status = details.status;
  }
}
