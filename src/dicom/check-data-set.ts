/** All values of a data set against their VRs, character sets and attributes. */

import { charsetProblems } from './charset/text-codec.ts';
import { checkAttribute } from './check-attribute.ts';
import { checkValue } from './check-value.ts';
import { type DataSet, type Element, specificCharacterSet, type ValueElement } from './data-set.ts';
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
      for (const problem of problemsOf(element, charset)) {
        if (problem.cause !== undefined && causes.has(problem.cause)) continue;
        if (problem.cause !== undefined) causes.add(problem.cause);
        yield { ...problem, element, path };
      }
    }
  }
}

function problemsOf(element: ValueElement, charset: string): readonly ValueProblem[] {
  const ofValue = checkValue(element.value, element.vr, charset);
  // Of a value that is no good by its VR, nothing more is to be said; in a wrong character set its backslashes are none.
  const problems = ofValue.length > 0 ? ofValue : checkAttribute(element, charset);
  if (element.tag !== TAG.SpecificCharacterSet) return problems;
  return [...charsetProblems(charset).map((message) => ({ message: `character set: ${message}` })), ...problems];
}
