/** Shell completion, asked by the shells themselves. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { missing } from '../support/peers.ts';
import { runCli } from '../support/spawn-cli.ts';
import { run, type Workplace, workplace } from '../support/workplace.ts';

interface Question {
  readonly line: string;
  /** Whole words, as they would stand on the command line. */
  readonly offers: readonly string[];
  readonly not?: readonly string[];
}

const QUESTIONS: readonly Question[] = [
  { line: 'wltool ', offers: ['dump2wl', 'dump', 'serve', 'find', 'check', 'echo', 'demo', 'completion', 'help'] },
  { line: 'wltool du', offers: ['dump2wl', 'dump'], not: ['serve'] },
  { line: 'wltool serve --lay', offers: ['--layout'], not: ['--limit'] },
  { line: 'wltool serve db --layout ', offers: ['auto', 'flat', 'ae'] },
  { line: 'wltool find -k Mod', offers: ['Modality', 'Modality='] },
  { line: 'wltool find -aec RIS -k PatientNa', offers: ['PatientName', 'PatientName='] },
  { line: 'wltool dump2wl e.wl e.wl --set ScheduledProcedureStepStartD', offers: ['ScheduledProcedureStepStartDate='] },
  { line: 'wltool dump2wl --remove PregnancyS', offers: ['PregnancyStatus'], not: ['PregnancyStatus='] },
  { line: 'wltool dump --search BeamDos', offers: ['BeamDose'], not: ['Modality'] },
  { line: 'wltool completion ', offers: ['bash', 'zsh', 'fish'] },
];

/** Starting a shell takes longer than asking it; what wltool answers does not depend on who asks. */
const SOME_QUESTIONS = QUESTIONS.filter((_, index) => index % 3 === 0);

async function inBash(place: Workplace, line: string): Promise<readonly string[]> {
  const script = `
    source <(wltool completion bash)
    COMP_LINE=$1 COMP_POINT=\${#1}
    _wltool wltool
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return (await run('bash', ['-c', script, 'bash', line], place)).trimEnd().split('\n');
}

for (const { line, offers, not = [] } of QUESTIONS) {
  test(`bash: ${line}<TAB>`, async (scope) => {
    const answers = await inBash(await workplace(scope), line);
    for (const word of offers) assert.ok(answers.includes(word), `${word} is not among ${answers.join(', ')}`);
    for (const word of not) assert.ok(!answers.includes(word), word);
  });
}

test('bash: behind "=" the rest alone is wanted', async (scope) => {
  const place = await workplace(scope);
  assert.deepEqual(await inBash(place, 'wltool serve --layout='), ['auto', 'flat', 'ae']);
  assert.ok((await inBash(place, 'wltool find -k ScheduledProcedureStepStartDate=')).includes('today'));
});

test('bash completes as one types, names of files too', async (scope) => {
  const place = await workplace(scope);
  // An interactive bash on a pseudo-terminal; each TAB is answered before the line is ended.
  const keys = 'source <(wltool completion bash)\nwltool dump2wl ct-ch\t; echo "[$?]"\nexit\n';
  await writeFile(join(place.folder, 'keys'), keys);
  const typed = 'script -qec "bash --norc --noprofile -i" /dev/null < keys | cat';
  const screen = await run('bash', ['-c', typed], { ...place, env: { ...place.env, TERM: 'dumb', PS1: '$ ' } });
  assert.match(screen, /wltool dump2wl ct-chest\.txt/);
});

for (const { line, offers, not = [] } of SOME_QUESTIONS) {
  test(`fish: ${line}<TAB>`, { skip: missing('fish') }, async (scope) => {
    const place = await workplace(scope);
    const script = 'wltool completion fish | source; complete -C $argv[1]';
    const env = { ...place.env, HOME: place.folder, XDG_CONFIG_HOME: place.folder, XDG_DATA_HOME: place.folder };
    const answers = await run('fish', ['--no-config', '-c', script, line], { ...place, env });
    const words = answers.split('\n').map((answer) => answer.replace(/\t.*/, ''));
    for (const word of offers) assert.ok(words.includes(word), `${word} is not among ${words.join(', ')}`);
    for (const word of not) assert.ok(!words.includes(word), word);
  });
}

/** zsh completes only where somebody types: a zsh on a pseudo-terminal, whose list of matches is written to a file. */
const ZSH_TYPIST = `
  zmodload zsh/zpty
  zpty typist zsh -f -i
  zpty -w typist "PS1='> '; autoload -Uz compinit; compinit -u -d $PWD/.zcompdump; source <(wltool completion zsh)"
  zpty -w typist 'compadd() { local -a found; builtin compadd -O found "$@"; print -rl -- $found >> matches; builtin compadd "$@" }'
  zpty -w typist 'touch ready'
  while [[ ! -e ready ]]; do sleep 0.1; done
  zpty -n -w typist "$1"$'\\t'
  for try in {1..100}; do
    [[ -s matches ]] && break
    sleep 0.1
  done
  sleep 0.3
  zpty -d typist
  cat matches`;

for (const { line, offers, not = [] } of SOME_QUESTIONS) {
  test(`zsh: ${line}<TAB>`, { skip: missing('zsh') }, async (scope) => {
    const place = await workplace(scope);
    const env = { ...place.env, HOME: place.folder, ZDOTDIR: place.folder, TERM: 'dumb' };
    const words = (await run('zsh', ['-f', '-c', ZSH_TYPIST, 'zsh', line], { ...place, env })).split('\n');
    for (const word of offers) assert.ok(words.includes(word), `${word} is not among ${words.join(', ')}`);
    for (const word of not) assert.ok(!words.includes(word), word);
  });
}

test('an unknown shell is a usage error that names those there are', async () => {
  const { code, stderr } = await runCli(['completion', 'tcsh']);
  assert.equal(code, 2);
  assert.match(stderr, /bash, zsh, fish/);
});
