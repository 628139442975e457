/** What the log says of a query: one line, and with --explain the entries left out and why. */

import { lookupTag } from '../dicom/dictionary.ts';
import { formatTag, type Tag } from '../dicom/tag.ts';
import type { Log } from '../log.ts';
import type { Entry } from './entry.ts';
import type { Step } from './entry-order.ts';
import { explainMismatch } from './explain.ts';
import { showFileName } from './folder-path.ts';
import type { KeyLevel, Query } from './query-key.ts';

export interface QueryLogOptions {
  readonly log: Log;
  readonly explain?: boolean | undefined;
  readonly showValues?: boolean | undefined;
  readonly limit?: number | undefined;
}

interface Asker {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly peerAddress: string;
}

export class QueryLog {
  /** Answers given so far. */
  answers = 0;
  readonly #asker: Asker;
  readonly #options: QueryLogOptions;
  readonly #startedAt = performance.now();
  readonly #explained = new Set<Entry>();
  #query: Query | undefined;
  #considered = 0;
  #matched = 0;

  constructor(asker: Asker, options: QueryLogOptions) {
    this.#asker = asker;
    this.#options = options;
  }

  understood(query: Query): void {
    this.#query = query;
  }

  /** The query is put to so many steps. */
  consider(steps: number): void {
    this.#considered = steps;
  }

  matched(): void {
    this.#matched += 1;
  }

  /** `reason`: an option of the server left it out, not a key. */
  leftOut(step: Step, reason: string | undefined): void {
    if (this.#options.explain !== true || this.#query === undefined) return;
    const { entry, index } = step;
    const name = showFileName(entry.fileName);
    if (reason !== undefined) {
      const which = entry.view.steps.length > 1 ? ` step ${index}` : '';
      this.#options.log.notice(`left out ${name}${which}: it ${reason}`);
      return;
    }
    if (this.#explained.has(entry)) return;
    this.#explained.add(entry);
    const mismatch = explainMismatch(this.#query, entry.view);
    // Of an entry some of whose steps match, the others need no word.
    if (mismatch === undefined) return;
    const { tagPath, asked, stored } = mismatch;
    const holds = stored === undefined ? 'is not there' : stored === '' ? 'is empty' : `is "${stored}"`;
    this.#options.log.notice(`left out ${name}: ${tagPath} ${holds}, asked was "${asked}"`);
  }

  end(outcome: {
    readonly status: number;
    readonly comment?: string;
    readonly offendingElements?: readonly Tag[];
  }): void {
    const { log, limit } = this.#options;
    const { callingAeTitle, calledAeTitle, peerAddress } = this.#asker;
    const failed = outcome.status !== 0 && outcome.status !== 0xfe00;
    const fields = {
      caller: callingAeTitle,
      at: peerAddress,
      called: calledAeTitle,
      keys: this.#query === undefined ? undefined : keyNames(this.#query, this.#options.showValues === true) || 'none',
      considered: this.#considered,
      matched: this.#matched,
      ms: Number((performance.now() - this.#startedAt).toFixed(1)),
      status: outcome.status === 0 ? undefined : outcome.status.toString(16).toUpperCase().padStart(4, '0'),
      comment: outcome.comment,
      offending: outcome.offendingElements?.map(formatTag).join(','),
    };
    if (failed) log.warn('query failed', fields);
    else log.notice(outcome.status === 0 ? 'query' : 'query cancelled', fields);
    if (limit !== undefined && outcome.status === 0 && this.#matched > this.answers) {
      log.warn(`${this.#matched - this.answers} matching steps were not sent to ${callingAeTitle}: --limit ${limit}`);
    }
  }
}

/** The keys that narrowed the query, by name; with their values only where the log may hold patient data. */
function keyNames(query: Query, showValues: boolean): string {
  return [query.root, query.step?.items].flatMap((level) => namesAt(level, showValues)).join(',');
}

function namesAt(level: KeyLevel | undefined, showValues: boolean): string[] {
  return (level?.tests ?? []).flatMap(({ tag, secondTag, items, asked }) => {
    if (items !== undefined) return namesAt(items, showValues).map((inner) => `${nameOf(tag)}.${inner}`);
    const name = secondTag === undefined ? nameOf(tag) : `${nameOf(tag)}+${nameOf(secondTag)}`;
    return showValues ? `${name}=${asked}` : name;
  });
}

function nameOf(tag: Tag): string {
  return lookupTag(tag)?.keyword ?? formatTag(tag);
}
