/** Attributes of type 1 and 2 (PS3.4 Table K.6-1) that a worklist entry does not have. */

import { type DataSet, type Element, isEmpty } from '../../dicom/data-set.ts';
import { lookupTag } from '../../dicom/dictionary.ts';
import { formatTag, TAG, type Tag } from '../../dicom/tag.ts';
import {
  isStepAttribute,
  type ModelAttributes,
  modelItems,
  type ReturnKeyType,
  worklistModel,
} from '../../model/worklist-model.ts';

export interface Missing {
  /** Where to point; undefined: at the data set as a whole. */
  readonly element: Element | undefined;
  /** Of type 1: an entry is not complete without it. */
  readonly isRequired: boolean;
  readonly message: string;
  readonly hint: string | undefined;
}

/** How many attributes of type 2 are named: a short entry lacks most of them. */
const MOST_NAMED = 3;
const STEP = TAG.ScheduledProcedureStepSequence;

function nameOf(tag: Tag): string {
  return lookupTag(tag)?.keyword ?? formatTag(tag);
}

/** What the entry lacks: one finding a level for type 1, one in all for type 2, and what stands at the wrong level. */
export function findMissing(dataSet: DataSet): Missing[] {
  const steps = dataSet.items(STEP);
  if (steps.length === 0) return [noStep(dataSet)];
  const missing = requiredAt(dataSet, tagsOfType(worklistModel(), '1'), undefined, 'the entry');
  const expected = tagsOfType(worklistModel(), '2').filter((tag) => !dataSet.has(tag));
  const required = tagsOfType(modelItems([STEP]), '1');
  const expectedInStep = tagsOfType(modelItems([STEP]), '2');
  const astray = dataSet.elements.filter(({ tag }) => isStepAttribute(tag));
  for (const [index, step] of steps.entries()) {
    const where = `${formatTag(STEP)}[${index}]`;
    missing.push(...requiredAt(step.dataSet, required, dataSet.get(STEP), where));
    missing.push(...misplaced(astray, step.dataSet, where));
  }
  expected.push(...expectedInStep.filter((tag) => steps.some((step) => !step.dataSet.has(tag))));
  if (expected.length > 0) missing.push(lacksExpected(expected));
  return missing;
}

function noStep(dataSet: DataSet): Missing {
  return {
    element: dataSet.get(STEP),
    isRequired: true,
    message: 'no item of (0040,0100) ScheduledProcedureStepSequence: no modality will find this entry',
    hint: undefined,
  };
}

function requiredAt(
  dataSet: DataSet,
  required: readonly Tag[],
  element: Element | undefined,
  where: string,
): Missing[] {
  const tags = required.filter((tag) => isAbsentOrEmpty(dataSet, tag));
  if (tags.length === 0) return [];
  const message = `${where} lacks ${tags.map(nameOf).join(', ')} (type 1)`;
  return [{ element, isRequired: true, message, hint: undefined }];
}

function isAbsentOrEmpty(dataSet: DataSet, tag: Tag): boolean {
  const element = dataSet.get(tag);
  return element === undefined || isEmpty(element);
}

function tagsOfType(model: ModelAttributes | undefined, wanted: ReturnKeyType): Tag[] {
  return [...(model?.values() ?? [])].filter(({ type }) => type === wanted).map(({ tag }) => tag);
}

function lacksExpected(tags: readonly Tag[]): Missing {
  const named = tags.slice(0, MOST_NAMED).map(nameOf).join(', ');
  const more = tags.length > MOST_NAMED ? ` and ${tags.length - MOST_NAMED} more` : '';
  const message = `the entry lacks ${named}${more} (type 2), which will be answered empty`;
  return { element: undefined, isRequired: false, message, hint: undefined };
}

/** Attributes of the step that stand at the top level alone, where no modality looks for them. */
function misplaced(astray: readonly Element[], step: DataSet, where: string): Missing[] {
  return astray
    .filter(({ tag }) => !step.has(tag))
    .map((element) => ({
      element,
      isRequired: false,
      message: `${nameOf(element.tag)} stands at the top level, not in ${where}`,
      hint: 'modalities look for it in the step',
    }));
}
