/** Orders in HL7 v2: ORM^O01, OMI^O23 and OMG^O19 to entries to write and to remove. */

import type { DataSet } from '../../dicom/data-set.ts';
import { Findings } from '../../dump-text/findings.ts';
import { SourceText } from '../../dump-text/source-text.ts';
import { entryName } from '../entry-name.ts';
import { makeEntry } from '../make-entry.ts';
import type { Order, OrderReading } from '../order.ts';
import {
  applyMapping,
  mappedIdentity,
  mappedPatient,
  mappedProcedure,
  mappedRequest,
  studySegment,
} from './apply-mapping.ts';
import type { ControlAction, Hl7Mapping } from './mapping.ts';
import { fieldOf, type Hl7Message, spanOf, spanOfSegment } from './message.ts';
import { type OrderGroup, orderGroups } from './order-groups.ts';
import { readPath, textOf, valuesAt } from './path.ts';
import { readPatient } from './patient.ts';
import { defaultMapping } from './read-mapping.ts';
import { readMessages } from './read-messages.ts';
import { ambiguousStudies, shareStudies } from './shared-study.ts';

export interface Hl7Options {
  readonly today: Date;
  readonly template?: DataSet | undefined;
  readonly charset?: string | undefined;
  readonly mapping?: Hl7Mapping | undefined;
}

const ORDER_MESSAGES = new Set(['ORM', 'OMI', 'OMG']);
/** In ORC-1: sent along with an order, for the radiologist to read. */
const PRIOR_RESULT = 'PR';
/** As many lines are named in a finding. */
const MOST_LINES = 5;
const UTF_8 = 'ISO_IR 192';
/** DICOM took it up long after the scanners that are in use were made. */
const TOO_NEW = 'ISO_IR 203';

/** Reads orders in HL7; `diagnostics` name message, segment and field of all that is wrong. */
export function readHl7Orders(bytes: Uint8Array, options: Hl7Options): OrderReading {
  const mapping = options.mapping ?? defaultMapping(options.today);
  const file = readMessages(bytes, mapping.characterSet);
  const source = new SourceText(file.bytes);
  const findings = new Findings(source);
  for (const { severity, span, message, hint } of file.problems) {
    if (severity === 'error') findings.error(span, message, hint);
    else findings.warning(span, message, hint);
  }
  const reader = new OrderReader(mapping, options, findings, source);
  const orders = file.messages.filter(({ isSound }) => isSound).flatMap((message) => reader.read(message));
  return { orders, diagnostics: findings.diagnostics() };
}

class OrderReader {
  readonly #mapping: Hl7Mapping;
  readonly #options: Hl7Options;
  readonly #findings: Findings;
  readonly #source: SourceText;

  constructor(mapping: Hl7Mapping, options: Hl7Options, findings: Findings, source: SourceText) {
    this.#mapping = mapping;
    this.#options = options;
    this.#findings = findings;
    this.#source = source;
  }

  readonly #procedureOf = (group: OrderGroup) => mappedProcedure(group, this.#mapping);

  /** The orders of a message that are sound. */
  read(message: Hl7Message): Order[] {
    const header = message.segments[0];
    if (header === undefined) return [];
    const type = textAt('MSH-9.1', message);
    if (!ORDER_MESSAGES.has(type)) {
      const kind = [type, textAt('MSH-9.2', message)].filter((part) => part !== '').join('^');
      this.#findings.warning(
        spanOfSegment(header),
        `message ${message.number}: ${kind === '' ? 'of no type' : kind} is no order, skipped`,
        'orders are ORM^O01, OMI^O23 and OMG^O19',
      );
      return [];
    }
    const patient = readPatient(message, type !== 'ORM');
    if ('stranger' in patient) {
      this.#findings.error(
        spanOfSegment(patient.stranger),
        `message ${message.number}: this PID is of another patient than the first one`,
        'one message is of one patient, and one PID enough: have the sender write one message a patient',
      );
      return [];
    }
    const groups = shareStudies(patient.parts.flatMap(orderGroups), message.segments, this.#procedureOf);
    if (groups.length === 0) {
      this.#findings.error(
        spanOfSegment(header),
        `message ${message.number}: there is no ORC`,
        'each order starts with ORC',
      );
    }
    const orders = groups.flatMap((group) => this.#readGroup(group) ?? []);
    this.#checkStudies(groups, orders);
    return this.#areDistinct(orders, message) ? orders : [];
  }

  /** A study of several requested procedures can be meant; more often a sender repeats no ZDS. */
  #checkStudies(groups: readonly OrderGroup[], orders: readonly Order[]): void {
    const lineOf = ({ orc }: OrderGroup) => this.#source.lineAt(orc.offset);
    const written = new Set(orders.flatMap(({ action, line }) => (action === 'write' ? line : [])));
    const writing = groups.filter((group) => written.has(lineOf(group)));
    const studyOf = (group: OrderGroup) => studySegment(group, this.#mapping);
    for (const { study, orders: sharing, procedures } of ambiguousStudies(writing, studyOf, this.#procedureOf)) {
      const lines = listed([...new Set(sharing.map(lineOf))]);
      this.#findings.warning(
        spanOfSegment(study),
        `message ${study.message.number}: ${procedures} requested procedures get one Study Instance UID, by the ORC in lines ${lines}`,
        'one ZDS a requested procedure, behind its OBR',
      );
    }
  }

  #readGroup(group: OrderGroup): Order | undefined {
    const { orc } = group;
    const action = this.#actionOf(group);
    if (action === undefined || action.action === 'ignore') return undefined;
    const { number } = orc.message;
    const line = this.#source.lineAt(orc.offset);
    const identity = mappedIdentity(group, this.#mapping);
    const name = entryName(identity);
    if (name === undefined) {
      const consequence = action.action === 'remove' ? '; the entry that it takes back stays' : '';
      this.#findings.error(
        spanOfSegment(orc),
        `message ${number}: this order has neither accession number nor step ID, so no name${consequence}`,
        'they are in IPC-1 and IPC-4, or OBR-18 and OBR-20; --hl7-mapping names other places',
      );
      return undefined;
    }
    if (action.action === 'remove') {
      const patient = mappedPatient(group, this.#mapping);
      const request = mappedRequest(group, this.#mapping);
      return {
        action: 'remove',
        name,
        everyStep: identity.stepId === '',
        reason: action.reason,
        patient,
        request,
        line,
      };
    }
    const before = this.#findings.errorCount;
    const assignments = applyMapping(group, this.#mapping, this.#findings);
    const { template, charset = this.#charsetOf(orc.message) } = this.#options;
    const dataSet = makeEntry(assignments, { template, charset }, this.#findings);
    return this.#findings.errorCount === before ? { action: 'write', name, dataSet, line } : undefined;
  }

  /** Two entries of one message that have one name would be one file, and nobody knows which. */
  #areDistinct(orders: readonly Order[], { number, segments }: Hl7Message): boolean {
    const names = orders.filter(({ action }) => action === 'write').map(({ name }) => name);
    const [header] = segments;
    if (new Set(names).size === names.length || header === undefined) return true;
    this.#findings.error(
      spanOfSegment(header),
      `message ${number}: several orders have the same accession number and step ID`,
      'give each step its own ID in IPC-4 or OBR-20; --hl7-mapping names another place',
    );
    return false;
  }

  /** What ORC-1 asks for, or ORC-5 where that says that there is nothing left to do. */
  #actionOf({ orc }: OrderGroup): { readonly action: ControlAction; readonly reason: string } | undefined {
    const [control] = fieldOf(orc, 1);
    const code = control === undefined ? '' : textOf(control).trim().toUpperCase();
    const [statusValue] = fieldOf(orc, 5);
    const status = statusValue === undefined ? '' : textOf(statusValue).trim().toUpperCase();
    const action = this.#mapping.control.get(code);
    if (action === undefined) {
      const span = control === undefined || control.raw === '' ? spanOfSegment(orc) : spanOf(control);
      this.#findings.error(
        span,
        `message ${orc.message.number}: ORC-1 ${code === '' ? 'is empty' : `"${code}" is no order control code that is known`}`,
        'NW and XO write an entry, CA and DC remove it; "control" in the mapping adds others',
      );
      return undefined;
    }
    const byStatus = this.#mapping.status.get(status);
    // A prior result is completed as a rule, and its entry none of this order's business.
    if (action === 'remove' || byStatus === undefined || code === PRIOR_RESULT)
      return { action, reason: `ORC-1 ${code}` };
    return { action: byStatus, reason: `ORC-1 ${code}, ORC-5 ${status}` };
  }

  #charsetOf({ charset }: Pick<Hl7Message, 'charset'>): string {
    const { dicom } = charset;
    return dicom === undefined || dicom === '' || dicom === TOO_NEW ? UTF_8 : dicom;
  }
}

function listed(lines: readonly number[]): string {
  const shown = lines.slice(0, MOST_LINES).join(', ');
  return lines.length > MOST_LINES ? `${shown} and ${lines.length - MOST_LINES} others` : shown;
}

function textAt(place: string, message: Hl7Message): string {
  const path = readPath(place);
  const [value] = path === undefined ? [] : valuesAt(path, message.segments);
  return value === undefined ? '' : textOf(value);
}
