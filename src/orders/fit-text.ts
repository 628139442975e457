/** Text from elsewhere as a DICOM value of one VR may hold it (PS3.5 6.2). */

import { type ElementVr, vrTraits } from '../dicom/vr.ts';

const LINE_BREAK = /\r\n?|\n/g;
/** C0, DEL and C1 but TAB, LF, FF, CR. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g;
const SPACING = /[\t\n\f\r]+/g;

function withoutControls(text: string, vr: ElementVr): string {
  const printable = text.replace(CONTROL, '');
  // ST, LT and UT have lines, and CR LF between them; elsewhere a line break is as good as a blank.
  const { multiple, charset } = vrTraits(vr);
  return charset && !multiple
    ? printable.replace(LINE_BREAK, '\r\n').trimEnd()
    : printable.replace(SPACING, ' ').trim();
}

/** Control characters out, lines as DICOM has them, insignificant blanks away, CS in upper case. */
export function fitText(text: string, vr: ElementVr): string {
  const fitted = withoutControls(text, vr);
  return vr === 'CS' ? fitted.toUpperCase() : fitted;
}

/** A backslash separates values in most VRs, so text that is one value cannot hold it: a slash stands for it. */
export function fitOneValue(text: string, vr: ElementVr): string {
  const fitted = fitText(text, vr);
  return vrTraits(vr).multiple ? fitted.replaceAll('\\', '/') : fitted;
}
