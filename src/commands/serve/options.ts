/** The options of `wltool serve`, as commander gives them and as the layers take them. */

import { checkForm } from '../../dicom/check-form.ts';
import { UsageError } from '../../errors.ts';
import { resolveDay } from '../../keys/relative-date.ts';
import type { HandlerOptions } from '../../worklist/worklist-handler.ts';
import { readAeTitle } from '../ae-title.ts';
import { knownCharset } from '../known-charset.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host?: string;
  readonly layout: 'auto' | 'flat' | 'ae';
  readonly incomplete: 'serve' | 'reject';
  readonly hideBefore?: string;
  readonly forCaller?: boolean;
  readonly limit?: number;
  readonly fuzzyNames?: boolean;
  /** False for -csk. */
  readonly charset?: string | false;
  readonly charsetFor?: readonly string[];
  readonly fallbackCharset?: string;
  readonly aet?: string;
  readonly allowAet?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly explain?: boolean;
  readonly requestDir?: string;
  readonly maxAssociations: number;
  readonly maxPdu: number;
  readonly acseTimeout: number;
  readonly dimseTimeout: number;
  readonly idleTimeout: number;
  readonly refuse?: boolean;
  /** False with --no-fail. */
  readonly fail?: boolean;
  readonly sleepDuring?: number;
  readonly tlsKey?: string;
  readonly tlsCert?: string;
  readonly tlsCa?: readonly string[];
  readonly tlsClient?: 'require' | 'optional' | 'none';
  readonly verbose: number;
}

/** What the handler needs to know. @throws UsageError */
export function handlerOptions(options: ServeOptions, now: () => Date): Omit<HandlerOptions, 'log'> {
  const { hideBefore } = options;
  const hideDay = hideBefore === undefined ? undefined : resolveDay(hideBefore, now());
  if (hideBefore !== undefined && (hideDay === undefined || checkForm(hideDay, 'DA') !== undefined)) {
    throw new UsageError(`--hide-before: "${hideBefore}" is no day`, { hint: 'write today, today-1 or 20261125' });
  }
  return {
    calledAeTitle: options.aet === undefined ? undefined : knownTitle(options.aet, '--aet'),
    callers: options.allowAet?.map((title) => knownTitle(title, '--allow-aet')),
    forCaller: options.forCaller === true,
    limit: options.limit,
    // Said relative to today, it moves with the day of each query.
    hideBefore: hideBefore === undefined ? undefined : () => resolveDay(hideBefore, now()),
    fuzzyNames: options.fuzzyNames === true,
    charset: knownCharset(options.charset === false ? undefined : options.charset, '--charset'),
    charsetFor: new Map(options.charsetFor?.map(charsetForCaller)),
    refuseAll: options.refuse,
    forgiving: options.fail === false,
    delayMs: options.sleepDuring === undefined ? undefined : options.sleepDuring * 1_000,
    explain: options.explain === true,
    showValues: options.explain === true || options.verbose > 0,
  };
}

/** What files without (0008,0005) are read as. @throws UsageError */
export function fallbackCharset(options: ServeOptions): string {
  return knownCharset(options.fallbackCharset, '--fallback-charset') ?? '';
}

/** One that no caller can have would keep everybody out. */
function knownTitle(text: string, option: string): string {
  const title = readAeTitle(text);
  if (title !== undefined) return title;
  throw new UsageError(`${option}: "${text}" is no AE title`, {
    hint: 'it has 1 to 16 ASCII characters, no backslash among them',
  });
}

function charsetForCaller(text: string): [aeTitle: string, charset: string] {
  const equals = text.indexOf('=');
  const title = text.slice(0, Math.max(0, equals)).trim();
  const charset = knownCharset(text.slice(equals + 1), '--charset-for');
  if (title !== '' && charset !== undefined) return [title, charset];
  throw new UsageError(`--charset-for: "${text}" is not AETITLE=TERMS`, { hint: 'for example CT01=ISO_IR 100' });
}
