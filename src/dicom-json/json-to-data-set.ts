/** One DICOM JSON object to a data set: structure, tags and VRs; text and numbers are in json-to-value.ts. */

import { DataSet, type Element, type Item } from '../dicom/data-set.ts';
import { groupOf, isGroupLength, TAG, type Tag } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import { isVr, type Vr } from '../dicom/vr.ts';
import { DataError } from '../errors.ts';
import { charsetsOf } from './json-charset.ts';
import { jsonToValue } from './json-to-value.ts';

const META_GROUP = 2;
/** As deep as files may nest. */
const MAX_DEPTH = 512;
const UTF8 = 'ISO_IR 192';

export interface JsonContext {
  readonly file: string | undefined;
  readonly warnings: DataError[];
  /** Which object of an array it is. */
  readonly index: number | undefined;
}

/** Reads one object. @throws DataError with the tag path */
export function jsonToDataSet(value: unknown, context: JsonContext): DataSet {
  const named = new JsonReader(context, false);
  const dataSet = named.dataSet(value, undefined);
  if (named.lost === undefined) return dataSet;
  // Text beyond the named set: all of it becomes UTF-8, and (0008,0005) says so.
  context.warnings.push(
    new DataError('charset', `${named.lost}; the text is written as ${UTF8}`, {
      file: context.file,
      tagPath: named.lostAt,
    }),
  );
  return new JsonReader(context, true).dataSet(value, undefined);
}

class JsonReader {
  /** What the named character sets could not hold, and where, the first time. */
  lost: string | undefined;
  lostAt: string | undefined;
  readonly #context: JsonContext;
  readonly #asUtf8: boolean;
  readonly #path: TagPathStep[] = [];

  constructor(context: JsonContext, asUtf8: boolean) {
    this.#context = context;
    this.#asUtf8 = asUtf8;
  }

  /** `inherited` is the character set around an item; undefined at the root. */
  dataSet(value: unknown, inherited: string | undefined): DataSet {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.#error('is not a JSON object of elements', undefined);
    }
    if (this.#path.length > MAX_DEPTH) throw this.#error(`sequences are nested more than ${MAX_DEPTH} deep`, undefined);
    const { charset, element: charsetElement } = charsetsOf(value, inherited, this.#asUtf8);
    const dataSet = new DataSet(charsetElement === undefined ? [] : [charsetElement]);
    for (const [key, attribute] of Object.entries(value)) {
      const tag = this.#tag(key);
      if (tag === TAG.SpecificCharacterSet && charsetElement !== undefined) continue;
      if (isGroupLength(tag)) continue;
      if (groupOf(tag) === META_GROUP) {
        this.#warn('stands in group 0002, which is the file meta header: left out', tag);
        continue;
      }
      if (!dataSet.insert(this.#element(tag, attribute, charset))) throw this.#error('occurs twice', tag);
    }
    return dataSet;
  }

  #tag(key: string): Tag {
    if (/^[0-9a-f]{8}$/i.test(key)) return Number.parseInt(key, 16);
    throw new DataError('json', `"${key.slice(0, 64)}" is no tag: eight hex digits belong here`, {
      file: this.#context.file,
      tagPath: this.#path.length === 0 ? undefined : formatTagPath(this.#path),
      hint: 'DICOM JSON names elements by tag, e.g. "00100010"',
    });
  }

  #element(tag: Tag, attribute: unknown, charset: string): Element {
    if (typeof attribute !== 'object' || attribute === null || Array.isArray(attribute)) {
      throw this.#error('is not an object with "vr" and "Value"', tag);
    }
    const { vr, Value: values, InlineBinary: binary, BulkDataURI: bulk } = attribute as Record<string, unknown>;
    if (typeof vr !== 'string' || !isVr(vr)) {
      throw this.#error(vr === undefined ? 'has no "vr"' : `has the unknown VR ${JSON.stringify(vr)}`, tag);
    }
    if (bulk !== undefined) {
      throw this.#error(
        'holds its value elsewhere (BulkDataURI), which is not fetched',
        tag,
        'put it in as InlineBinary',
      );
    }
    if (values !== undefined && !Array.isArray(values)) throw this.#error('has a "Value" that is no array', tag);
    if (vr === 'SQ') return this.#sequence(tag, values ?? [], charset);
    if (binary !== undefined) return this.#binary(tag, vr, binary);
    return this.#value(tag, vr, values ?? [], charset);
  }

  #sequence(tag: Tag, values: readonly unknown[], charset: string): Element {
    const items = values.map((value, index): Item => {
      this.#path.push({ tag, item: index });
      const dataSet = this.dataSet(value, charset);
      this.#path.pop();
      return { dataSet, undefinedLength: false };
    });
    return { kind: 'sequence', tag, vr: 'SQ', items, undefinedLength: false };
  }

  #binary(tag: Tag, vr: Vr, binary: unknown): Element {
    if (typeof binary !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(binary)) {
      throw this.#error('has an "InlineBinary" that is no base64', tag);
    }
    const bytes = Buffer.from(binary, 'base64');
    const value = (bytes.length & 1) === 0 ? bytes : Buffer.concat([bytes, Buffer.of(0)]);
    return { kind: 'value', tag, vr, value };
  }

  #value(tag: Tag, vr: Vr, values: readonly unknown[], charset: string): Element {
    const { value, problem, lost } = jsonToValue(vr, values, charset);
    if (problem !== undefined) throw this.#error(problem, tag);
    if (lost !== undefined && this.lost === undefined) {
      this.lost = lost;
      this.lostAt = formatTagPath(this.#path, tag);
    }
    return { kind: 'value', tag, vr, value };
  }

  #warn(what: string, tag: Tag): void {
    // The second reading of the same object would say it again.
    if (!this.#asUtf8) this.#context.warnings.push(this.#error(what, tag));
  }

  #error(what: string, tag: Tag | undefined, hint?: string): DataError {
    const path = this.#path.length === 0 && tag === undefined ? undefined : formatTagPath(this.#path, tag);
    const object = this.#context.index === undefined ? '' : `object ${this.#context.index} of the array: `;
    return new DataError('json', `${object}${path === undefined ? 'the text ' : ''}${what}`, {
      file: this.#context.file,
      tagPath: path,
      hint,
    });
  }
}
