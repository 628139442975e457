/** Takes the elements of one reading into their data sets, and keeps count of what is odd about them. */

import type { DataSet, Element, SequenceElement } from '../dicom/data-set.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator, makeTag, type Tag } from '../dicom/tag.ts';
import type { ElementHeader } from './element-header.ts';
import { privateCreatorOf } from './implicit-vr.ts';
import { type ElementPlace, type ReadingReport, ReadingStop } from './reading-report.ts';

/**
 * An element out of tag order is put where it belongs, past all that are behind it: so many moves are made, no more.
 * They take a tenth of a second; a file of nothing but disorder would take hours.
 */
const MAX_MOVES = 50_000_000;

export class ElementIntake {
  /** Private elements without a creator before them: no name is known for them. */
  readonly strayPrivates = new Set<Element>();
  /** How many second elements of a tag were left out: lengths around them are not those of what is kept. */
  dropped = 0;
  readonly #report: ReadingReport;
  readonly #maxElements: number | undefined;
  readonly #lateCreators = new Set<Element>();
  #count = 0;
  #moves = 0;

  constructor(report: ReadingReport, maxElements: number | undefined) {
    this.#report = report;
    this.#maxElements = maxElements;
  }

  /** Counts an element or item, before anything is made of it. @throws ReadingStop beyond the limit */
  count(offset: number): void {
    this.#count += 1;
    if (this.#maxElements === undefined || this.#count <= this.#maxElements) return;
    throw new ReadingStop(this.#report.damage('too-many', `more than ${this.#maxElements} elements`, offset));
  }

  /** Adds the element unless its tag is taken; says whether it did. */
  add(dataSet: DataSet, place: ElementPlace, element: Element): boolean {
    const added = dataSet.insert(element);
    if (!added) {
      this.#report.warn('duplicate', 'occurs twice; the second one is dropped', place);
      this.dropped++;
    } else if (isPrivate(element.tag) && !this.#hasCreator(element.tag, dataSet)) {
      this.strayPrivates.add(element);
    }
    return added;
  }

  /** Notes the length field of a sequence that was added, where it is not the length of what was read. */
  keepLength(dataSet: DataSet, element: SequenceElement, storedLength: number): void {
    const kept = { ...element, storedLength };
    dataSet.set(kept);
    if (this.strayPrivates.delete(element)) this.strayPrivates.add(kept);
  }

  /** For an element that was read behind one of a higher tag. @throws ReadingStop where there is nothing but disorder */
  noteDisorder(dataSet: DataSet, header: ElementHeader): void {
    this.#report.warn('order', 'stands out of tag order', header);
    this.#moves += dataSet.size;
    if (this.#moves > MAX_MOVES) {
      const message = 'too many elements stand out of tag order';
      throw new ReadingStop(this.#report.damage('order', message, header.start));
    }
    const late = isPrivateCreator(header.tag) ? dataSet.get(header.tag) : undefined;
    if (late !== undefined) this.#lateCreators.add(late);
    // Zeros behind the end read as elements (0000,0000) without VR; no data set holds such a thing.
    const zeros = this.#report.atTop && header.tag === 0 && header.foreignVr === '\0\0';
    if (!zeros || this.#report.losses.some((loss) => loss.code === 'bytes-behind')) return;
    this.#report.losses.push(this.#report.problem('bytes-behind', 'zero bytes behind the end of the data set', header));
  }

  /** DCMTK takes no note of a creator that stands out of tag order; nor does the standard allow it there. */
  #hasCreator(tag: Tag, dataSet: DataSet): boolean {
    const creator = dataSet.get(makeTag(groupOf(tag), elementOf(tag) >>> 8));
    return creator !== undefined && !this.#lateCreators.has(creator) && privateCreatorOf(tag, dataSet) !== undefined;
  }
}
