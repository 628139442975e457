/**
 * Errors as people read them: where, what, what to do. With --log-format json, the same as data.
 */

import { DataError, type Diagnostic, DumpTextError, FileError, PeerError, type WltoolError } from '../errors.ts';
import type { LogFields } from '../log.ts';
import { excerpt } from './excerpt.ts';
import type { Io } from './io.ts';
import { visible } from './safe-text.ts';
import { styleFor } from './style.ts';

const MOST_DIAGNOSTICS = 20;

type ReportIo = Pick<Io, 'stderr' | 'log' | 'logFormat'>;

/**
 * Reports an intended failure on stderr. What is not a WltoolError is for main.ts. `source`: "orders.csv:12", the part
 * of an input that asked for what failed.
 */
export async function reportError(error: WltoolError, io: ReportIo, source?: string): Promise<void> {
  if (error instanceof DumpTextError) {
    await reportDiagnostics(error.file, error.diagnostics, io);
    return;
  }
  if (io.logFormat === 'json') {
    io.log.error(error.message, { ...errorFields(error), ...(source === undefined ? {} : { source }) });
    return;
  }
  const style = styleFor(io.stderr);
  const hint = error.hint === undefined ? '' : `${style.faint('  hint:')} ${visible(error.hint)}\n`;
  const place = `${source === undefined ? '' : `${visible(source)}: `}${placeOf(error)}`;
  await io.stderr.write(`${style.error('error:')} ${place}${visible(error.message, '\n')}\n${hint}`);
}

/**
 * Reports what was found in a text input: `file:line:column`, the line, a caret, a hint; the first 20, or with
 * `everyError` all errors, where each costs something of its own.
 */
export async function reportDiagnostics(
  file: string,
  diagnostics: readonly Diagnostic[],
  io: ReportIo,
  everyError = false,
): Promise<void> {
  const shown = diagnostics.filter(
    ({ severity }, index) => index < MOST_DIAGNOSTICS || (everyError && severity === 'error'),
  );
  const more = diagnostics.length - shown.length;
  if (io.logFormat === 'json') {
    for (const diagnostic of shown) reportAsJson(file, diagnostic, io);
    if (more > 0) io.log.notice(`and ${more} more`, { file });
    return;
  }
  const style = styleFor(io.stderr);
  const paragraphs = shown.map((diagnostic) => {
    const label = diagnostic.severity === 'error' ? style.error('error:') : style.warning('warning:');
    const place = `${visible(file)}:${diagnostic.line}:${diagnostic.column}`;
    return `${place} ${label} ${visible(diagnostic.message)}\n${excerpt(diagnostic)}\n`;
  });
  if (more > 0) paragraphs.push(`and ${more} more\n`);
  await io.stderr.write(paragraphs.join(''));
}

function reportAsJson(file: string, diagnostic: Diagnostic, io: ReportIo): void {
  const { severity, message, line, column, length, hint } = diagnostic;
  const say = severity === 'error' ? io.log.error : io.log.warn;
  say(message, { file, line, column, length, hint });
}

/** `file: tag path at offset N: `, as far as known and not in the message already. */
function placeOf(error: WltoolError): string {
  if (!(error instanceof DataError)) return '';
  const parts: string[] = [];
  if (error.file !== undefined && !error.message.includes(error.file)) parts.push(visible(error.file));
  const offset = error.offset === undefined ? '' : `offset ${error.offset}`;
  const where = [error.tagPath, offset].filter((part) => part !== undefined && part !== '').join(' at ');
  if (where !== '') parts.push(visible(where));
  return parts.map((part) => `${part}: `).join('');
}

function errorFields(error: WltoolError): LogFields {
  const common = { code: error.code, hint: error.hint };
  if (error instanceof DataError) {
    return { ...common, file: error.file, tagPath: error.tagPath, offset: error.offset };
  }
  if (error instanceof FileError) return { ...common, path: error.path };
  if (error instanceof PeerError) return { ...common, peer: error.peer, phase: error.phase, status: error.status };
  return common;
}
