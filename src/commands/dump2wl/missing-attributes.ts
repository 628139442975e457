/** Attributes of type 1 and 2 (PS3.4 Table K.6-1) that a worklist entry does not have. */

import { type DataSet, type Element, isEmpty } from '../../dicom/data-set.ts';
import { lookupTag } from '../../dicom/dictionary.ts';
import { formatTag, TAG, type Tag } from '../../dicom/tag.ts';
import { isStepAttribute, type ModelAttributes, modelItems, worklistModel } from '../../model/worklist-model.ts';

export interface Missing {
  /** Where to point; undefined: at the data set as a whole. */
  readonly element: Element | undefined;
  /** Of type 1: an entry is not complete without it. */
  readonly isRequired: boolean;
  readonly message: string;
  readonly hint: string | undefined;
}

const STEP = TAG.ScheduledProcedureStepSequence;

function nameOf(tag: Tag): string {
  return lookupTag(tag)?.keyword ?? formatTag(tag);
}

/** What the entry lacks: one finding for each level and type. */
export function findMissing(dataSet: DataSet): Missing[] {
  const steps = dataSet.items(STEP);
  if (steps.length === 0) return [noStep(dataSet)];
  const missing = lackingAt(dataSet, worklistModel(), undefined, 'the entry');
  const model = modelItems([STEP]);
  const element = dataSet.get(STEP);
  if (model === undefined) return missing;
  for (const [index, step] of steps.entries()) {
    const where = `${formatTag(STEP)}[${index}]`;
    missing.push(...lackingAt(step.dataSet, model, element, where));
    missing.push(...misplaced(dataSet, step.dataSet, where));
  }
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

function lackingAt(dataSet: DataSet, model: ModelAttributes, element: Element | undefined, where: string): Missing[] {
  const required: Tag[] = [];
  const expected: Tag[] = [];
  for (const { tag, type } of model.values()) {
    const found = dataSet.get(tag);
    if (type === '1' && (found === undefined || isEmpty(found))) required.push(tag);
    else if (type === '2' && found === undefined) expected.push(tag);
  }
  const missing: Missing[] = [];
  if (required.length > 0) {
    const message = `${where} lacks ${required.map(nameOf).join(', ')} (type 1)`;
    missing.push({ element, isRequired: true, message, hint: undefined });
  }
  if (expected.length > 0) {
    const message = `${where} lacks ${expected.map(nameOf).join(', ')} (type 2)`;
    missing.push({ element, isRequired: false, message, hint: 'they may be empty, and are answered so' });
  }
  return missing;
}

/** Attributes of the step that stand at the top level, where no modality looks for them. */
function misplaced(dataSet: DataSet, step: DataSet, where: string): Missing[] {
  return dataSet.elements
    .filter(({ tag }) => isStepAttribute(tag) && !step.has(tag))
    .map((element) => ({
      element,
      isRequired: false,
      message: `${nameOf(element.tag)} stands at the top level, not in ${where}`,
      hint: 'modalities look for it in the step',
    }));
}
