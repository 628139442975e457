/** What orders need besides themselves: their kind, the template, the mapping. Read once for all inputs. */

import { lookupTag } from '../../dicom/dictionary.ts';
import { formatTag } from '../../dicom/tag.ts';
import { type Diagnostic, UsageError } from '../../errors.ts';
import { readInput } from '../../files/read-input.ts';
import type { Hl7Mapping } from '../../orders/hl7/mapping.ts';
import { readMapping } from '../../orders/hl7/read-mapping.ts';
import { makeNeutral } from '../../orders/template.ts';
import type { Io } from '../../terminal/io.ts';
import { type Draft, readDrafts } from './draft.ts';
import type { Dump2wlOptions, Work } from './options.ts';
import { recodeText } from './recode-text.ts';

/** How many attributes are named that are not taken from a template. */
const MOST_NAMED = 4;

export interface OrderSetup {
  readonly template: Draft | undefined;
  readonly mapping: Hl7Mapping | undefined;
  /** What is wrong with the mapping file. */
  readonly faults: readonly Diagnostic[];
}

/** Reads template and mapping. @throws WltoolError */
export async function orderSetup({ template, hl7Mapping }: Dump2wlOptions, work: Work, io: Io): Promise<OrderSetup> {
  const reading = hl7Mapping === undefined ? undefined : readMapping(await readInput(hl7Mapping, io), io.now());
  return {
    template: template === undefined ? undefined : await readTemplate(template, work, io),
    mapping: reading?.mapping,
    faults: reading?.diagnostics ?? [],
  };
}

async function readTemplate(path: string, work: Work, io: Io): Promise<Draft> {
  const [draft, ...others] = readDrafts(await readInput(path, io), path, work);
  if (draft === undefined || others.length > 0) {
    throw new UsageError(`${path} holds ${others.length === 0 ? 'no entry' : 'several entries'}; a template is one`);
  }
  const left = makeNeutral(draft.dataSet).map((tag) => lookupTag(tag)?.keyword ?? formatTag(tag));
  if (left.length > 0) {
    const named = left.slice(0, MOST_NAMED).join(', ');
    const more = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : '';
    const message = `not taken, because it is one patient's or one order's: ${named}${more} (for all orders: --set KEY=VALUE)`;
    draft.notes.push({ severity: 'warning', message });
  }
  // Before the orders' text goes in, which the template's own character set may lack.
  if (work.charset !== undefined) {
    const source = draft.kind === 'dump' ? 'ISO_IR 192' : undefined;
    const report = (_: object, message: string) => draft.notes.push({ severity: 'warning', message });
    recodeText(draft.dataSet, { target: work.charset, source, report });
  }
  return draft;
}
