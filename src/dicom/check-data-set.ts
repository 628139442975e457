/** All values of a data set against their VRs and character sets. */

import { charsetProblems } from './charset/text-codec.ts';
import { checkValue } from './check-value.ts';
import { type DataSet, type Element, specificCharacterSet } from './data-set.ts';
import { TAG } from './tag.ts';
import type { TagPath } from './tag-path.ts';
import type { ValueProblem } from './value-problem.ts';

export interface ElementProblem extends ValueProblem {
  readonly element: Element;
  /** The items on the way to the element. */
  readonly path: TagPath;
}

/** The problems of a data set and its items, in its order; a mistake that shows in many values is told once. */
export function* checkDataSet(dataSet: DataSet): Generator<ElementProblem> {
  yield* checkElements(dataSet, '', [], new Set());
}

function* checkElements(
  dataSet: DataSet,
  inherited: string,
  path: TagPath,
  causes: Set<string>,
): Generator<ElementProblem> {
  const charset = specificCharacterSet(dataSet, inherited);
  for (const element of dataSet.elements) {
    if (element.kind === 'sequence') {
      for (const [index, item] of element.items.entries()) {
        yield* checkElements(item.dataSet, charset, [...path, { tag: element.tag, item: index }], causes);
      }
    } else if (element.kind === 'value') {
      for (const problem of problemsOf(element.tag, element.value, element, charset)) {
        if (problem.cause !== undefined && causes.has(problem.cause)) continue;
        if (problem.cause !== undefined) causes.add(problem.cause);
        yield { ...problem, element, path };
      }
    }
  }
}

function problemsOf(tag: number, value: Uint8Array, element: Element, charset: string): readonly ValueProblem[] {
  if (element.kind !== 'value') return [];
  const problems = checkValue(value, element.vr, charset);
  if (tag !== TAG.SpecificCharacterSet) return problems;
  return [...charsetProblems(charset).map((message) => ({ message: `character set: ${message}` })), ...problems];
}
