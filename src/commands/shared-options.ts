/**
 * The options that every command has, and what they do before its work begins.
 */

import { type Command, Option } from 'commander';
import { type LogFormat, type LogSettings, thresholdOf } from '../terminal/log.ts';
import { applyConfigFile } from './config-file.ts';

/** Adds them to a command's own. */
export function addSharedOptions(command: Command): void {
  command
    .optionsGroup('Every command:')
    .helpOption('-h, --help', 'print this help')
    .option('-v, --verbose', 'say more on stderr; twice: debug', (_, previous: number) => previous + 1, 0)
    .option('-q, --quiet', 'say nothing but errors on stderr')
    .addOption(
      new Option('--log-format <format>', 'how log lines and errors are written on stderr')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--config <file>', 'read options from a JSON file, by their long names; the command line wins');
}

/** Takes the options of --config, and gives the log its settings. @throws UsageError, FileError */
export function applySharedOptions(command: Command, configureLog: (settings: Partial<LogSettings>) => void): void {
  const { config } = command.opts<{ config?: string }>();
  if (config !== undefined) applyConfigFile(command, config);
  const { quiet, verbose, logFormat } = command.opts<{ quiet?: boolean; verbose: number; logFormat: LogFormat }>();
  configureLog({
    threshold: thresholdOf({ quiet, verbose }),
    format: logFormat,
    // Only a server's lines are read long after they were written.
    timestamps: command.name() === 'serve',
  });
}

/** Whether complaints about the command line itself are wanted as JSON: they come before it is parsed. */
export function wantsJsonLog(argv: readonly string[]): boolean {
  return argv.some(
    (word, index) => word === '--log-format=json' || (word === '--log-format' && argv[index + 1] === 'json'),
  );
}
