/** Lines of dump text to data sets: what a tag, a VR and a value mean in the place where they stand. */

import type { IToken } from 'chevrotain';
import { DataSet, type ValueElement, valueElement } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { groupOf, isGroupLength, TAG, type Tag } from '../dicom/tag.ts';
import type { Vr } from '../dicom/vr.ts';
import { chooseVr } from './choose-vr.ts';
import { CommentNames } from './comment-names.ts';
import { announcedCount, isDescribedAs, readDelimiter, reportTrouble } from './delimiter.ts';
import { addElement, type DataSetFrame, dataSetFrame } from './frames.ts';
import type { LineActions } from './grammar.ts';
import { explainJunkLine } from './junk-line.ts';
import { ElementLine, spanOf, spanOfToken } from './line.ts';
import { examineShape, findNul, findPath, JoinedLines } from './line-shape.ts';
import { beginFragments, beginSequence, Nesting } from './nesting.ts';
import { Notes } from './notes.ts';
import { readElementValue, type ValueReading } from './read-value.ts';
import type { Span } from './source-text.ts';
import { explainTag, readTagText, readUsualTag } from './tag-text.ts';
import { LooseTag } from './tokens.ts';
import { ValueTrouble } from './value-text.ts';
import { readVrText } from './vr-text.ts';

const ITEM_GROUP = 0xfffe;
const META_GROUP = 0x0002;
const DIRECTORY_GROUP = 0x0004;
const LAST_SYSTEM_GROUP = 0x0007;
const START: Span = { offset: 0, length: 1 };

export interface BuilderOptions extends ValueReading {
  /** Leave group 0002 out (dump2dcm -f). */
  readonly ignoreMeta: boolean;
  /** Keep (fffc,fffc) (dump2dcm -p=). */
  readonly keepTrailingPadding: boolean;
}

export class DumpBuilder implements LineActions {
  readonly nesting: Nesting;
  readonly meta: DataSetFrame = dataSetFrame(undefined, START);
  /** For the settling. */
  readonly notes: Notes;
  /** The data sets that hold an element; each knows where its elements begin. */
  readonly #frames: DataSetFrame[] = [];
  #offsetByElement: Map<object, number> | undefined;
  readonly #options: BuilderOptions;
  readonly #hasNul: boolean;
  readonly #commentNames: CommentNames;
  #base = 0;

  constructor(options: BuilderOptions) {
    this.#options = options;
    this.#hasNul = options.source.bytes.includes(0);
    this.nesting = new Nesting(options.source, options.findings);
    this.notes = new Notes(options.source);
    this.#commentNames = new CommentNames(options.findings);
  }

  startPiece(offset: number): boolean {
    this.#base = offset;
    return !this.#options.findings.isFull;
  }

  /** Closes what is open and gives the data sets. */
  finish(): { meta: DataSet; dataSet: DataSet } {
    this.nesting.finish();
    this.nesting.closeDataSet(this.meta);
    return {
      meta: this.meta.dataSet ?? new DataSet(),
      dataSet: this.nesting.root.dataSet ?? new DataSet(),
    };
  }

  /** Where an element begins in the text. */
  offsetOf(element: object): number | undefined {
    this.#offsetByElement ??= new Map(
      this.#frames.flatMap(({ elements, offsets }) => elements.map((made, index) => [made, offsets[index] as number])),
    );
    return this.#offsetByElement.get(element);
  }

  junkLine(token: IToken): void {
    if (this.#options.findings.isFull) return;
    const span = spanOfToken(token, this.#base);
    const { message, hint, cause } = explainJunkLine(this.#options.source.show(span));
    if (cause === undefined) this.#options.findings.error({ ...span, length: 1 }, message, hint);
    else this.#options.findings.errorOnce(cause, { ...span, length: 1 }, message, hint);
  }

  element(tagToken: IToken, vr?: IToken, value?: IToken, trailing?: IToken, comment?: IToken): void {
    const tag = this.#readTag(tagToken);
    if (tag === undefined) return;
    const line = new ElementLine(tag, { tag: tagToken, vr, value, trailing, comment }, this.#base);
    const nul = this.#hasNul ? findNul(this.#options.source, line) : undefined;
    if (nul !== undefined) {
      this.#options.findings.error(
        nul,
        'a NUL byte in the line',
        'remove it; dump2dcm would drop the rest of the line',
      );
      return;
    }
    this.#dispatch(line);
  }

  #readTag(token: IToken): Tag | undefined {
    if (token.tokenType !== LooseTag) return readUsualTag(this.#options.source.bytes, this.#base + token.startOffset);
    const tag = readTagText(token.image.trimEnd());
    if (tag === undefined) {
      const span = spanOfToken(token, this.#base);
      const { message, hint } = explainTag(this.#options.source.show(span));
      this.#options.findings.error(span, message, hint);
    }
    return tag;
  }

  #dispatch(line: ElementLine): void {
    const group = groupOf(line.tag);
    const path = findPath(line, this.#options.source);
    if (path !== undefined) {
      this.#trouble(path);
      return;
    }
    if (group === ITEM_GROUP) readDelimiter(line, this.nesting, this.#options);
    else if (group === META_GROUP) this.#metaElement(line);
    else if (group <= LAST_SYSTEM_GROUP && group !== DIRECTORY_GROUP) {
      this.#trouble(new ValueTrouble(line.tagSpan, `group ${hex(group)} has no place in a file`, 'remove the line'));
    } else {
      const frame = this.nesting.place(line);
      this.#element(line, frame);
      if (group === DIRECTORY_GROUP) this.notes.directoryElement(line);
    }
  }

  #metaElement(line: ElementLine): void {
    const { findings, source, ignoreMeta } = this.#options;
    if (ignoreMeta) {
      const trouble = examineShape(line, source, findings);
      if (trouble !== undefined) this.#trouble(trouble);
      return;
    }
    if (this.nesting.isInItem) {
      findings.warning(line.tagSpan, 'group 0002 within an item goes to the file meta information');
    }
    this.#element(line, this.meta);
  }

  /** An element with a value or a sequence; without a frame it is examined and dropped. */
  #element(line: ElementLine, frame: DataSetFrame | undefined): void {
    const { findings, source } = this.#options;
    const written = readVrText(line, source, findings);
    if (written instanceof ValueTrouble) {
      this.#trouble(written);
      if (lookupTag(line.tag)?.vr === 'SQ') this.#openSequence(line, 'SQ', frame);
      return;
    }
    const { vr, entry } = chooseVr(line, written, findings);
    const shape = vr === 'AT' && line.value?.form === 'parenthesized' ? undefined : this.#shapeTrouble(line);
    if (shape !== undefined) {
      this.#trouble(shape);
      // What was to be a sequence is taken as one, or each of its lines would be an error.
      if (vr === 'SQ' && !(shape instanceof JoinedLines)) this.#openSequence(line, 'SQ', frame);
      return;
    }
    this.#commentNames.check(line, entry);
    if (vr === 'SQ' || (vr === 'UN' && this.#isDescribedAs(line, 'Sequence'))) {
      this.#sequence(line, vr, frame);
      return;
    }
    if (this.#isDescribedAs(line, 'PixelSequence')) {
      this.#fragments(line, vr, frame);
      return;
    }
    const value = readElementValue(line, vr, this.#options);
    if (value instanceof ValueTrouble) {
      this.#trouble(value);
      return;
    }
    if (frame !== undefined) this.#insert(line, vr, value, frame);
  }

  #insert(line: ElementLine, vr: Vr, value: Uint8Array, frame: DataSetFrame): void {
    const { tag, offset } = line;
    if (tag === TAG.DataSetTrailingPadding && !this.#options.keepTrailingPadding) return;
    const element = isGroupLength(tag) ? this.#groupLength(line, vr) : valueElement(tag, vr, value);
    addElement(frame, element, offset);
    this.#remember(frame);
    this.notes.value(line, vr, element, frame);
  }

  /** Keeps the frame whose first element was added just now. */
  #remember(frame: DataSetFrame): void {
    if (frame.elements.length === 1) this.#frames.push(frame);
  }

  /** Group lengths are made right when they are written; only their place counts. */
  #groupLength(line: ElementLine, vr: Vr): ValueElement {
    if (vr !== 'UL') this.#options.findings.warning(line.vrSpan, 'a group length has VR UL, which is written');
    return valueElement(line.tag, 'UL', new Uint8Array(4));
  }

  #sequence(line: ElementLine, vr: 'SQ' | 'UN', frame: DataSetFrame | undefined): void {
    const { value } = line;
    if (value !== undefined && value.form !== 'parenthesized' && value.end > value.start) {
      this.#trouble(
        new ValueTrouble(spanOf(value), 'a sequence has no value', 'write a comment with #, or leave the text out'),
      );
    }
    this.#openSequence(line, vr, frame);
  }

  #openSequence(line: ElementLine, vr: 'SQ' | 'UN', frame: DataSetFrame | undefined): void {
    const { tagSpan } = line;
    if (frame === undefined || frame === this.meta) {
      if (frame === this.meta) {
        this.#trouble(new ValueTrouble(tagSpan, 'group 0002 has no sequences', 'remove the sequence'));
      }
      this.nesting.openUnplacedSequence(tagSpan);
      return;
    }
    if (this.nesting.isFull) {
      const hint = 'such a file could not be read';
      this.#options.findings.errorOnce('depth', tagSpan, 'sequences are nested too deep', hint);
      this.nesting.openUnplacedSequence(tagSpan);
      return;
    }
    const description = {
      announced: announcedCount(line, this.#options.source),
      saidEmpty: this.#isDescribedAs(line, 'no value available'),
    };
    this.nesting.openSequence(beginSequence(frame, line.tag, vr, tagSpan, description));
    this.#remember(frame);
  }

  #fragments(line: ElementLine, vr: Vr, frame: DataSetFrame | undefined): void {
    if (line.tag !== TAG.PixelData) {
      this.#trouble(
        new ValueTrouble(line.tagSpan, 'a pixel sequence elsewhere than in (7fe0,0010)', 'remove it with its items'),
      );
      this.nesting.openUnplacedFragments(line.tag, line.tagSpan);
      return;
    }
    if (vr !== 'OB' || line.vrText !== 'OB') {
      this.#trouble(
        new ValueTrouble(line.vrSpan, 'a pixel sequence has VR OB', 'write (7fe0,0010) OB (PixelSequence)'),
      );
    }
    if (frame === undefined) {
      this.nesting.openUnplacedFragments(line.tag, line.tagSpan);
      return;
    }
    this.nesting.openFragments(beginFragments(frame, line.tag, line.tagSpan));
    this.#remember(frame);
    this.notes.compressedPixelData(line);
  }

  #shapeTrouble(line: ElementLine): ValueTrouble | undefined {
    const trouble = examineShape(line, this.#options.source, this.#options.findings);
    if (trouble instanceof JoinedLines) this.nesting.distrust();
    return trouble;
  }

  #isDescribedAs(line: ElementLine, words: string): boolean {
    return isDescribedAs(line, words, this.#options.source);
  }

  #trouble(trouble: ValueTrouble): void {
    reportTrouble(trouble, this.nesting, this.#options.findings);
  }
}

function hex(group: number): string {
  return group.toString(16).padStart(4, '0');
}
