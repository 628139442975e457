import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, plainText, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import { formatTag, TAG, type Tag } from '../../../src/dicom/tag.ts';
import { viewEntry } from '../../../src/worklist/entry-view.ts';
import { readQuery } from '../../../src/worklist/query.ts';
import { type Answer, type RespondOptions, respond } from '../../../src/worklist/respond.ts';
import { buildDataSet } from '../../support/build-query.ts';

const STEP = TAG.ScheduledProcedureStepSequence;
const ENTRY = [
  'PatientName=Müller^Jürg',
  'PatientID=P-1',
  'StudyInstanceUID=1.2.3',
  'RequestedProcedureCodeSequence[0].CodeValue=R1',
  'RequestedProcedureCodeSequence[0].CodeMeaning=Schädel',
  'RequestedProcedureCodeSequence[1].CodeValue=R2',
  '0009,0011=ACME',
  '0009,1101=red',
  '0008,9999=unknown',
  '[0].Modality=CT',
  '[0].ScheduledProcedureStepStartTime=0830',
  '[0].ScheduledStationName=Raum ü',
  '[1].Modality=MR',
];

interface Options extends RespondOptions {
  readonly step?: number;
  readonly entryCharset?: string;
  readonly fallbackCharset?: string;
}

function answer(keys: readonly string[], options: Options = {}, entry?: DataSet): Answer {
  const { query } = readQuery(buildDataSet(keys));
  assert.ok(query);
  const stored = entry ?? buildDataSet(ENTRY, { charset: options.entryCharset ?? 'ISO_IR 100' });
  return respond(query, viewEntry(stored, options.fallbackCharset), options.step ?? 0, options);
}

/** "(0008,0060) CS 4354" in one line; items in brackets. */
function show(dataSet: DataSet): string {
  return dataSet.elements
    .map((element) => {
      const start = `${formatTag(element.tag)} ${element.vr}`;
      if (element.kind === 'sequence')
        return `${start} [${element.items.map((item) => show(item.dataSet)).join(' | ')}]`;
      if (element.kind === 'fragments') return start;
      return `${start} ${Buffer.from(element.value).toString('latin1')}`.trimEnd();
    })
    .join('; ');
}

function shown(keys: readonly string[], options?: Options): string {
  return show(answer(keys, options).dataSet);
}

function hex(dataSet: DataSet, tag: Tag): string {
  return Buffer.from(dataSet.value(tag) ?? []).toString('hex');
}

test('what was asked for comes back, stored or with zero length, and nothing else', () => {
  assert.equal(
    shown([
      'PatientID=*',
      'AccessionNumber',
      'PregnancyStatus',
      'StudyID',
      'Modality',
      'ScheduledProcedureStepStartDate',
    ]),
    '(0008,0005) CS ISO_IR 100; (0008,0050) SH; (0010,0020) LO P-1; (0010,21c0) US; (0020,0010) SH; ' +
      '(0040,0100) SQ [(0008,0060) CS CT; (0040,0002) DA]',
  );
});

test('each answer has its one step, and none where it was not asked for', () => {
  assert.equal(shown(['Modality'], { step: 0 }), '(0040,0100) SQ [(0008,0060) CS CT]');
  assert.equal(shown(['Modality=MR'], { step: 1 }), '(0040,0100) SQ [(0008,0060) CS MR]');
  assert.equal(shown(['StudyInstanceUID'], { step: 1 }), '(0020,000d) UI 1.2.3\0');
});

test('an absent sequence has no items, whatever was asked of it', () => {
  const expected = '(0008,1110) SQ []';
  assert.equal(shown(['ReferencedStudySequence']), expected);
  assert.equal(shown(['ReferencedStudySequence[0]']), expected);
  assert.equal(shown(['ReferencedStudySequence[0].ReferencedSOPClassUID']), expected);
});

test('a sequence key without values gives every item what was asked for', () => {
  assert.equal(
    shown(['RequestedProcedureCodeSequence[0].CodeValue', 'RequestedProcedureCodeSequence[0].CodingSchemeDesignator']),
    '(0008,0005) CS ISO_IR 100; (0032,1064) SQ [(0008,0100) SH R1; (0008,0102) SH | (0008,0100) SH R2; (0008,0102) SH]',
  );
});

test('a sequence key with a value gives the items that match', () => {
  assert.equal(
    shown(['RequestedProcedureCodeSequence[0].CodeValue=R2']),
    '(0008,0005) CS ISO_IR 100; (0032,1064) SQ [(0008,0100) SH R2]',
  );
});

test('an empty sequence key gives all there is, and required attributes with zero length', () => {
  const expected =
    '(0008,0005) CS ISO_IR 100; (0040,0100) SQ [(0008,0060) CS MR; (0040,0001) AE; (0040,0002) DA; (0040,0003) TM; ' +
    '(0040,0006) PN; (0040,0009) SH; (0040,0010) SH; (0040,0011) SH]';
  assert.equal(shown(['ScheduledProcedureStepSequence'], { step: 1 }), expected);
  assert.equal(shown(['ScheduledProcedureStepSequence[0]'], { step: 1 }), expected);
  assert.equal(
    shown(['RequestedProcedureCodeSequence']),
    '(0008,0005) CS ISO_IR 100; ' + '(0032,1064) SQ [(0008,0100) SH R1; (0008,0104) LO Sch\xe4del | (0008,0100) SH R2]',
  );
});

test('values of the query never come back', () => {
  const keys = [
    'PatientComments=QUERY',
    'ReferencedStudySequence[0].ReferencedSOPClassUID=9.9',
    '0009,1001=QUERY',
    'QueryRetrieveLevel=QUERY',
  ];
  const text = shown(keys);
  assert.ok(!text.includes('QUERY') && !text.includes('9.9'), text);
});

test('unknown attributes are answered as they are stored, or as they were asked', () => {
  assert.equal(shown(['0008,9999']), '(0008,9999) UN unknown');
  assert.equal(shown(['0008,9998']), '(0008,9998) UN');
  assert.equal(shown(['QueryRetrieveLevel=STUDY', 'StudyInstanceUID']), '(0008,0052) CS; (0020,000d) UI 1.2.3\0');
});

test('a private attribute is sought by its creator and answered in the block of the query', () => {
  assert.equal(
    shown(['0009,0010=ACME', '0009,1001']),
    '(0008,0005) CS ISO_IR 100; (0009,0010) LO ACME; (0009,1001) UN red',
  );
});

test('a private attribute that the entry lacks has zero length in the block that the query named', () => {
  const { dataSet } = answer(['0009,0010=OTHER', '0009,1001']);
  assert.equal(plainText(dataSet, 0x00090010), 'OTHER');
  assert.equal(dataSet.value(0x00091001)?.length, 0);
});

test('without its creator a private attribute is taken by its tag, and its creator comes with it', () => {
  const { dataSet } = answer(['0009,1101']);
  assert.equal(plainText(dataSet, 0x00091101), 'red');
  assert.equal(plainText(dataSet, 0x00090011), 'ACME');
  assert.equal(plainText(answer(['0009,1101', '0009,0011']).dataSet, 0x00090011), 'ACME');
  assert.equal(answer(['0009,1201']).dataSet.has(0x00090012), false);
  assert.equal(answer(['0009,0012']).dataSet.value(0x00090012)?.length, 0);
});

test('the stored VR is answered, but for UN where the query knows better', () => {
  const entry = buildDataSet(ENTRY, { charset: 'ISO_IR 100' });
  entry.set(valueElement(TAG.PatientID, 'UN', Buffer.from('P-1 ')));
  entry.set(valueElement(TAG.AccessionNumber, 'LO', Buffer.from('A1')));
  const { dataSet } = answer(['PatientID', 'AccessionNumber'], {}, entry);
  assert.equal(dataSet.get(TAG.PatientID)?.vr, 'LO');
  assert.equal(dataSet.get(TAG.AccessionNumber)?.vr, 'LO');
});

test('the stored bytes come back, with padding where their length is odd', () => {
  const entry = buildDataSet(ENTRY, { charset: 'ISO_IR 100' });
  entry.set(valueElement(TAG.PatientID, 'LO', Buffer.from('  P-1 \\2')));
  entry.set(valueElement(TAG.StudyInstanceUID, 'UI', Buffer.from('1.2')));
  const { dataSet } = answer(['PatientID', 'StudyInstanceUID'], {}, entry);
  assert.equal(hex(dataSet, TAG.PatientID), Buffer.from('  P-1 \\2').toString('hex'));
  assert.equal(hex(dataSet, TAG.StudyInstanceUID), '312e3200');
});

test('group lengths are dropped wherever they stand', () => {
  const length = valueElement(0x00080000, 'UL', Buffer.of(0, 0, 0, 0));
  const code = new DataSet([length, valueElement(0x00080100, 'SH', Buffer.from('C1'))]);
  const step = new DataSet([length, sequenceElement(0x00400008, [code])]);
  const entry = new DataSet([length, sequenceElement(STEP, [step])]);
  const { dataSet } = answer(['ScheduledProcedureStepSequence', 'AccessionNumber'], {}, entry);
  assert.ok(!show(dataSet).includes('(0008,0000)'), show(dataSet));
  assert.ok(show(dataSet).includes('(0008,0100) SH C1'), show(dataSet));
});

test('the character set is declared where text depends on it', () => {
  assert.equal(plainText(answer(['PatientName']).dataSet, TAG.SpecificCharacterSet), 'ISO_IR 100');
  assert.equal(plainText(answer(['AccessionNumber']).dataSet, TAG.SpecificCharacterSet), 'ISO_IR 100');
  assert.equal(plainText(answer(['ScheduledStationName']).dataSet, TAG.SpecificCharacterSet), 'ISO_IR 100');
  assert.ok(!answer(['StudyInstanceUID', 'Modality']).dataSet.has(TAG.SpecificCharacterSet));
  assert.ok(!answer(['StudyInstanceUID', 'SpecificCharacterSet=ISO_IR 192']).dataSet.has(TAG.SpecificCharacterSet));
});

test('an entry that declares nothing is answered without a set, or with the fallback it is read in', () => {
  const entry = buildDataSet(['PatientName=Doe', '[0].Modality=CT']);
  assert.ok(!answer(['PatientName'], {}, entry).dataSet.has(TAG.SpecificCharacterSet));
  const { dataSet } = answer(['PatientName'], { fallbackCharset: 'ISO_IR 100' }, entry);
  assert.equal(plainText(dataSet, TAG.SpecificCharacterSet), 'ISO_IR 100');
});

test('text is encoded in another character set when asked', () => {
  const { dataSet, lost } = answer(
    ['PatientName', 'PatientID', 'ScheduledStationName', 'RequestedProcedureCodeSequence'],
    {
      charset: 'ISO_IR 192',
    },
  );
  assert.deepEqual(lost, []);
  assert.equal(plainText(dataSet, TAG.SpecificCharacterSet), 'ISO_IR 192');
  assert.equal(Buffer.from(dataSet.value(TAG.PatientName) ?? []).toString(), 'Müller^Jürg ');
  const room = dataSet.items(STEP)[0]?.dataSet.value(0x00400010) ?? [];
  assert.equal(Buffer.from(room).toString(), 'Raum ü ');
  const meaning = dataSet.items(0x00321064)[0]?.dataSet.value(0x00080104) ?? [];
  assert.equal(Buffer.from(meaning).toString(), 'Schädel');
});

test('escape sequences are written where the other set needs them', () => {
  const entry = buildDataSet(['PatientName=Yamada^Tarou=山田^太郎', '[0].Modality=CT'], { charset: 'ISO_IR 192' });
  const { dataSet, lost } = answer(['PatientName'], { charset: '\\ISO 2022 IR 87' }, entry);
  assert.deepEqual(lost, []);
  assert.equal(
    Buffer.from(dataSet.value(TAG.PatientName) ?? [])
      .toString('latin1')
      .trimEnd(),
    'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B',
  );
});

test('what the other character set lacks is replaced and told', () => {
  const { dataSet, lost } = answer(['PatientName', 'ScheduledStationName'], { charset: 'ISO_IR 144' });
  assert.equal(plainText(dataSet, TAG.PatientName), 'M?ller^J?rg');
  assert.deepEqual(lost, [
    { tagPath: '(0010,0010)', characters: ['ü'] },
    { tagPath: '(0040,0100).(0040,0010)', characters: ['ü'] },
  ]);
});

test('an item that declares a set of its own keeps it, unless it is encoded anew', () => {
  const step = new DataSet([
    valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from('ISO_IR 192')),
    valueElement(0x00400010, 'SH', Buffer.from('Raum ü ')),
  ]);
  const entry = new DataSet([
    valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from('ISO_IR 100')),
    valueElement(TAG.PatientID, 'LO', Buffer.from('\xfc ', 'latin1')),
    sequenceElement(STEP, [step]),
  ]);
  for (const key of ['ScheduledStationName', 'ScheduledProcedureStepSequence']) {
    const item = answer([key, 'PatientID'], {}, entry).dataSet.items(STEP)[0]?.dataSet;
    assert.equal(item && plainText(item, TAG.SpecificCharacterSet), 'ISO_IR 192', key);
    const anew = answer([key, 'PatientID'], { charset: 'ISO_IR 101' }, entry);
    const other = anew.dataSet.items(STEP)[0]?.dataSet;
    assert.equal(other?.has(TAG.SpecificCharacterSet), false);
    assert.equal(other && plainText(other, 0x00400010), 'Raum \xfc');
  }
});

test('the time zone of the entry comes with its times, and is never empty', () => {
  const zoned = buildDataSet([...ENTRY, 'TimezoneOffsetFromUTC=+0100'], { charset: 'ISO_IR 100' });
  const zoneOf = (keys: readonly string[], entry?: DataSet): string | undefined => {
    const { dataSet } = answer(keys, {}, entry);
    return dataSet.has(TAG.TimezoneOffsetFromUTC) ? plainText(dataSet, TAG.TimezoneOffsetFromUTC) : undefined;
  };
  assert.equal(zoneOf(['ScheduledProcedureStepStartTime'], zoned), '+0100');
  assert.equal(zoneOf(['PatientID'], zoned), undefined);
  assert.equal(zoneOf(['PatientID', 'TimezoneOffsetFromUTC=+0200'], zoned), '+0100');
  assert.equal(zoneOf(['ScheduledProcedureStepStartTime', 'TimezoneOffsetFromUTC=+0200']), undefined);
});

test('a nested sequence below the asked item is filtered only where it has a value', () => {
  const entry = buildDataSet([
    'ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[0].CodeValue=C1',
    'ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[1].CodeValue=C2',
  ]);
  const codes = (key: string): string => {
    const text = `ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[0].${key}`;
    return show(answer([text], {}, entry).dataSet);
  };
  assert.equal(codes('CodeValue'), '(0040,0100) SQ [(0040,0008) SQ [(0008,0100) SH C1 | (0008,0100) SH C2]]');
  assert.equal(codes('CodeValue=C2'), '(0040,0100) SQ [(0040,0008) SQ [(0008,0100) SH C2]]');
});
