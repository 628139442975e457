/**
 * The commander tree, and one run of it. Each command's own work is loaded on demand.
 */

import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Io, ProcessIo } from '../terminal/io.ts';
import { VERSION } from '../version.ts';
import { COMMANDS } from './command-list.ts';
import type { CommandContext } from './context.ts';
import { translateDcmtkOptions } from './dcmtk-options.ts';
import { addSharedOptions, applySharedOptions, wantsJsonLog } from './shared-options.ts';
import { usageError } from './usage-error.ts';

const DESCRIPTION =
  'DICOM Modality Worklist tool: turns dump text into worklist files and back, serves a folder of them as a ' +
  "Modality Worklist SCP, and queries one. It takes the place of DCMTK's dump2dcm, dcmdump, wlmscpfs and " +
  'findscu -W, and takes their options.';

const AFTER_HELP = `
First steps:
  wltool demo                           a worklist of today to try things on
  wltool dump2wl entry.txt entry.wl     dump text to a worklist file
  wltool check worklists/               what is in a folder, and what is wrong with it
  wltool serve worklists/               serve it to scanners
  wltool find localhost 4242            see what they see
  wltool help serve                     all options of a command

Exit status:
  0 done (also: no match)   1 the data is wrong    2 usage     3 file or folder trouble
  4 the peer failed         70 a bug in wltool     130, 143 stopped by SIGINT, SIGTERM
  serve and demo end with 0 when a signal stops them`;

/** What commander says, kept until it is known what to do with it. */
interface Said {
  out: string;
  err: string;
}

/** Runs one command line, to its exit status. @throws WltoolError, and what the command throws */
export async function runProgram(argv: readonly string[], { io, configureLog }: ProcessIo): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const context: CommandContext = {
    io,
    exitWith: async (work) => {
      exitCode = await work;
    },
  };
  if (wantsJsonLog(argv)) configureLog({ format: 'json' });
  const said: Said = { out: '', err: '' };
  const program = createProgram();
  listen(program, said, io);
  const commands = declareCommands(program, context, argv);
  const { words, warnings } = translate(argv, commands);
  program.hook('preAction', (_, command) => {
    applySharedOptions(command, configureLog);
    for (const warning of warnings) io.log.warn(warning);
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== EXIT.done) throw usageError(error, said.err, argv, program);
  }
  if (said.out !== '') await io.stdout.write(said.out);
  return exitCode;
}

/** What asks for no more than the names of the commands. */
const LISTING: ReadonlySet<string> = new Set(['-h', '--help', '-V', '--version']);

/** What runs no command needs no world. */
const NEVER_RUN: CommandContext = {
  get io(): Io {
    throw new Error('a declaration must not ask for the io');
  },
  exitWith: () => Promise.reject(new Error('this program only describes itself')),
};

/** The tree with all commands, for what is made from it: man pages, the schema of --config. */
export function describeProgram(): Command {
  const program = createProgram();
  declareCommands(program, NEVER_RUN);
  return program;
}

function createProgram(): Command {
  return new Command('wltool')
    .description(DESCRIPTION)
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', AFTER_HELP)
    .exitOverride();
}

/** Lets the program speak into `said`, as wide and as colourful as `io` is. */
function listen(program: Command, said: Said, io: Io): void {
  program.configureOutput({
    writeOut: (text) => {
      said.out += text;
    },
    writeErr: (text) => {
      said.err += text;
    },
    // commander would open Node's stdout and stderr to know these.
    getOutHelpWidth: () => io.stdout.columns,
    getErrHelpWidth: () => io.stderr.columns,
    getOutHasColors: () => io.stdout.color,
    getErrHasColors: () => io.stderr.color,
  });
}

/** Declares the command of that name alone, or all of them where none is named: for --help and for suggestions. */
function declareCommands(
  program: Command,
  context: CommandContext,
  [name = '', ...more]: readonly string[] = [],
): ReadonlyMap<string, Command> {
  // All options of all commands take 2 ms, and a list of commands names none of them.
  const isListed = more.length === 0 && LISTING.has(name);
  const isOne = Object.hasOwn(COMMANDS, name) && COMMANDS[name]?.seesAll !== true;
  const names = isOne ? [name] : Object.keys(COMMANDS);
  const commands = new Map<string, Command>();
  for (const each of names) {
    const entry = COMMANDS[each];
    if (entry === undefined) continue;
    const command = isListed ? new Command(each) : entry.declare(context);
    command.description(entry.description).copyInheritedSettings(program);
    if (!isListed) addSharedOptions(command);
    program.addCommand(command);
    commands.set(each, command);
  }
  return commands;
}

/** The command line in our own spelling, where its command takes the place of a DCMTK tool. */
function translate(argv: readonly string[], commands: ReadonlyMap<string, Command>) {
  const [name = '', ...words] = argv;
  const command = commands.get(name);
  const table = COMMANDS[name]?.dcmtk;
  if (command === undefined || table === undefined) return { words: argv, warnings: [] };
  const translation = translateDcmtkOptions(words, command, table);
  return { words: [name, ...translation.argv], warnings: translation.warnings };
}
