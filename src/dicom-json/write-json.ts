/**
 * Data sets as DICOM JSON (PS3.18 F.2): text decoded to Unicode, numbers as numbers where they survive
 * it, bulk data as InlineBinary. What JSON has no form for is said, never dropped without a word.
 */

import { type DataSet, type Element, specificCharacterSet, type ValueElement } from '../dicom/data-set.ts';
import { groupOf, isGroupLength, type Tag } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import { decidedVr } from '../dicom/vr.ts';
import { writeValues } from './write-values.ts';

/** An element that reads back as something else, or not in the standard's form. */
export interface JsonLoss {
  readonly tagPath: string;
  readonly message: string;
}

export interface JsonText {
  readonly text: string;
  readonly losses: readonly JsonLoss[];
}

const META_GROUP = 2;

/** One JSON object, without a line end; `pretty` puts each element on a line of its own. */
export function writeDicomJson(dataSet: DataSet, options: { readonly pretty?: boolean } = {}): JsonText {
  const writer = new JsonWriter(options.pretty === true);
  const text = writer.dataSet(dataSet, specificCharacterSet(dataSet), 0);
  return { text, losses: writer.losses };
}

class JsonWriter {
  readonly losses: JsonLoss[] = [];
  readonly #pretty: boolean;
  readonly #path: TagPathStep[] = [];

  constructor(pretty: boolean) {
    this.#pretty = pretty;
  }

  dataSet(dataSet: DataSet, charset: string, level: number): string {
    const members: string[] = [];
    for (const element of dataSet.elements) {
      if (!this.#isPartOfModel(element)) continue;
      members.push(`"${jsonTag(element.tag)}":${this.#space}${this.#element(element, charset, level + 1)}`);
    }
    return this.#brackets('{', members, '}', level);
  }

  /** Group lengths have no place in DICOM JSON (PS3.18 F.2.2), the file's meta header neither. */
  #isPartOfModel(element: Element): boolean {
    if (isGroupLength(element.tag)) return false;
    if (groupOf(element.tag) !== META_GROUP) return true;
    this.#lose(element.tag, 'stands in group 0002, which DICOM JSON does not hold; left out');
    return false;
  }

  #element(element: Element, charset: string, level: number): string {
    switch (element.kind) {
      case 'value':
        return this.#object(decidedVr(element.vr), this.#valueMember(element, charset));
      case 'sequence': {
        const items = element.items.map((item, index) => {
          this.#path.push({ tag: element.tag, item: index });
          const text = this.dataSet(item.dataSet, specificCharacterSet(item.dataSet, charset), level + 1);
          this.#path.pop();
          return text;
        });
        return this.#object(
          'SQ',
          items.length === 0 ? undefined : `"Value":${this.#space}${this.#brackets('[', items, ']', level)}`,
        );
      }
      case 'fragments':
        this.#lose(element.tag, 'is compressed pixel data, which DICOM JSON holds only by reference; left empty');
        return this.#object(element.vr, undefined);
      default:
        return element satisfies never;
    }
  }

  /** `"Value": [...]` or `"InlineBinary": "..."`; nothing for an empty value. */
  #valueMember(element: ValueElement, charset: string): string | undefined {
    if (element.value.length === 0) return undefined;
    const written = writeValues(element, charset);
    if (written.loss !== undefined) this.#lose(element.tag, written.loss);
    if ('binary' in written) {
      const { buffer, byteOffset, byteLength } = written.binary;
      return `"InlineBinary":${this.#space}"${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}"`;
    }
    return `"Value":${this.#space}[${written.values.join(`,${this.#space}`)}]`;
  }

  #object(vr: string, member: string | undefined): string {
    const space = this.#space;
    return member === undefined
      ? `{${space}"vr":${space}"${vr}"${space}}`
      : `{${space}"vr":${space}"${vr}",${space}${member}${space}}`;
  }

  #brackets(open: string, members: readonly string[], close: string, level: number): string {
    if (members.length === 0) return open + close;
    if (!this.#pretty) return open + members.join(',') + close;
    const indent = `\n${'  '.repeat(level + 1)}`;
    return `${open}${indent}${members.join(`,${indent}`)}\n${'  '.repeat(level)}${close}`;
  }

  get #space(): string {
    return this.#pretty ? ' ' : '';
  }

  #lose(tag: Tag, message: string): void {
    this.losses.push({ tagPath: formatTagPath(this.#path, tag), message });
  }
}

/** Eight upper-case hex digits (PS3.18 F.2.2). */
function jsonTag(tag: Tag): string {
  return tag.toString(16).toUpperCase().padStart(8, '0');
}
