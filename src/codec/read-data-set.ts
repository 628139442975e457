/**
 * Bytes to data set (PS3.5 7), in any transfer syntax. Damage never throws: what was read until
 * there is kept, and the reading says what is wrong and where. Every length is checked against
 * the bytes at hand before anything is made of it, so memory stays in proportion to the input.
 */

import { DataSet, type Element, type Item } from '../dicom/data-set.ts';
import { formatTag, TAG, type Tag } from '../dicom/tag.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import type { DataError } from '../errors.ts';
import { ByteCursor } from './byte-cursor.ts';
import { swapUnits } from './byte-order.ts';
import { type ElementHeader, readElementHeader, UNDEFINED_LENGTH } from './element-header.ts';
import { ElementIntake } from './element-intake.ts';
import { inflateDataSet } from './inflate.ts';
import { plausibleElement } from './plausible-element.ts';
import { ReadingReport, ReadingStop } from './reading-report.ts';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

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
  readonly #intake: ElementIntake;
  #syntax: TransferSyntax;

  constructor(bytes: Uint8Array, syntax: TransferSyntax, options: ReadOptions) {
    this.#cursor = new ByteCursor(bytes, options.start ?? 0, syntax.bigEndian);
    this.#syntax = syntax;
    this.#options = options;
    this.#report = new ReadingReport(options.file);
    this.#intake = new ElementIntake(this.#report, options.maxElements);
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
      strayPrivates: this.#intake.strayPrivates,
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
      this.#intake.count(header.start);
      if (end !== OPEN_END) this.#checkFits(header, end);
      this.#readElement(dataSet, header);
      if (header.tag < last) this.#intake.noteDisorder(dataSet, header);
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
    // The usual element first: a spread costs as much as all the rest of it.
    const usual = { kind: 'value' as const, tag, vr, value };
    const element =
      foreignVr === undefined && !cut
        ? usual
        : { ...usual, ...(foreignVr !== undefined && { foreignVr }), ...(cut && { storedLength: length }) };
    this.#intake.add(dataSet, header, element);
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
    const added = this.#intake.add(dataSet, header, element);
    const droppedBefore = this.#intake.dropped;
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
      const differs = !undefinedLength && (!whole || cursor.position !== end || this.#intake.dropped > droppedBefore);
      if (added && differs) this.#intake.keepLength(dataSet, element, header.length);
    }
    if (!undefinedLength && cursor.position !== end) {
      const message = `has length ${header.length}, but its items take ${cursor.position - start}`;
      this.#report.warn('sequence-length', message, header);
    }
  }

  /** Reads one item; false at the sequence delimiter. */
  #readItem(items: Item[], sequence: ElementHeader): boolean {
    const cursor = this.#cursor;
    const { tag, length } = this.#readItemHeader(sequence);
    if (tag === TAG.SequenceDelimitationItem) return false;
    this.#intake.count(cursor.position);
    const undefinedLength = length === UNDEFINED_LENGTH;
    const dataSet = new DataSet();
    const index = items.push({ dataSet, undefinedLength }) - 1;
    this.#report.path.push({ tag: sequence.tag, item: index });
    const end = undefinedLength ? OPEN_END : cursor.position + length;
    const droppedBefore = this.#intake.dropped;
    let whole = false;
    try {
      this.#readElements(dataSet, end);
      whole = true;
    } finally {
      const differs = !undefinedLength && (!whole || cursor.position !== end || this.#intake.dropped > droppedBefore);
      if (differs) items[index] = { dataSet, undefinedLength, storedLength: length };
    }
    this.#report.path.pop();
    return true;
  }

  /** Encapsulated pixel data (PS3.5 A.4): items of octets up to the sequence delimiter. */
  #readFragments(dataSet: DataSet, header: ElementHeader, vr: 'OB' | 'OW'): void {
    const fragments: Uint8Array[] = [];
    this.#intake.add(dataSet, header, { kind: 'fragments', tag: header.tag, vr, fragments });
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

  /** A compressed transfer syntax has no place for pixel data of explicit length (PS3.5 A.4). */
  #nativePixelData(dataSet: DataSet): DataError | undefined {
    if (!this.#syntax.encapsulated || dataSet.get(TAG.PixelData)?.kind !== 'value') return undefined;
    const message = `has an explicit length, which ${this.#syntax.name} does not permit`;
    return this.#report.finding('explicit-pixel-data', message, TAG.PixelData);
  }
}
