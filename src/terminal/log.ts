/**
 * The log: one line an event on stderr, as text or as one JSON object. Nothing from outside can add a line.
 */

import type { Log, LogFields, LogLevel } from '../log.ts';
import { visible } from './safe-text.ts';
import { plainStyle, type Style } from './style.ts';

export type { Log } from '../log.ts';

export type LogFormat = 'text' | 'json';

export interface LogSettings {
  readonly threshold: LogLevel;
  readonly format: LogFormat;
  /** Text lines begin with the time; JSON lines always carry it. */
  readonly timestamps: boolean;
}

export const DEFAULT_LOG_SETTINGS: LogSettings = { threshold: 'notice', format: 'text', timestamps: false };

/** Most important first. */
const LEVELS: readonly LogLevel[] = ['error', 'warn', 'notice', 'info', 'debug'];

const TEXT_LABELS: Readonly<Record<LogLevel, string>> = {
  error: 'error: ',
  warn: 'warning: ',
  notice: '',
  info: '',
  debug: 'debug: ',
};

/** How much -q, nothing, -v and -vv show. */
export function thresholdOf(options: { quiet?: boolean | undefined; verbose?: number | undefined }): LogLevel {
  if (options.quiet) return 'error';
  const verbose = options.verbose ?? 0;
  return verbose >= 2 ? 'debug' : verbose === 1 ? 'info' : 'notice';
}

/** A log whose settings are asked for at every line, so that options read later still count. */
export function createLog(
  writeLine: (line: string) => void,
  settings: () => LogSettings,
  now: () => Date,
  style: Style = plainStyle,
): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      const { threshold, format, timestamps } = settings();
      if (LEVELS.indexOf(level) > LEVELS.indexOf(threshold)) return;
      writeLine(
        format === 'json'
          ? jsonLine(level, message, fields, now())
          : textLine(level, message, fields, style, timestamps ? now() : undefined),
      );
    };
  return { error: at('error'), warn: at('warn'), notice: at('notice'), info: at('info'), debug: at('debug') };
}

function jsonLine(level: LogLevel, message: string, fields: LogFields, time: Date): string {
  const line = JSON.stringify({ time: time.toISOString(), level, message, ...fields }, jsonValue);
  // JSON leaves DEL, C1 and the separators as they are; log viewers and terminals act on them.
  return line.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return value.message;
  return value;
}

function textLine(level: LogLevel, message: string, fields: LogFields, style: Style, time: Date | undefined): string {
  const label = TEXT_LABELS[level];
  const parts = [
    time === undefined ? '' : `${time.toISOString()} `,
    level === 'error' ? style.error(label) : level === 'warn' ? style.warning(label) : style.faint(label),
    visible(message),
    style.faint(fieldsText(fields)),
  ];
  return parts.join('');
}

function fieldsText(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${fieldText(value)}`)
    .join('');
}

function fieldText(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value, jsonValue) : String(value);
  return /^[^\s"=]+$/.test(text) ? visible(text) : visible(JSON.stringify(text));
}
