import assert from 'node:assert/strict';
import test from 'node:test';
import { completeLine } from '../../../src/commands/completion/complete-line.ts';
import { placeholder, VALUES } from '../../../src/commands/completion/complete-value.ts';
import { splitLine } from '../../../src/commands/completion/split-line.ts';
import { describeProgram } from '../../../src/commands/program.ts';

const program = describeProgram();

function offers(line: string): readonly string[] {
  return completeLine(line, program).candidates.map(({ text }) => text);
}

test('what --help calls a value says what may be written there', () => {
  for (const command of program.commands) {
    for (const taker of [...command.options, ...command.registeredArguments]) {
      if (taker.argChoices !== undefined) continue;
      const name = placeholder(taker);
      if (name !== '') assert.ok(name in VALUES, `${command.name()}: <${name}> is not in complete-value.ts`);
    }
  }
});

test('an option that counts once is offered once, one that repeats again', () => {
  assert.ok(offers('wltool serve --').includes('--explain'));
  assert.ok(!offers('wltool serve --explain --').includes('--explain'));
  assert.ok(offers('wltool find -k Modality --').includes('--key'));
});

test('what --help hides is not offered', () => {
  assert.ok(!offers('wltool serve --').includes('--sleep-during'));
});

test('a value is not taken for an option or an argument', () => {
  assert.equal(completeLine('wltool serve --port 4242 ', program).names, 'folders');
  assert.equal(completeLine('wltool serve db ', program).names, 'none');
  assert.equal(completeLine('wltool serve -- --x', program).names, 'folders');
  assert.equal(completeLine('wltool check a b c ', program).names, 'files');
});

test('keys inside sequences come from the model there', () => {
  const inCode = offers('wltool find -k RequestedProcedureCodeSequence[0].Code');
  assert.ok(inCode.includes('RequestedProcedureCodeSequence[0].CodeValue'));
  assert.ok(!inCode.includes('RequestedProcedureCodeSequence[0].Modality'));
  assert.deepEqual(offers('wltool find -k (0040,0100)[0].Moda'), [
    '(0040,0100)[0].Modality',
    '(0040,0100)[0].Modality=',
  ]);
});

test('a date may be relative', () => {
  assert.ok(
    offers('wltool dump2wl --set ScheduledProcedureStepStartDate=to').includes(
      'ScheduledProcedureStepStartDate=tomorrow',
    ),
  );
  assert.deepEqual(offers('wltool dump2wl --set Modality='), []);
});

test('nonsense is completed with nothing', () => {
  for (const line of ['wltool nonsense --', 'wltool find -k Zzz', 'wltool find -k No.Such', 'wltool find --no-such=']) {
    assert.deepEqual(offers(line), [], line);
  }
});

test('a line is parted as a shell does it', () => {
  const cases: readonly (readonly [line: string, words: readonly string[]])[] = [
    ['wltool find ', ['wltool', 'find', '']],
    ['wltool  find', ['wltool', 'find']],
    [`wltool -k 'Doe^J n`, ['wltool', '-k', 'Doe^J n']],
    ['wltool -k "a b"c\\ d', ['wltool', '-k', 'a bc d']],
    ['wltool Seq\\[0\\].M', ['wltool', 'Seq[0].M']],
    ['', ['']],
  ];
  for (const [line, words] of cases) assert.deepEqual(splitLine(line), words);
});
