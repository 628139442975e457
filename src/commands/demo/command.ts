/** `wltool demo`: what the command line takes. */

import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { wholeNumber } from '../option-values.ts';
import type { DemoOptions } from './run.ts';

const EXAMPLES = `
Examples:
  wltool demo                a worklist of today to try find and scanners on, until it is stopped
  wltool demo --port 4242    the same on a port of your choice

SIGINT and SIGTERM (Ctrl-C) stop it, with exit status 0.`;

export function demoCommand(context: CommandContext): Command {
  return new Command('demo')
    .optionsGroup('Listening:')
    .addOption(
      new Option('-p, --port <n>', 'TCP port on the loopback address; 0 takes a free one')
        .default(0)
        .argParser(wholeNumber(0, 65_535)),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: DemoOptions) => {
      const { run } = await import('./run.ts');
      await context.exitWith(run(options, context.io));
    });
}
