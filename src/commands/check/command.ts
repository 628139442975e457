/** `wltool check`: what the command line takes. */

import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { repeated } from '../option-values.ts';
import type { CheckOptions } from './run.ts';

const EXAMPLES = `
Examples:
  wltool check worklists/                        what serve would serve, and what is wrong with it
  wltool check worklists/ -k Modality=CT -k ScheduledProcedureStepStartDate=today
                                                 which entries a query finds, and why not the others`;

export function checkCommand(context: CommandContext): Command {
  return new Command('check')
    .argument('<path...>', '.wl files, or folders of them')
    .optionsGroup('Query:')
    .addOption(new Option('-k, --key <key>', 'attribute to match, as for find (repeat)').argParser(repeated))
    .option('--query <file>', 'an identifier to match: DICOM, dump text or DICOM JSON')
    .optionsGroup('Output:')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], options: CheckOptions) => {
      const { run } = await import('./run.ts');
      await context.exitWith(run(paths, options, context.io));
    });
}
