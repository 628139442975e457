/** Searching (dcmdump's +P): the elements a key names, at any depth, as bare lines. */

import { type DataSet, type Element, type Item, specificCharacterSet } from '../dicom/data-set.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { type DumpInput, type PrintedPart, printPart } from './print-dump.ts';
import { ElementPrinter } from './print-element.ts';
import { printedTag } from './print-line.ts';
import type { PrintStyle } from './print-style.ts';
import { TextSink } from './text-sink.ts';

/** What is searched: an element, below the given sequences where there are any. */
export interface SearchKey {
  readonly path: readonly { readonly tag: Tag; readonly item: number | undefined }[];
  readonly tag: Tag;
}

export interface SearchOptions {
  /** Only the first hit of each key in a file (`-s`). */
  readonly firstOnly: boolean;
  /** The tags of the sequences around it in front of each hit (`+p`). */
  readonly prepend: boolean;
}

interface Hit {
  readonly found: Element | Item;
  /** The data set or item around it. */
  readonly dataSet: DataSet;
  readonly charset: string;
  readonly path: readonly { readonly tag: Tag; readonly item: number }[];
}

/** A piece of output, and which key it belongs to. */
export interface PrintedHit {
  readonly key: number;
  readonly chunk: Uint8Array;
}

/** Prints the hits of each key in turn; nothing where there are none. */
export function* printSearch(
  input: DumpInput,
  keys: readonly SearchKey[],
  options: SearchOptions,
  style: PrintStyle,
): Generator<PrintedHit> {
  const sink = new TextSink();
  const printer = new ElementPrinter(sink, style, input);
  for (const [key, wanted] of keys.entries()) {
    for (const hit of hitsIn(input, wanted)) {
      if ('title' in hit) {
        for (const chunk of printPart(hit, sink, printer, 1)) yield { key, chunk };
      } else {
        if (options.prepend) sink.add(hit.path.map((step) => `${printedTag(step.tag)}.`).join(''));
        if ('kind' in hit.found) printer.print(hit.found, hit.dataSet, 1, hit.charset);
        else printer.printItem(hit.found, 1, hit.charset);
      }
      for (const chunk of sink.finish()) yield { key, chunk };
      if (options.firstOnly) break;
    }
  }
}

/** DCMTK counts header and data set of a file as items. */
function* hitsIn(input: DumpInput, key: SearchKey): Generator<Hit | PrintedPart> {
  const parts = input.meta === undefined ? [input.dataSet] : [input.meta, input.dataSet];
  const countsParts = key.tag === TAG.Item && key.path.length === 0 && input.meta !== undefined;
  for (const part of parts) {
    if (countsParts) yield part;
    yield* findHits(part.dataSet, key);
  }
}

/** Depth first, in tag order; sequences that are hits are searched as well. */
function* findHits(
  dataSet: DataSet,
  key: SearchKey,
  path: Hit['path'] = [],
  charset = specificCharacterSet(dataSet),
): Generator<Hit> {
  for (const element of dataSet.elements) {
    if (element.tag === key.tag && endsWith(path, key.path)) yield { found: element, dataSet, charset, path };
    if (element.kind !== 'sequence') continue;
    for (const [index, item] of element.items.entries()) {
      const inside = [...path, { tag: element.tag, item: index }];
      if (key.tag === TAG.Item && endsWith(inside, key.path)) yield { found: item, dataSet, charset, path: inside };
      yield* findHits(item.dataSet, key, inside, specificCharacterSet(item.dataSet, charset));
    }
  }
}

function endsWith(path: Hit['path'], wanted: SearchKey['path']): boolean {
  const start = path.length - wanted.length;
  return (
    start >= 0 &&
    wanted.every((step, index) => {
      const here = path[start + index];
      return here?.tag === step.tag && (step.item === undefined || step.item === here.item);
    })
  );
}
