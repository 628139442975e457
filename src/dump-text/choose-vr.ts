/** Which VR an element gets: the one written, else the dictionary's, as dump2dcm decides. */

import { bulkVr } from '../codec/implicit-vr.ts';
import { type DictionaryEntry, lookupTag } from '../dicom/dictionary.ts';
import { formatTag, type Tag } from '../dicom/tag.ts';
import { decidedVr, type ElementVr, type Vr } from '../dicom/vr.ts';
import type { Findings } from './findings.ts';
import type { ElementLine } from './line.ts';

/** What the dictionary may call an element whose VR is one of several. */
const ALTERNATIVES: Partial<Record<ElementVr, readonly Vr[]>> = {
  xs: ['US', 'SS'],
  lt: ['US', 'SS', 'OW'],
  ox: ['OB', 'OW'],
  px: ['OB', 'OW'],
  up: ['UL'],
};

function agrees(vr: Vr, known: ElementVr): boolean {
  return vr === known || ALTERNATIVES[known]?.includes(vr) === true;
}

/** The VR of an element without one: of alternatives, the one that dump2dcm takes. */
function vrOfDictionary(tag: Tag, entry: DictionaryEntry | undefined): Vr {
  if (entry === undefined) return 'UN';
  return entry.vr === 'ox' ? (bulkVr(tag) ?? 'OB') : decidedVr(entry.vr);
}

export interface VrChoice {
  readonly vr: Vr;
  readonly entry: DictionaryEntry | undefined;
}

/** Decides; `written` is the VR in the text, if it is one. */
export function chooseVr(line: ElementLine, written: Vr | undefined, findings: Findings): VrChoice {
  const { tag } = line;
  // Without the private creator: so dump2dcm looks up, and a creator may stand further down.
  const entry = lookupTag(tag);
  if (written === undefined) {
    if (entry === undefined) {
      findings.warning(
        line.vrSpan,
        `the VR of ${formatTag(tag)} is unknown; UN is written`,
        'write the VR behind the tag',
      );
    }
    return { vr: vrOfDictionary(tag, entry), entry };
  }
  if (entry !== undefined && !agrees(written, entry.vr)) {
    const right = ALTERNATIVES[entry.vr]?.join(' or ') ?? entry.vr;
    findings.warning(line.vrSpan, `VR ${written} is written, but ${entry.keyword} has ${right}`);
  }
  return { vr: written, entry };
}
