/** Text that cannot be read in the character set that holds for it (PS3.5 6.1). */

import { isAscii } from '../dicom/charset/ascii.ts';
import { charsetProblems, decodeStrict, isKnownCharset } from '../dicom/charset/text-codec.ts';
import { TAG } from '../dicom/tag.ts';
import type { TagPathStep } from '../dicom/tag-path.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import { type ItemView, viewItem } from './entry-view.ts';
import type { Finding } from './lint-finding.ts';

export function lintText(view: ItemView, path: readonly TagPathStep[] = []): Finding[] {
  const findings: Finding[] = [];
  const { dataSet, charset } = view;
  if (dataSet.has(TAG.SpecificCharacterSet) && !isKnownCharset(charset)) {
    const message = charsetProblems(charset).join(', ');
    findings.push({ severity: 'error', path, tag: TAG.SpecificCharacterSet, message });
  }
  for (const element of dataSet) {
    const { tag } = element;
    if (element.kind === 'sequence') {
      for (const [item, inner] of element.items.entries()) {
        findings.push(...lintText(viewItem(view, inner), [...path, { tag, item }]));
      }
    } else if (element.kind === 'value' && !isAscii(element.value)) {
      const vr = decidedVr(element.vr);
      if (vrTraits(vr).kind !== 'text') continue;
      const { problem } = decodeStrict(element.value, charset, vr);
      if (problem !== undefined) findings.push({ severity: 'error', path, tag, message: unreadable(problem, charset) });
    }
  }
  return findings;
}

function unreadable(problem: string, charset: string): string {
  return charset === ''
    ? `cannot be read, as no character set is declared: ${problem}`
    : `cannot be read in the character set ${charset}: ${problem}`;
}
