/** File meta information, group 0002 (PS3.10 7.1), for a file that is to be written. */

import type { TransferSyntax } from '../codec/transfer-syntax.ts';
import { DataSet, isEmpty, plainText, valueElement } from '../dicom/data-set.ts';
import { paddedText } from '../dicom/padded-value.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import {
  DCMTK_UNSPECIFIED_CLASS,
  generateUid,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
} from '../dicom/uid.ts';
import { type ElementVr, vrTraits } from '../dicom/vr.ts';

const VERSION = Uint8Array.of(0, 1);

export interface FileMetaRequest {
  /** What the user gave of group 0002; other elements than the standard's are kept as they are. */
  readonly given: DataSet | undefined;
  readonly dataSet: DataSet;
  readonly syntax: TransferSyntax;
  /** Take SOP class and instance from the data set even where given otherwise (dump2dcm +Fu). */
  readonly fromDataSet?: boolean;
  /** Source of a new SOP Instance UID. */
  readonly newUid?: () => string;
}

export interface CompletedFileMeta {
  readonly meta: DataSet;
  /** What was odd about the given elements, in words, each with its tag. */
  readonly warnings: readonly { readonly tag: Tag; readonly message: string }[];
}

/**
 * Group 0002 made complete. SOP class and instance come from the given elements, else from the
 * data set (in it at any depth, as DCMTK searches), else DCMTK's unspecified class and a new UID.
 */
export function completeFileMeta(request: FileMetaRequest): CompletedFileMeta {
  const warnings: { tag: Tag; message: string }[] = [];
  const meta = new DataSet(request.given ?? []);
  meta.set(valueElement(TAG.FileMetaInformationGroupLength, 'UL', new Uint8Array(4)));

  const version = meta.value(TAG.FileMetaInformationVersion);
  if (version === undefined || version.length === 0) {
    meta.set(valueElement(TAG.FileMetaInformationVersion, 'OB', VERSION));
  } else if (version.length !== 2 || version[0] !== VERSION[0] || version[1] !== VERSION[1]) {
    warnings.push({ tag: TAG.FileMetaInformationVersion, message: 'is not 00\\01, the only version there is; kept' });
  }

  fillUid(meta, TAG.MediaStorageSOPClassUID, TAG.SOPClassUID, () => DCMTK_UNSPECIFIED_CLASS, request, warnings);
  const newUid = request.newUid ?? generateUid;
  fillUid(meta, TAG.MediaStorageSOPInstanceUID, TAG.SOPInstanceUID, newUid, request, warnings);
  // A VR that was given stays, as dump2dcm has it: the value is what readers go by.
  setUid(meta, TAG.TransferSyntaxUID, request.syntax.uid, givenTextVr(meta, TAG.TransferSyntaxUID));
  setUid(meta, TAG.ImplementationClassUID, IMPLEMENTATION_CLASS_UID);
  meta.set(valueElement(TAG.ImplementationVersionName, 'SH', paddedText(IMPLEMENTATION_VERSION_NAME, 'SH')));
  return { meta, warnings };
}

function fillUid(
  meta: DataSet,
  metaTag: Tag,
  dataTag: Tag,
  fallback: () => string,
  request: FileMetaRequest,
  warnings: { tag: Tag; message: string }[],
): void {
  const found = findUid(request.dataSet, dataTag, []);
  const given = plainText(meta, metaTag);
  if (given !== '' && request.fromDataSet !== true) {
    if (found !== undefined && found.uid !== '' && found.uid !== given) {
      warnings.push({
        tag: metaTag,
        message: `differs from ${formatTagPath(found.path, dataTag)} of the data set; kept`,
      });
    }
    return;
  }
  if (found !== undefined && found.uid !== '') {
    setUid(meta, metaTag, found.uid);
    if (found.path.length > 0) {
      warnings.push({ tag: metaTag, message: `is taken from an item: ${formatTagPath(found.path, dataTag)}` });
    }
    return;
  }
  if (given !== '') return;
  if (found !== undefined) warnings.push({ tag: dataTag, message: 'is empty; treated as absent' });
  setUid(meta, metaTag, fallback());
}

/** The first element of the tag, here or deeper, that is a UI. */
function findUid(
  dataSet: DataSet,
  tag: Tag,
  path: readonly TagPathStep[],
): { uid: string; path: readonly TagPathStep[] } | undefined {
  const own = dataSet.get(tag);
  if (own?.kind === 'value' && own.vr === 'UI') return { uid: isEmpty(own) ? '' : plainText(dataSet, tag), path };
  for (const element of dataSet.elements) {
    if (element.kind !== 'sequence') continue;
    for (const [index, item] of element.items.entries()) {
      const found = findUid(item.dataSet, tag, [...path, { tag: element.tag, item: index }]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function setUid(meta: DataSet, tag: Tag, uid: string, vr: ElementVr = 'UI'): void {
  meta.set(valueElement(tag, vr, paddedText(uid, vr)));
}

function givenTextVr(meta: DataSet, tag: Tag): ElementVr {
  const vr = meta.get(tag)?.vr;
  return vr !== undefined && vrTraits(vr).kind === 'text' ? vr : 'UI';
}
