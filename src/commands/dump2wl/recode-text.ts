/** All text of a data set in another character set (PS3.5 6.1.2). */

import { decodeStrict, encodeText } from '../../dicom/charset/text-codec.ts';
import { type DataSet, specificCharacterSet, valueElement } from '../../dicom/data-set.ts';
import { paddedText, paddedValue } from '../../dicom/padded-value.ts';
import { TAG } from '../../dicom/tag.ts';
import { formatTagPath, type TagPath } from '../../dicom/tag-path.ts';
import { vrTraits } from '../../dicom/vr.ts';

const UTF_8 = 'ISO_IR 192';

export interface RecodeRequest {
  /** The set to write. */
  readonly target: string;
  /** What the bytes are in, whatever (0008,0005) says; undefined: what it says. */
  readonly source: string | undefined;
  /** Told of each value that did not come through whole. */
  readonly report: (element: object, message: string) => void;
}

function withoutPadding(text: string): string {
  let length = text.length;
  while (text[length - 1] === ' ') length--;
  return text.slice(0, length);
}

/** Encodes the text values anew and declares the set, at the top level alone. */
export function recodeText(dataSet: DataSet, request: RecodeRequest): void {
  recodeElements(dataSet, request, '', []);
  if (request.target === '') dataSet.delete(TAG.SpecificCharacterSet);
  else dataSet.set(valueElement(TAG.SpecificCharacterSet, 'CS', paddedText(request.target, 'CS')));
}

function recodeElements(dataSet: DataSet, request: RecodeRequest, inherited: string, path: TagPath): void {
  const charset = request.source ?? specificCharacterSet(dataSet, inherited);
  for (const element of [...dataSet.elements]) {
    const { tag } = element;
    if (element.kind === 'sequence') {
      for (const [item, { dataSet: inner }] of element.items.entries()) {
        recodeElements(inner, request, charset, [...path, { tag, item }]);
      }
    } else if (element.kind === 'value' && vrTraits(element.vr).charset && element.value.length > 0) {
      const { text, problem } = decodeStrict(element.value, charset, element.vr);
      if (problem !== undefined) {
        const why = request.source === undefined ? '' : ', which --charset takes the text of a dump for';
        const what = charset === UTF_8 ? 'UTF-8' : charset === '' ? 'ASCII' : charset;
        request.report(element, `${formatTagPath(path, tag)} is not ${what}${why}: ${problem}`);
      }
      const { bytes, lost } = encodeText(withoutPadding(text), request.target, element.vr);
      // What stands for bytes that could not be read is lost already.
      if (lost.length > 0 && problem === undefined) {
        const characters = lost.map((character) => `"${character}"`).join(', ');
        request.report(element, `${formatTagPath(path, tag)}: ${request.target || 'ASCII'} lacks ${characters}`);
      }
      dataSet.set(valueElement(tag, element.vr, paddedValue(bytes, element.vr)));
    }
  }
  dataSet.delete(TAG.SpecificCharacterSet);
}
