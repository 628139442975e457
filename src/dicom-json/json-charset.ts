/** Which character set the text of a JSON object is to be encoded in. JSON itself is always UTF-8 (PS3.18 F.2). */

import { type Element, valueElement } from '../dicom/data-set.ts';
import { TAG } from '../dicom/tag.ts';

const UTF8 = 'ISO_IR 192';
const KEY = '00080005';

interface Charset {
  /** As raw text of (0008,0005). */
  readonly charset: string;
  /** A (0008,0005) that takes the place of what the JSON says. */
  readonly element?: Element;
}

/**
 * The set named by (0008,0005) in the object, or inherited from around it; UTF-8 where none is named
 * or `asUtf8` wants it so.
 */
export function charsetsOf(object: object, inherited: string | undefined, asUtf8: boolean): Charset {
  const named = namedCharset(object);
  const isRoot = inherited === undefined;
  if (named === undefined) {
    if (!isRoot) return { charset: inherited };
    // Without (0008,0005) the data set stays plain while its text is.
    const needsUtf8 = asUtf8 || hasForeignText(object);
    return needsUtf8 ? utf8() : { charset: UTF8 };
  }
  return asUtf8 ? utf8() : { charset: named };
}

/** True where text beyond ASCII stands in the object, or in items that name no character set of their own. */
function hasForeignText(value: unknown): boolean {
  if (typeof value === 'string') return /[^\0-\x7f]/.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part: unknown) => namedCharset(part) === undefined && hasForeignText(part));
}

function utf8(): Charset {
  return { charset: UTF8, element: valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from(UTF8)) };
}

function namedCharset(object: unknown): string | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  const attribute: unknown = Object.entries(object).find(([key]) => key === KEY)?.[1];
  if (typeof attribute !== 'object' || attribute === null || !('Value' in attribute)) return undefined;
  const { Value: values } = attribute;
  if (!Array.isArray(values)) return undefined;
  return values.map((value: unknown) => (typeof value === 'string' ? value : '')).join('\\');
}
