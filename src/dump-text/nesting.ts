/**
 * Sequences and items as the lines of a dump open and close them. A line out of place is reported once, with the line
 * that opened what it collides with, and the nesting goes on from where the dump most likely is.
 */

import type { Element } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { formatTag, type Tag } from '../dicom/tag.ts';
import type { TagPathStep } from '../dicom/tag-path.ts';
import type { Findings } from './findings.ts';
import {
  addElement,
  closeDataSet,
  type DataSetFrame,
  dataSetFrame,
  type FragmentsFrame,
  type Frame,
  type SequenceFrame,
} from './frames.ts';
import type { ElementLine } from './line.ts';
import type { SourceText, Span } from './source-text.ts';

const WHOLE_TEXT: Span = { offset: 0, length: 1 };
const TAG_LENGTH = 11;
/** The reader of files refuses more: no worklist needs it, and the call stack has an end. */
const MAX_DEPTH = 512;

function nameOf(tag: Tag): string {
  const entry = lookupTag(tag);
  return entry === undefined ? formatTag(tag) : `${formatTag(tag)} ${entry.keyword}`;
}

export class Nesting {
  readonly root: DataSetFrame = dataSetFrame(undefined, WHOLE_TEXT);
  readonly #source: SourceText;
  readonly #findings: Findings;
  #top: Frame = this.root;
  /** How many sequences are open. */
  #depth = 0;
  /** Ends that a repair has anticipated and that may still come. */
  #itemEndsToCome = 0;
  #sequenceEndsToCome = 0;
  /** An item end at the top level ends the data set: dump2dcm drops what follows, and so does --force. */
  #ended = false;
  /** Lines were joined, so that openings and ends are missing that were meant to be there. */
  #unreliable = false;

  constructor(source: SourceText, findings: Findings) {
    this.#source = source;
    this.#findings = findings;
  }

  /** Keeps quiet about structure from here on. */
  distrust(): void {
    this.#unreliable = true;
  }

  /** The innermost pixel sequence, if that is what is open. */
  get fragments(): FragmentsFrame | undefined {
    return this.#top.kind === 'fragments' ? this.#top : undefined;
  }

  get isInItem(): boolean {
    return this.#depth > 0;
  }

  /** No further sequence may be opened. */
  get isFull(): boolean {
    return this.#depth >= MAX_DEPTH;
  }

  /** The path of the open item, items counted from 0. */
  get path(): readonly TagPathStep[] {
    if (this.#depth > MAX_DEPTH) return [];
    const steps: TagPathStep[] = [];
    for (let frame: Frame | undefined = this.#top; frame !== undefined; frame = frame.parent) {
      if (frame.kind === 'sequence') steps.unshift({ tag: frame.tag, item: frame.items.length });
    }
    return this.#top.kind === 'sequence' ? steps.slice(0, -1) : steps;
  }

  /** The data set that the line's element belongs to; undefined where it has no place. */
  place(line: Pick<ElementLine, 'tagSpan'>): DataSetFrame | undefined {
    for (;;) {
      const top = this.#top;
      if (top.kind === 'dataSet') return top === this.root && this.#ended ? undefined : top;
      if (top.kind === 'sequence' && !top.phantom && top.items.length === 0 && !top.saidEmpty) {
        this.#complainOfBareElement(top, line.tagSpan);
        return undefined;
      }
      this.#closeForElement(top, line.tagSpan);
    }
  }

  #complainOfBareElement(sequence: SequenceFrame, span: Span): void {
    if (sequence.reported) return;
    sequence.reported = true;
    this.#error(
      span,
      `element directly in the sequence ${this.#opening(sequence)}`,
      'items begin with (fffe,e000); an empty sequence is closed by (fffe,e0dd)',
    );
  }

  #closeForElement(top: SequenceFrame | FragmentsFrame, span: Span): void {
    if (top.kind === 'sequence' && top.saidEmpty && top.items.length === 0) {
      this.#error(top.opened, `the empty sequence ${nameOf(top.tag)} is not closed`, 'add (fffe,e0dd) behind it');
    } else if (top.kind === 'fragments' || !top.phantom) {
      this.#error(span, `the sequence ${this.#opening(top)} is not closed`, '(fffe,e0dd) is missing before this line');
    }
    this.#sequenceEndsToCome += 1;
    this.#pop();
  }

  openSequence(frame: SequenceFrame): void {
    this.#depth += 1;
    this.#top = frame;
  }

  /** Items that follow belong to a sequence that has no place itself; they are examined and dropped. */
  openUnplacedSequence(span: Span): void {
    this.openSequence(phantomSequence(this.#container, span));
  }

  /** The same for a pixel sequence. */
  openUnplacedFragments(tag: Tag, span: Span): void {
    this.openFragments({ kind: 'fragments', parent: this.#container, tag, fragments: [], opened: span });
  }

  get #container(): DataSetFrame | SequenceFrame {
    return this.#top.kind === 'fragments' ? this.#top.parent : this.#top;
  }

  openFragments(frame: FragmentsFrame): void {
    this.#depth += 1;
    this.#top = frame;
  }

  openItem(span: Span, announced: number | undefined): void {
    const top = this.#top;
    if (top.kind === 'fragments') {
      this.#error(span, 'an item of a pixel sequence is marked pi', 'write (fffe,e000) pi');
      return;
    }
    if (top.kind === 'dataSet' && top.parent === undefined) {
      this.#error(span, 'item outside of a sequence', 'a line with VR SQ opens a sequence');
      this.openSequence(phantomSequence(top, span));
    } else if (top.kind === 'dataSet') {
      this.#error(
        span,
        `the item before is not closed: ${this.#opening(top)}`,
        '(fffe,e00d) is missing before this line',
      );
      this.#pop();
    }
    this.#top = dataSetFrame(this.#top as SequenceFrame, span, announced);
  }

  closeItem(span: Span): void {
    const top = this.#top;
    if (top.kind === 'dataSet' && top.parent !== undefined) {
      this.#pop();
    } else if (top.kind === 'sequence' && top.phantom) {
      return;
    } else if (top.kind === 'sequence' && top.parent.parent !== undefined) {
      this.#error(span, `the sequence ${this.#opening(top)} is not closed`, '(fffe,e0dd) is missing before this line');
      this.#sequenceEndsToCome += 1;
      this.#pop();
      this.#pop();
    } else if (this.#itemEndsToCome > 0) {
      this.#itemEndsToCome -= 1;
    } else {
      const where = top.kind === 'dataSet' ? '' : ` in the sequence ${this.#opening(top)}`;
      this.#error(
        span,
        `item end without an open item${where}`,
        'remove the line, or add (fffe,e000) where the item begins',
      );
      if (top.kind === 'dataSet') this.#ended = true;
    }
  }

  closeSequence(span: Span): void {
    const top = this.#top;
    if (top.kind !== 'dataSet') {
      this.#pop();
    } else if (top.parent !== undefined) {
      this.#error(span, `the item ${this.#opening(top)} is not closed`, '(fffe,e00d) is missing before this line');
      this.#itemEndsToCome += 1;
      this.#pop();
      this.#pop();
    } else if (this.#sequenceEndsToCome > 0) {
      this.#sequenceEndsToCome -= 1;
    } else {
      this.#error(span, 'sequence end without an open sequence', 'remove the line, or add the SQ line that it closes');
    }
  }

  /** Closes what is still open, with one error at the outermost line that opened it. */
  finish(): void {
    let outermost: Exclude<Frame, DataSetFrame> | undefined;
    for (let frame: Frame | undefined = this.#top; frame !== undefined; frame = frame.parent) {
      if (frame.kind !== 'dataSet') outermost = frame;
    }
    if (outermost !== undefined && !(outermost.kind === 'sequence' && (outermost.phantom || outermost.reported))) {
      const item = outermost.kind === 'sequence' && this.#top !== outermost;
      const missing = item ? '(fffe,e00d) and (fffe,e0dd)' : '(fffe,e0dd)';
      this.#error(outermost.opened, `the sequence ${nameOf(outermost.tag)} is not closed`, `add ${missing} at its end`);
    }
    while (this.#top !== this.root) this.#pop();
    this.closeDataSet(this.root);
  }

  /** Makes a frame's data set and reports its duplicates. */
  closeDataSet(frame: DataSetFrame): void {
    for (const { tag, offset, firstOffset } of closeDataSet(frame)) {
      this.#findings.error(
        { offset, length: TAG_LENGTH },
        `${nameOf(tag)} is there already, in line ${this.#source.lineAt(firstOffset)}`,
        'remove one of the two lines; dump2dcm would keep the first without a word',
      );
    }
  }

  #pop(): void {
    const top = this.#top;
    if (top.kind === 'dataSet') {
      this.closeDataSet(top);
      if (top.parent === undefined || top.dataSet === undefined) return;
      this.#checkCount(top, top.elements.length, 'element');
      top.parent.items.push({ dataSet: top.dataSet, undefinedLength: false });
      this.#top = top.parent;
    } else {
      if (top.kind === 'sequence') this.#checkCount(top, top.items.length, 'item');
      this.#depth -= 1;
      this.#top = top.parent;
    }
  }

  #checkCount({ announced, opened }: DataSetFrame | SequenceFrame, found: number, what: string): void {
    if (announced === undefined || announced === found || this.#findings.errorCount > 0) return;
    const told = `${announced} ${what}${announced === 1 ? '' : 's'}`;
    this.#findings.warning(opened, `described as having ${told}, but there ${found === 1 ? 'is' : 'are'} ${found}`);
  }

  #error(span: Span, message: string, hint: string): void {
    if (!this.#unreliable) this.#findings.error(span, message, hint);
  }

  #opening(frame: Frame): string {
    const line = this.#source.lineAt(frame.opened.offset);
    return frame.kind === 'dataSet' ? `opened in line ${line}` : `${nameOf(frame.tag)} opened in line ${line}`;
  }
}

function phantomSequence(parent: SequenceFrame['parent'], opened: Span): SequenceFrame {
  return {
    kind: 'sequence',
    parent,
    tag: 0,
    items: [],
    opened,
    announced: undefined,
    saidEmpty: false,
    phantom: true,
    reported: true,
  };
}

/** Adds a sequence to a data set and gives the frame that fills it. */
export function beginSequence(
  parent: DataSetFrame,
  tag: Tag,
  vr: 'SQ' | 'UN',
  opened: Span,
  description: { announced: number | undefined; saidEmpty: boolean },
): SequenceFrame {
  const items: SequenceFrame['items'] = [];
  const element: Element = { kind: 'sequence', tag, vr, items, undefinedLength: vr === 'UN' };
  addElement(parent, element, opened.offset);
  return { kind: 'sequence', parent, tag, items, opened, ...description, phantom: false, reported: false };
}

/** Adds encapsulated pixel data to a data set and gives the frame that fills them. */
export function beginFragments(parent: DataSetFrame, tag: Tag, opened: Span): FragmentsFrame {
  const fragments: Uint8Array[] = [];
  addElement(parent, { kind: 'fragments', tag, vr: 'OB', fragments }, opened.offset);
  return { kind: 'fragments', parent, tag, fragments, opened };
}
