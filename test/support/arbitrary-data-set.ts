/** Random data sets for property tests: every VR, nesting, private and unknown elements, both kinds of length. */

import fc from 'fast-check';
import { DataSet, type Element, type Item, type ValueElement } from '../../src/dicom/data-set.ts';
import { lookupTag } from '../../src/dicom/dictionary.ts';
import { makeTag, type Tag } from '../../src/dicom/tag.ts';
import { ALL_VRS, decidedVr, type Vr, vrTraits } from '../../src/dicom/vr.ts';

/** Groups that a data set may use: known, private and unknown ones; not 0, 2, 7fe0 or fffe. */
const GROUPS = [0x0008, 0x0010, 0x0018, 0x0020, 0x0028, 0x0032, 0x0038, 0x0040, 0x0009, 0x0041, 0x1235, 0x4321];

export const arbitraryTag: fc.Arbitrary<Tag> = fc
  .tuple(fc.constantFrom(...GROUPS), fc.integer({ min: 1, max: 0xffff }))
  .map(([group, element]) => makeTag(group, element));

function arbitraryValue(vr: Vr): fc.Arbitrary<Uint8Array> {
  const { unit } = vrTraits(vr);
  const step = Math.max(2, unit);
  return fc
    .uint8Array({ minLength: 0, maxLength: 24 })
    .map((bytes) => bytes.subarray(0, bytes.length - (bytes.length % step)));
}

const arbitraryValueElement: fc.Arbitrary<ValueElement> = fc
  .tuple(arbitraryTag, fc.constantFrom(...ALL_VRS.filter((vr) => vr !== 'SQ')))
  .chain(([tag, vr]) => arbitraryValue(vr).map((value): ValueElement => ({ kind: 'value', tag, vr, value })));

const tree = fc.letrec<{ dataSet: DataSet; element: Element }>((tie) => ({
  dataSet: fc.array(tie('element'), { maxLength: 6 }).map((elements) => new DataSet(elements)),
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    arbitraryValueElement,
    fc
      .tuple(arbitraryTag, fc.array(fc.tuple(tie('dataSet'), fc.boolean()), { maxLength: 3 }), fc.boolean())
      .map(([tag, parts, undefinedLength]): Element => {
        const items = parts.map(([dataSet, undefinedItem]): Item => ({ dataSet, undefinedLength: undefinedItem }));
        return { kind: 'sequence', tag, vr: 'SQ', items, undefinedLength };
      }),
  ),
}));

/** Data sets for explicit VR encodings. */
export const arbitraryDataSet: fc.Arbitrary<DataSet> = tree.dataSet;

/**
 * The same as an implicit VR encoding carries it: the VR is the dictionary's, and no element is
 * a sequence but where the dictionary says so or the length is undefined.
 */
export function asImplicit(dataSet: DataSet): DataSet {
  const result = new DataSet();
  for (const element of dataSet.elements) {
    const entry = lookupTag(element.tag);
    if (element.kind === 'sequence') {
      if (entry !== undefined && entry.vr !== 'SQ') continue;
      const items = element.items.map((item) => ({ ...item, dataSet: asImplicit(item.dataSet) }));
      result.set({ ...element, items, undefinedLength: entry === undefined ? true : element.undefinedLength });
    } else if (element.kind === 'value') {
      const vr = entry?.vr ?? '??';
      if (decidedVr(vr) !== 'SQ') result.set({ ...element, vr });
    }
  }
  return result;
}

/** What a test compares: the tree as plain values, bytes as hex. */
export function plain(dataSet: DataSet): unknown {
  return dataSet.elements.map((element) => {
    const { tag, vr } = element;
    switch (element.kind) {
      case 'value':
        return { tag, vr, hex: Buffer.from(element.value).toString('hex') };
      case 'sequence':
        return {
          tag,
          vr,
          undefinedLength: element.undefinedLength,
          items: element.items.map((item) => [item.undefinedLength, plain(item.dataSet)]),
        };
      case 'fragments':
        return { tag, vr, fragments: element.fragments.map((fragment) => Buffer.from(fragment).toString('hex')) };
      default:
        return element satisfies never;
    }
  });
}
