/**
 * Bytes to data set (PS3.5 7), in any transfer syntax. Damage never throws: what was read until
 * there is kept, and the reading says what is wrong and where. Every length is checked against
 * the bytes at hand before anything is made of it, so memory stays in proportion to the input.
 */

import { DataSet, type Element, type Item } from '../dicom/data-set.ts';
import { formatTag, isPrivate, TAG, type Tag } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import { decidedVr, type ElementVr, isVr, vrTraits } from '../dicom/vr.ts';
import { DataError } from '../errors.ts';
import { swapUnits } from './byte-order.ts';
import { implicitVr, privateCreatorOf } from './implicit-vr.ts';
import { inflateDataSet } from './inflate.ts';
import { plausibleElement } from './plausible-element.ts';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

/** An element and item tag are four bytes, a length is four: nothing shorter can be a header. */
const UNDEFINED_LENGTH = 0xffffffff;
/** Deeper nesting is refused: no worklist needs it, and the call stack has an end. */
const MAX_DEPTH = 512;

export interface ReadOptions {
  /** Name for messages. */
  readonly file?: string | undefined;
  /** Position of `bytes` in the file, so that messages name offsets of the file. Default 0. */
  readonly baseOffset?: number;
  /** Read until this group ends: the file meta information. Default: to the end of the bytes. */
  readonly onlyGroup?: number;
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
  const inflated = inflateDataSet(bytes, options.file);
  const reading = new Reader(inflated.bytes, EXPLICIT_LITTLE, { ...options, baseOffset: 0 }).read();
  return inflated.error === undefined ? reading : { ...reading, error: inflated.error };
}

interface Header {
  readonly tag: Tag;
  readonly vr: ElementVr;
  readonly length: number;
  readonly start: number;
  readonly foreignVr?: string;
}

/** Ends the reading from any depth; `complete` when the data set read so far is whole. */
class Stop {
  readonly error: DataError;
  readonly complete: boolean;
  constructor(error: DataError, complete = false) {
    this.error = error;
    this.complete = complete;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #options: ReadOptions;
  readonly #warnings: DataError[] = [];
  readonly #losses: DataError[] = [];
  readonly #strayPrivates = new Set<Element>();
  readonly #path: TagPathStep[] = [];
  #syntax: TransferSyntax;
  #position = 0;

  constructor(bytes: Uint8Array, syntax: TransferSyntax, options: ReadOptions) {
    this.#bytes = bytes;
    this.#syntax = syntax;
    this.#options = options;
  }

  read(): DataSetReading {
    const dataSet = new DataSet();
    let error: DataError | undefined;
    try {
      this.#readElements(dataSet, Number.POSITIVE_INFINITY);
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      if (stop.complete) this.#losses.push(stop.error);
      else error = stop.error;
    }
    return {
      dataSet,
      warnings: this.#warnings,
      losses: this.#losses,
      strayPrivates: this.#strayPrivates,
      end: this.#position,
      ...(error === undefined ? {} : { error }),
    };
  }

  /** Elements up to `end`, an item delimiter, or the end of the bytes; `end` is infinite at the top and in items of undefined length. */
  #readElements(dataSet: DataSet, end: number): void {
    const top = this.#path.length === 0;
    let last = -1;
    while (this.#position < end && this.#position < this.#bytes.length) {
      if (this.#options.onlyGroup !== undefined && top && !this.#atGroup(this.#options.onlyGroup)) return;
      if (top && last >= 0 && !plausibleElement(this.#bytes, this.#position, this.#syntax, last)) {
        throw new Stop(this.#bytesBehind(), true);
      }
      const header = this.#readHeader(dataSet);
      if (header.tag === TAG.ItemDelimitationItem) {
        const hidden = 'an item delimiter in the data set hides all that follows it';
        if (top) throw new Stop(this.#problem('item-delimiter', hidden, header), true);
        return;
      }
      if (end !== Number.POSITIVE_INFINITY) this.#checkFits(header, end);
      this.#readElement(dataSet, header);
      if (header.tag < last) this.#outOfOrder(header, top);
      last = Math.max(last, header.tag);
    }
    if (!top && end === Number.POSITIVE_INFINITY) {
      throw new Stop(this.#damage('item-end', 'the item has no end: its delimiter (fffe,e00d) is missing'));
    }
    if (!top && this.#position < end) {
      throw new Stop(this.#damage('item-end', `the item ends ${end - this.#position} bytes before its length`));
    }
  }

  #readElement(dataSet: DataSet, header: Header): void {
    const { tag, length } = header;
    if (tag === TAG.Item || tag === TAG.SequenceDelimitationItem) {
      throw new Stop(this.#problem('invalid-tag', `${formatTag(tag)} where a data element belongs`, header));
    }
    const vr = decidedVr(header.vr);
    if (vr === 'SQ') return this.#readSequence(dataSet, header, 'SQ');
    if (length === UNDEFINED_LENGTH) {
      if (vr === 'UN') return this.#readUnknownSequence(dataSet, header);
      if (tag === TAG.PixelData && (vr === 'OB' || vr === 'OW')) return this.#readFragments(dataSet, header, vr);
      throw new Stop(this.#problem('undefined-length', `undefined length, which VR ${vr} cannot have here`, header));
    }
    this.#readValue(dataSet, header, length);
  }

  #readValue(dataSet: DataSet, header: Header, length: number): void {
    const { tag, vr, foreignVr } = header;
    const rest = this.#bytes.length - this.#position;
    if ((length & 1) === 1) this.#warn('odd-length', `has the odd length ${length}`, header);
    const present = this.#bytes.subarray(this.#position, this.#position + Math.min(length, rest));
    const value = this.#syntax.bigEndian ? swapUnits(present, vrTraits(vr).unit) : present;
    const element: Element = {
      kind: 'value',
      tag,
      vr,
      value,
      ...(foreignVr === undefined ? {} : { foreignVr }),
      ...(length > rest ? { storedLength: length } : {}),
    };
    this.#position += present.length;
    this.#add(dataSet, element, header);
    if (length > rest) {
      throw new Stop(
        this.#problem('truncated', `promises ${length} bytes, but only ${rest} are left: the file was cut`, header),
      );
    }
  }

  /** UN of undefined length is a sequence in implicit VR little endian (PS3.5 6.2.2 note 2). */
  #readUnknownSequence(dataSet: DataSet, header: Header): void {
    const outer = this.#syntax;
    this.#syntax = IMPLICIT_LITTLE;
    // An implicit VR element that no dictionary knows is a plain sequence; UN is what the file says.
    this.#readSequence(dataSet, header, outer.explicitVr ? 'UN' : 'SQ');
    this.#syntax = outer;
  }

  #readSequence(dataSet: DataSet, header: Header, vr: 'SQ' | 'UN'): void {
    const undefinedLength = header.length === UNDEFINED_LENGTH;
    const items: Item[] = [];
    const start = this.#position;
    const end = undefinedLength ? Number.POSITIVE_INFINITY : start + header.length;
    const element = { kind: 'sequence' as const, tag: header.tag, vr, items, undefinedLength };
    const added = this.#add(dataSet, element, header);
    const keepLength = (): void => {
      if (added && !undefinedLength && this.#position !== end) {
        dataSet.set({ ...element, storedLength: header.length });
      }
    };
    if (this.#path.length >= MAX_DEPTH) {
      throw new Stop(this.#problem('depth', `sequences are nested more than ${MAX_DEPTH} deep`, header));
    }
    if (this.#position >= this.#bytes.length && header.length > 0) {
      // DCMTK takes a file that ends right here for whole; the sequence is lost all the same.
      keepLength();
      throw new Stop(
        this.#problem('truncated', 'the file ends right after the header of this sequence', header),
        this.#path.length === 0,
      );
    }
    try {
      while (this.#position < end) {
        if (!this.#readItem(items, header)) break;
      }
    } finally {
      keepLength();
    }
    if (this.#position !== end && !undefinedLength) {
      this.#warn('sequence-length', `has length ${header.length}, but its items take ${this.#position - start}`, header);
    }
  }

  /** Reads one item; false at the sequence delimiter. */
  #readItem(items: Item[], sequence: Header): boolean {
    const start = this.#position;
    if (this.#bytes.length - start < 8) {
      throw new Stop(
        this.#problem('sequence-end', 'the sequence has no end: its delimiter (fffe,e0dd) is missing', sequence),
      );
    }
    const tag = this.#readTag();
    const length = this.#readUint32();
    if (tag === TAG.SequenceDelimitationItem) return false;
    if (tag !== TAG.Item) {
      const found = `${formatTag(tag)} where an item (fffe,e000) or the end of the sequence belongs`;
      throw new Stop(this.#problem('sequence-end', found, { ...sequence, start }));
    }
    const undefinedLength = length === UNDEFINED_LENGTH;
    const dataSet = new DataSet();
    const index = items.length;
    items.push({ dataSet, undefinedLength });
    this.#path.push({ tag: sequence.tag, item: index });
    const contentStart = this.#position;
    const end = undefinedLength ? Number.POSITIVE_INFINITY : contentStart + length;
    try {
      this.#readElements(dataSet, end);
    } finally {
      if (!undefinedLength && this.#position !== end) items[index] = { dataSet, undefinedLength, storedLength: length };
    }
    this.#path.pop();
    return true;
  }

  /** Encapsulated pixel data (PS3.5 A.4): items of octets up to the sequence delimiter. */
  #readFragments(dataSet: DataSet, header: Header, vr: 'OB' | 'OW'): void {
    const fragments: Uint8Array[] = [];
    this.#add(dataSet, { kind: 'fragments', tag: header.tag, vr, fragments }, header);
    for (;;) {
      if (this.#bytes.length - this.#position < 8) {
        throw new Stop(this.#problem('sequence-end', 'the pixel data have no end: (fffe,e0dd) is missing', header));
      }
      const start = this.#position;
      const tag = this.#readTag();
      const length = this.#readUint32();
      if (tag === TAG.SequenceDelimitationItem) return;
      if (tag !== TAG.Item) {
        const found = `${formatTag(tag)} where a pixel fragment (fffe,e000) belongs`;
        throw new Stop(this.#problem('sequence-end', found, { ...header, start }));
      }
      const rest = this.#bytes.length - this.#position;
      fragments.push(this.#bytes.subarray(this.#position, this.#position + Math.min(length, rest)));
      this.#position += Math.min(length, rest);
      if (length > rest) {
        const cut = `fragment ${fragments.length - 1} promises ${length} bytes, but only ${rest} are left`;
        throw new Stop(this.#problem('truncated', cut, { ...header, start }));
      }
    }
  }

  /** Tag, VR and length of the next element. */
  #readHeader(dataSet: DataSet): Header {
    const start = this.#position;
    const rest = this.#bytes.length - start;
    if (rest < 8) {
      throw new Stop(this.#damage('truncated', `the file ends within an element header, after ${rest} bytes of it`));
    }
    const tag = this.#readTag();
    if (!this.#syntax.explicitVr) {
      const length = this.#readUint32();
      return { tag, vr: implicitVr(tag, dataSet, privateCreatorOf(tag, dataSet)), length, start };
    }
    if (tag === TAG.Item || tag === TAG.ItemDelimitationItem || tag === TAG.SequenceDelimitationItem) {
      return { tag, vr: 'na', length: this.#readUint32(), start };
    }
    const letters = String.fromCharCode(this.#bytes[start + 4] ?? 0, this.#bytes[start + 5] ?? 0);
    this.#position += 2;
    if (isVr(letters)) return { tag, vr: letters, length: this.#readLength(vrTraits(letters).longHeader, start), start };
    if (letters === 'OX' && tag === TAG.PixelData) {
      return { tag, vr: 'OW', length: this.#readLength(true, start), start };
    }
    // Two capitals may be a VR of a later edition, which has a 32-bit length (PS3.5 7.1.2).
    const header = { tag, start, vr: '??' as const, foreignVr: letters };
    this.#warn('unknown-vr', `has ${JSON.stringify(letters)} in place of a VR`, header);
    return { ...header, length: this.#readLength(/^[A-Z]{2}$/.test(letters), start) };
  }

  #readLength(long: boolean, start: number): number {
    if (!long) {
      const length = this.#syntax.bigEndian
        ? ((this.#bytes[this.#position] ?? 0) << 8) | (this.#bytes[this.#position + 1] ?? 0)
        : (this.#bytes[this.#position] ?? 0) | ((this.#bytes[this.#position + 1] ?? 0) << 8);
      this.#position += 2;
      return length;
    }
    if (this.#bytes.length - start < 12) {
      this.#position = start;
      throw new Stop(this.#damage('truncated', 'the file ends within the length of an element'));
    }
    this.#position += 2;
    return this.#readUint32();
  }

  #readTag(): Tag {
    const p = this.#position;
    const b = this.#bytes;
    this.#position += 4;
    const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = [b[p], b[p + 1], b[p + 2], b[p + 3]];
    return this.#syntax.bigEndian
      ? b0 * 0x1000000 + ((b1 << 16) | (b2 << 8) | b3)
      : b1 * 0x1000000 + ((b0 << 16) | (b3 << 8) | b2);
  }

  #readUint32(): number {
    const p = this.#position;
    const b = this.#bytes;
    this.#position += 4;
    const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = [b[p], b[p + 1], b[p + 2], b[p + 3]];
    return this.#syntax.bigEndian
      ? b0 * 0x1000000 + ((b1 << 16) | (b2 << 8) | b3)
      : b3 * 0x1000000 + ((b2 << 16) | (b1 << 8) | b0);
  }

  #atGroup(group: number): boolean {
    const low = this.#bytes[this.#position] ?? 0;
    const high = this.#bytes[this.#position + 1] ?? 0;
    return group === (this.#syntax.bigEndian ? low * 256 + high : high * 256 + low);
  }

  #checkFits(header: Header, end: number): void {
    const room = end - this.#position;
    if (room < 0 || (header.length !== UNDEFINED_LENGTH && header.length > room)) {
      const longer = `is ${header.length} bytes long, but its item has only ${Math.max(0, room)} left`;
      throw new Stop(this.#problem('item-length', longer, header));
    }
  }

  #add(dataSet: DataSet, element: Element, header: Header): boolean {
    const added = dataSet.insert(element);
    if (!added) this.#warn('duplicate', 'occurs twice; the second one is dropped', header);
    else if (isPrivate(element.tag) && privateCreatorOf(element.tag, dataSet) === undefined) {
      this.#strayPrivates.add(element);
    }
    return added;
  }

  #outOfOrder(header: Header, top: boolean): void {
    this.#warn('order', 'stands out of tag order', header);
    // Zeros behind the end read as elements (0000,0000) without VR; no data set holds such a thing.
    const zeros = top && header.tag === 0 && header.foreignVr === '\0\0';
    if (zeros && !this.#losses.some((loss) => loss.code === 'bytes-behind')) {
      this.#losses.push(this.#problem('bytes-behind', 'zero bytes behind the end of the data set', header));
    }
  }

  #warn(code: string, what: string, header: Pick<Header, 'tag' | 'start'>): void {
    this.#warnings.push(this.#problem(code, what, header));
  }

  #problem(code: string, what: string, header: Pick<Header, 'tag' | 'start'>): DataError {
    return this.#error(code, what, formatTagPath(this.#path, header.tag), header.start);
  }

  /** Damage where no element is known: the place is the item around it, if any. */
  #damage(code: string, what: string): DataError {
    const path = this.#path.length === 0 ? undefined : formatTagPath(this.#path);
    return this.#error(code, what, path, this.#position);
  }

  #bytesBehind(): DataError {
    const count = this.#bytes.length - this.#position;
    return this.#damage('bytes-behind', `${count} ${count === 1 ? 'byte' : 'bytes'} behind the end of the data set`);
  }

  #error(code: string, what: string, tagPath: string | undefined, position: number): DataError {
    return new DataError(code, what, {
      file: this.#options.file,
      tagPath,
      offset: (this.#options.baseOffset ?? 0) + position,
    });
  }
}
