/**
 * The commander tree: what every command shares, and the list of commands. Each command's own work is loaded on demand.
 */

import { Command, CommanderError, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { Io, ProcessIo } from '../terminal/io.ts';
import { thresholdOf } from '../terminal/log.ts';
import { VERSION } from '../version.ts';
import { applyConfigFile } from './config-file.ts';
import type { CommandContext } from './context.ts';
import { type DcmtkOptionTable, translateDcmtkOptions } from './dcmtk-options.ts';
import { dumpCommand } from './dump/command.ts';
import { DUMP_DCMTK } from './dump/dcmtk.ts';
import { echoCommand } from './echo/command.ts';
import { ECHO_DCMTK } from './echo/dcmtk.ts';
import { findCommand } from './find/command.ts';
import { FIND_DCMTK } from './find/dcmtk.ts';
import { serveCommand } from './serve/command.ts';
import { SERVE_DCMTK } from './serve/dcmtk.ts';

interface CommandEntry {
  readonly declare: (context: CommandContext) => Command;
  readonly dcmtk?: DcmtkOptionTable;
}

/** In the order of --help. */
const COMMANDS: readonly CommandEntry[] = [
  { declare: dumpCommand, dcmtk: DUMP_DCMTK },
  { declare: serveCommand, dcmtk: SERVE_DCMTK },
  { declare: findCommand, dcmtk: FIND_DCMTK },
  { declare: echoCommand, dcmtk: ECHO_DCMTK },
];

const DESCRIPTION =
  'DICOM Modality Worklist tool: turns dump text into worklist files and back, serves a folder of them as a ' +
  "Modality Worklist SCP, and queries one. It takes the place of DCMTK's dump2dcm, dcmdump, wlmscpfs and " +
  'findscu -W, and takes their options.';

const EXIT_CODES = `
Exit status:
  0 done (also: no match)   1 the data is wrong    2 usage     3 file or folder trouble
  4 the peer failed         70 a bug in wltool     130, 143 stopped by SIGINT, SIGTERM`;

/** Runs one command line, to its exit status. @throws WltoolError, and what the command throws */
export async function runProgram(argv: readonly string[], { io, configureLog }: ProcessIo): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const context: CommandContext = {
    io,
    exitWith: async (work) => {
      exitCode = await work;
    },
  };
  const texts = { out: '', err: '' };
  const program = createProgram(texts, io);
  const entries = COMMANDS.map(({ declare, dcmtk }) => ({ command: addTo(program, declare(context)), dcmtk }));
  program.hook('preAction', (_, command) => {
    const config = command.getOptionValue('config');
    if (typeof config === 'string') applyConfigFile(command, config);
    const { quiet, verbose, logFormat } = command.opts();
    configureLog({
      threshold: thresholdOf({ quiet, verbose }),
      format: logFormat,
      timestamps: command.name() === 'serve',
    });
    for (const warning of warnings) io.log.warn(warning);
  });
  const chosen = entries.find(({ command }) => command.name() === argv[0]);
  const { argv: words, warnings } =
    chosen?.dcmtk === undefined
      ? { argv: argv.slice(1), warnings: [] }
      : translateDcmtkOptions(argv.slice(1), chosen.command, chosen.dcmtk);
  try {
    await program.parseAsync([...argv.slice(0, 1), ...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== EXIT.done) throw usageError(error, texts.err);
  }
  if (texts.out !== '') await io.stdout.write(texts.out);
  return exitCode;
}

function createProgram(texts: { out: string; err: string }, io: Io): Command {
  return new Command('wltool')
    .description(DESCRIPTION)
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        texts.out += text;
      },
      writeErr: (text) => {
        texts.err += text;
      },
      // commander would open Node's stdout and stderr to know these.
      getOutHelpWidth: () => io.stdout.columns,
      getErrHelpWidth: () => io.stderr.columns,
      getOutHasColors: () => io.stdout.color,
      getErrHasColors: () => io.stderr.color,
    });
}

/** Gives a command what all commands have. */
function addTo(program: Command, command: Command): Command {
  command
    .copyInheritedSettings(program)
    .helpOption('-h, --help', 'print this help')
    .optionsGroup('Every command:')
    .option('-v, --verbose', 'say more on stderr; twice: debug', (_, previous: number) => previous + 1, 0)
    .option('-q, --quiet', 'say nothing but errors on stderr')
    .addOption(
      new Option('--log-format <format>', 'how log lines and errors are written on stderr')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--config <file>', 'read options from a JSON file, by their long names; the command line wins');
  program.addCommand(command);
  return command;
}

/** commander's complaint as ours: one line, and the rest as the hint. */
function usageError(error: CommanderError, text: string): UsageError {
  if (error.code === 'commander.help') return new UsageError(`no command given\n\n${text.trimEnd()}`);
  const [first = '', ...rest] = error.message.split('\n');
  const hint = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1');
  return new UsageError(first.replace(/^error: /, ''), { hint: hint === '' ? 'see --help' : lowerFirst(hint) });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
