/**
 * What every layer may say to the person who runs it. terminal/log.ts prints it on stderr.
 * The message stands alone as a sentence; `fields` carry what a machine wants and are not repeated in the message.
 */
export interface Log {
  /** Shown always, with -q too. */
  error(message: string, fields?: LogFields): void;
  /** Shown unless -q. */
  warn(message: string, fields?: LogFields): void;
  /** Shown unless -q: what a server does, one line each, never with patient data. */
  notice(message: string, fields?: LogFields): void;
  /** Shown with -v. */
  info(message: string, fields?: LogFields): void;
  /** Shown with -vv. */
  debug(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, unknown>>;

export type LogLevel = keyof Log;
