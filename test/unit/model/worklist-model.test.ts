import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookupTag, tagOfKeyword } from '../../../src/dicom/dictionary.ts';
import { formatTag } from '../../../src/dicom/tag.ts';
import { DEFAULT_ROOT_KEYS, DEFAULT_STEP_KEYS } from '../../../src/model/default-keys.ts';
import { isStepAttribute, type ModelAttributes, modelItems, worklistModel } from '../../../src/model/worklist-model.ts';

const STEP = 0x00400100;

function tagOf(keyword: string): number {
  return tagOfKeyword(keyword) ?? assert.fail(`no tag for ${keyword}`);
}

function count(attributes: ModelAttributes): number {
  let sum = 0;
  for (const attribute of attributes.values()) sum += 1 + (attribute.items === undefined ? 0 : count(attribute.items));
  return sum;
}

test('the model has the required matching keys of Table K.6-1 and no others', () => {
  const required: string[] = [];
  const walk = (attributes: ModelAttributes): void => {
    for (const attribute of attributes.values()) {
      if (attribute.matching === 'R') required.push(lookupTag(attribute.tag)?.keyword ?? '');
      if (attribute.items !== undefined) walk(attribute.items);
    }
  };
  walk(worklistModel());
  assert.deepEqual(required, [
    'PatientName',
    'PatientID',
    'ScheduledProcedureStepSequence',
    'Modality',
    'ScheduledStationAETitle',
    'ScheduledProcedureStepStartDate',
    'ScheduledProcedureStepStartTime',
    'ScheduledPerformingPhysicianName',
  ]);
});

test('every attribute of the model is in the dictionary, sequences alone have items', () => {
  const walk = (attributes: ModelAttributes): void => {
    for (const attribute of attributes.values()) {
      const entry = lookupTag(attribute.tag);
      assert.ok(entry, formatTag(attribute.tag));
      if (attribute.items !== undefined) {
        assert.equal(entry.vr, 'SQ', entry.keyword);
        walk(attribute.items);
      }
    }
  };
  walk(worklistModel());
  assert.equal(count(worklistModel()), 207);
});

test('nesting and types are those of the table', () => {
  assert.equal(modelItems([STEP])?.get(tagOf('Modality'))?.type, '1');
  assert.equal(modelItems([STEP])?.get(tagOf('PreMedication'))?.type, '2C');
  const context = modelItems([STEP, tagOf('ScheduledProtocolCodeSequence'), tagOf('ProtocolContextSequence')]);
  assert.equal(context?.get(tagOf('ConceptNameCodeSequence'))?.items?.get(tagOf('CodeMeaning'))?.type, '1');
  const code = modelItems([tagOf('RequestedProcedureCodeSequence')]);
  assert.equal(code?.get(tagOf('CodeMeaning'))?.type, '3');
  assert.equal(code?.get(tagOf('CodingSchemeVersion'))?.matching, 'C');
  assert.equal(modelItems([tagOf('PatientName')]), undefined);
});

test('an attribute of the step is told from one of the root and from one deeper down', () => {
  assert.ok(isStepAttribute(tagOf('Modality')));
  assert.ok(isStepAttribute(tagOf('ScheduledProcedureStepEndDate')));
  assert.ok(!isStepAttribute(tagOf('PatientName')));
  assert.ok(!isStepAttribute(tagOf('CodeValue')));
  assert.ok(!isStepAttribute(STEP));
});

test('the default keys are attributes of the model at their level', () => {
  for (const tag of DEFAULT_ROOT_KEYS) assert.ok(worklistModel().has(tag), formatTag(tag));
  for (const tag of DEFAULT_STEP_KEYS) assert.ok(isStepAttribute(tag), formatTag(tag));
});
