/**
 * Bytes to data set (PS3.5 7), in any transfer syntax. Damage never throws: what was read until
 * there is kept, and the reading says what is wrong and where. Every length is checked against
 * the bytes at hand before anything is made of it, so memory stays in proportion to the input.
 */

import { DataSet, type Element, type Item, type SequenceElement } from '../dicom/data-set.ts';
import { elementOf, formatTag, groupOf, isPrivate, isPrivateCreator, makeTag, TAG, type Tag } from '../dicom/tag.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import type { DataError } from '../errors.ts';
import { ByteCursor } from './byte-cursor.ts';
import { swapUnits } from './byte-order.ts';
import { type ElementHeader, readElementHeader, UNDEFINED_LENGTH } from './element-header.ts';
import { privateCreatorOf } from './implicit-vr.ts';
import { inflateDataSet } from './inflate.ts';
import { plausibleElement } from './plausible-element.ts';
import { ReadingReport, ReadingStop } from './reading-report.ts';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

/**
 * An element out of tag order is put where it belongs, past all that are behind it: so many moves are made, no more.
 * They take a tenth of a second; a file of nothing but disorder would take hours.
 */
const MAX_MOVES = 50_000_000;
/** Deeper nesting is refused: no worklist needs it, and the call stack has an end. */
const MAX_DEPTH = 512;
/** The end of what only a delimiter or the end of the bytes ends. */
const OPEN_END = Number.POSITIVE_INFINITY;

export interface ReadOptions {
  /** Name for messages. */
  readonly file?: string | undefined;
  /** First byte to read. Default 0. */
  readonly start?: number;
  /** Read no element that begins at or behind this position. Default: the end of the bytes. */
  readonly stopAt?: number;
  /** Read only elements of this group: file meta information without a length. */
  readonly onlyGroup?: number;
  /** Refuse more elements and items than this, at whatever depth. Default: as many as the bytes hold. */
  readonly maxElements?: number | undefined;
  /** What a deflated data set may swell to. Default: 16 MiB and a hundred times its size. */
  readonly maxInflated?: number | undefined;
}

export interface DataSetReading {
  /** All that was read; incomplete when `error` is set. */
  readonly dataSet: DataSet;
  /** Oddities without loss: odd lengths, elements out of order, VR letters that name none. */
  readonly warnings: readonly DataError[];
  /** The data set is whole as far as it goes, but the bytes held more: say so and exit non-zero. */
  readonly losses: readonly DataError[];
  /** The damage that ended the reading. */
  readonly error?: DataError;
  /** Private elements that stood before the creator of their block: no name is known for them. */
  readonly strayPrivates: ReadonlySet<Element>;
  /** Where the reading ended in `bytes` (of the inflated bytes in the deflated syntax). */
  readonly end: number;
}

/** Reads a data set without file meta information; see DataSetReading for damaged bytes. */
export function readDataSet(bytes: Uint8Array, syntax: TransferSyntax, options: ReadOptions = {}): DataSetReading {
  if (!syntax.deflated) return new Reader(bytes, syntax, options).read();
  const { file, maxElements, maxInflated } = options;
  const inflated = inflateDataSet(bytes.subarray(options.start ?? 0), file, maxInflated);
  const reading = new Reader(inflated.bytes, EXPLICIT_LITTLE, { file, maxElements }).read();
  return inflated.error === undefined ? reading : { ...reading, error: inflated.error };
}

class Reader {
  readonly #cursor: ByteCursor;
  readonly #options: ReadOptions;
  readonly #report: ReadingReport;
  readonly #strayPrivates = new Set<Element>();
  readonly #lateCreators = new Set<Element>();
  /** How many second elements of a tag were left out: lengths around them are not those of what is kept. */
  #dropped = 0;
  #elements = 0;
  #moves = 0;
  #syntax: TransferSyntax;

  constructor(bytes: Uint8Array, syntax: TransferSyntax, options: ReadOptions) {
    this.#cursor = new ByteCursor(bytes, options.start ?? 0, syntax.bigEndian);
    this.#syntax = syntax;
    this.#options = options;
    this.#report = new ReadingReport(options.file);
  }

  read(): DataSetReading {
    const dataSet = new DataSet();
    let error: DataError | undefined;
    try {
      this.#readElements(dataSet, OPEN_END);
      error = this.#nativePixelData(dataSet);
    } catch (stop) {
      if (!(stop instanceof ReadingStop)) throw stop;
      if (stop.complete) this.#report.losses.push(stop.error);
      else error = stop.error;
    }
    return {
      dataSet,
      warnings: this.#report.warnings,
      losses: this.#report.losses,
      strayPrivates: this.#strayPrivates,
      end: this.#cursor.position,
      ...(error === undefined ? {} : { error }),
    };
  }

  /** Elements up to `end`, an item delimiter, or the end of the bytes. */
  #readElements(dataSet: DataSet, end: number): void {
    const cursor = this.#cursor;
    const top = this.#report.atTop;
    let last = -1;
    while (cursor.position < end && cursor.rest > 0) {
      if (top && !this.#wanted()) return;
      if (top && last >= 0 && this.#nothingMeant(last)) {
        const message = `${cursor.rest} ${cursor.rest === 1 ? 'byte' : 'bytes'} behind the end of the data set`;
        throw new ReadingStop(this.#report.damage('bytes-behind', message, cursor.position), true);
      }
      const header = readElementHeader(cursor, this.#syntax.explicitVr, dataSet, this.#report);
      if (header.tag === TAG.ItemDelimitationItem) {
        if (!top) return;
        const message = 'an item delimiter in the data set hides all that follows it';
        throw new ReadingStop(this.#report.problem('item-delimiter', message, header), true);
      }
      this.#count(header.start);
      if (end !== OPEN_END) this.#checkFits(header, end);
      this.#readElement(dataSet, header);
      if (header.tag < last) {
        this.#outOfOrder(header, dataSet);
        const late = isPrivateCreator(header.tag) ? dataSet.get(header.tag) : undefined;
        if (late !== undefined) this.#lateCreators.add(late);
      }
      last = Math.max(last, header.tag);
    }
    if (top) return;
    if (end === OPEN_END) {
      const message = 'the item has no end: its delimiter (fffe,e00d) is missing';
      throw new ReadingStop(this.#report.damage('item-end', message, cursor.position));
    }
    if (cursor.position < end) {
      const message = `the item ends ${end - cursor.position} bytes before its length`;
      throw new ReadingStop(this.#report.damage('item-end', message, cursor.position));
    }
  }

  #readElement(dataSet: DataSet, header: ElementHeader): void {
    const { tag, length } = header;
    if (tag === TAG.Item || tag === TAG.SequenceDelimitationItem) {
      const message = `${formatTag(tag)} where a data element belongs`;
      throw new ReadingStop(this.#report.problem('invalid-tag', message, header));
    }
    const vr = decidedVr(header.vr);
    if (vr === 'SQ') {
      this.#readSequence(dataSet, header, 'SQ');
    } else if (length !== UNDEFINED_LENGTH) {
      this.#readValue(dataSet, header);
    } else if (vr === 'UN') {
      this.#readUnknownSequence(dataSet, header);
    } else if (tag === TAG.PixelData && (vr === 'OB' || vr === 'OW')) {
      this.#readFragments(dataSet, header, vr);
    } else {
      const message = `undefined length, which VR ${vr} cannot have here`;
      throw new ReadingStop(this.#report.problem('undefined-length', message, header));
    }
  }

  #readValue(dataSet: DataSet, header: ElementHeader): void {
    const { tag, vr, length, foreignVr } = header;
    if (length % 2 === 1) this.#report.warn('odd-length', `has the odd length ${length}`, header);
    const present = this.#cursor.take(length);
    const value = this.#syntax.bigEndian ? swapUnits(present, vrTraits(vr).unit) : present;
    const cut = present.length < length;
    this.#add(dataSet, header, {
      kind: 'value',
      tag,
      vr,
      value,
      ...(foreignVr === undefined ? {} : { foreignVr }),
      ...(cut ? { storedLength: length } : {}),
    });
    if (cut) {
      const message = `promises ${length} bytes, but only ${present.length} are left: the file was cut`;
      throw new ReadingStop(this.#report.problem('truncated', message, header));
    }
  }

  /** UN of undefined length is a sequence in implicit VR little endian (PS3.5 6.2.2 note 2). */
  #readUnknownSequence(dataSet: DataSet, header: ElementHeader): void {
    const outer = this.#syntax;
    this.#useSyntax(IMPLICIT_LITTLE);
    // In implicit VR an unknown element of undefined length is a plain sequence; in explicit VR the file says UN.
    this.#readSequence(dataSet, header, outer.explicitVr ? 'UN' : 'SQ');
    this.#useSyntax(outer);
  }

  #useSyntax(syntax: TransferSyntax): void {
    this.#syntax = syntax;
    this.#cursor.bigEndian = syntax.bigEndian;
  }

  #readSequence(dataSet: DataSet, header: ElementHeader, vr: 'SQ' | 'UN'): void {
    const cursor = this.#cursor;
    const undefinedLength = header.length === UNDEFINED_LENGTH;
    const items: Item[] = [];
    const start = cursor.position;
    const end = undefinedLength ? OPEN_END : start + header.length;
    const element = { kind: 'sequence' as const, tag: header.tag, vr, items, undefinedLength };
    const added = this.#add(dataSet, header, element);
    const droppedBefore = this.#dropped;
    let whole = false;
    if (this.#report.path.length >= MAX_DEPTH) {
      const message = `sequences are nested more than ${MAX_DEPTH} deep`;
      throw new ReadingStop(this.#report.problem('depth', message, header));
    }
    try {
      if (cursor.rest === 0 && header.length > 0) {
        // DCMTK takes a file that ends right here for whole; the items are lost all the same.
        const message = 'the file ends right after the header of this sequence';
        throw new ReadingStop(this.#report.problem('truncated', message, header), this.#report.atTop);
      }
      while (cursor.position < end && this.#readItem(items, header));
      whole = true;
    } finally {
      const differs = !undefinedLength && (!whole || cursor.position !== end || this.#dropped > droppedBefore);
      if (added && differs) this.#keepLength(dataSet, element, header.length);
    }
    if (!undefinedLength && cursor.position !== end) {
      const message = `has length ${header.length}, but its items take ${cursor.position - start}`;
      this.#report.warn('sequence-length', message, header);
    }
  }

  #keepLength(dataSet: DataSet, element: SequenceElement, storedLength: number): void {
    const kept = { ...element, storedLength };
    dataSet.set(kept);
    if (this.#strayPrivates.delete(element)) this.#strayPrivates.add(kept);
  }

  /** Reads one item; false at the sequence delimiter. */
  #readItem(items: Item[], sequence: ElementHeader): boolean {
    const cursor = this.#cursor;
    const { tag, length } = this.#readItemHeader(sequence);
    if (tag === TAG.SequenceDelimitationItem) return false;
    this.#count(cursor.position);
    const undefinedLength = length === UNDEFINED_LENGTH;
    const dataSet = new DataSet();
    const index = items.push({ dataSet, undefinedLength }) - 1;
    this.#report.path.push({ tag: sequence.tag, item: index });
    const end = undefinedLength ? OPEN_END : cursor.position + length;
    const droppedBefore = this.#dropped;
    let whole = false;
    try {
      this.#readElements(dataSet, end);
      whole = true;
    } finally {
      const differs = !undefinedLength && (!whole || cursor.position !== end || this.#dropped > droppedBefore);
      if (differs) items[index] = { dataSet, undefinedLength, storedLength: length };
    }
    this.#report.path.pop();
    return true;
  }

  #count(offset: number): void {
    const { maxElements } = this.#options;
    this.#elements += 1;
    if (maxElements === undefined || this.#elements <= maxElements) return;
    throw new ReadingStop(this.#report.damage('too-many', `more than ${maxElements} elements`, offset));
  }

  /** Encapsulated pixel data (PS3.5 A.4): items of octets up to the sequence delimiter. */
  #readFragments(dataSet: DataSet, header: ElementHeader, vr: 'OB' | 'OW'): void {
    const fragments: Uint8Array[] = [];
    this.#add(dataSet, header, { kind: 'fragments', tag: header.tag, vr, fragments });
    for (;;) {
      const { tag, length, start } = this.#readItemHeader(header);
      if (tag === TAG.SequenceDelimitationItem) return;
      const fragment = this.#cursor.take(length);
      fragments.push(fragment);
      if (fragment.length < length) {
        const message = `fragment ${fragments.length - 1} promises ${length} bytes, but only ${fragment.length} are left`;
        throw new ReadingStop(this.#report.problem('truncated', message, { tag: header.tag, start }));
      }
    }
  }

  /** Tag and length of an item or of the delimiter behind the last one. */
  #readItemHeader(sequence: ElementHeader): { tag: Tag; length: number; start: number } {
    const start = this.#cursor.position;
    if (this.#cursor.rest < 8) {
      const message = 'the sequence has no end: its delimiter (fffe,e0dd) is missing';
      throw new ReadingStop(this.#report.problem('sequence-end', message, sequence));
    }
    const tag = this.#cursor.readTag();
    const length = this.#cursor.readUint32();
    if (tag === TAG.Item || tag === TAG.SequenceDelimitationItem) return { tag, length, start };
    const message = `${formatTag(tag)} where an item (fffe,e000) or the end of the sequence belongs`;
    throw new ReadingStop(this.#report.problem('sequence-end', message, { tag: sequence.tag, start }));
  }

  #add(dataSet: DataSet, header: ElementHeader, element: Element): boolean {
    const added = dataSet.insert(element);
    if (!added) this.#report.warn('duplicate', 'occurs twice; the second one is dropped', header);
    else if (isPrivate(element.tag) && !this.#hasCreator(element.tag, dataSet)) this.#strayPrivates.add(element);
    if (!added) this.#dropped++;
    return added;
  }

  /** DCMTK takes no note of a creator that stands out of tag order; nor does the standard allow it there. */
  #hasCreator(tag: Tag, dataSet: DataSet): boolean {
    const creator = dataSet.get(makeTag(groupOf(tag), elementOf(tag) >>> 8));
    return creator !== undefined && !this.#lateCreators.has(creator) && privateCreatorOf(tag, dataSet) !== undefined;
  }

  /** Whether the options let the next element of the data set be read. */
  #wanted(): boolean {
    const { stopAt, onlyGroup } = this.#options;
    if (stopAt !== undefined && this.#cursor.position >= stopAt) return false;
    return onlyGroup === undefined || this.#cursor.peekUint16() === onlyGroup;
  }

  /** True where the rest is no element. After an odd length the rest may be anything: that is damage. */
  #nothingMeant(last: Tag): boolean {
    const { bytes, position } = this.#cursor;
    return !plausibleElement(bytes, position, this.#syntax, last) && !this.#report.hasWarned('odd-length');
  }

  #checkFits(header: ElementHeader, end: number): void {
    const room = end - this.#cursor.position;
    if (room < 0 || (header.length !== UNDEFINED_LENGTH && header.length > room)) {
      const message = `is ${header.length} bytes long, but its item has only ${Math.max(0, room)} left`;
      throw new ReadingStop(this.#report.problem('item-length', message, header));
    }
  }

  #outOfOrder(header: ElementHeader, dataSet: DataSet): void {
    this.#report.warn('order', 'stands out of tag order', header);
    this.#moves += dataSet.size;
    if (this.#moves > MAX_MOVES) {
      const message = 'too many elements stand out of tag order';
      throw new ReadingStop(this.#report.damage('order', message, header.start));
    }
    // Zeros behind the end read as elements (0000,0000) without VR; no data set holds such a thing.
    const zeros = this.#report.atTop && header.tag === 0 && header.foreignVr === '\0\0';
    if (!zeros || this.#report.losses.some((loss) => loss.code === 'bytes-behind')) return;
    this.#report.losses.push(this.#report.problem('bytes-behind', 'zero bytes behind the end of the data set', header));
  }

  /** A compressed transfer syntax has no place for pixel data of explicit length (PS3.5 A.4). */
  #nativePixelData(dataSet: DataSet): DataError | undefined {
    if (!this.#syntax.encapsulated || dataSet.get(TAG.PixelData)?.kind !== 'value') return undefined;
    const message = `has an explicit length, which ${this.#syntax.name} does not permit`;
    return this.#report.finding('explicit-pixel-data', message, TAG.PixelData);
  }
}
