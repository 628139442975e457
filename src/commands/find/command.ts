/** `wltool find`: what the command line takes. */

import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { repeated, wholeNumber } from '../option-values.ts';
import { addPeerOptions } from '../peer-options.ts';
import type { FindOptions } from './options.ts';

const EXAMPLES = `
Examples:
  wltool find ris 104                          the whole list, as a technologist looks at it
  wltool find -k Modality=CT -k ScheduledProcedureStepStartDate=today -k PatientName ris 104 --format json

Keys: Modality=CT, 0010,0020=P-1, (0040,0100)[0].Modality=CT; without "=" the attribute is only asked for.
Dates may be today, yesterday, today+3, 2026-11-25, today..today+7; times 0830, 08:30, 8:00..12:00.
Table and CSV show of a sequence that is asked for whole the meaning of its codes, else keyword=value.
findscu's options are taken too: wltool find -W -aec RIS -k 0010,0020=P-1 -X ris 104`;

export function findCommand(context: CommandContext): Command {
  return addPeerOptions(new Command('find'))
    .argument('[query...]', 'query files: DICOM, dump text or DICOM JSON; one query each, keys of -k put in')
    .optionsGroup('Query:')
    .addOption(new Option('-k, --key <key>', 'attribute to match or to ask for (repeat)').argParser(repeated))
    .option('--charset <terms>', 'encode the keys in this character set (default: ASCII, else ISO_IR 192)')
    .addOption(
      new Option('--limit <n>', 'cancel after this many answers to a query').argParser(wholeNumber(1, 2 ** 31)),
    )
    .addOption(
      new Option('--repeat <n>', 'ask so often, and say how long it took').argParser(wholeNumber(1, 1_000_000)),
    )
    .option('--force', 'send values that their VR does not allow')
    .addOption(
      new Option('--propose <syntax>', 'propose only this transfer syntax (default: explicit and implicit)').choices([
        'explicit',
        'implicit',
        'big',
        'deflated',
      ]),
    )
    .optionsGroup('Output:')
    .addOption(
      new Option('--format <format>', 'default: table on a terminal, else dump').choices([
        'table',
        'dump',
        'json',
        'ndjson',
        'csv',
      ]),
    )
    .option(
      '--fallback-charset <terms>',
      'what answers without (0008,0005) are read as to be shown; dump text in a pipe and files keep the bytes',
    )
    .option(
      '-x, --extract <folder>',
      'also write each answer there as a .wl file, the bytes as received; ready to serve if steps were asked for',
    )
    .addOption(new Option('--extract-like-findscu', 'name the files rsp0001.dcm and so on').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(async (host: string, port: number, queries: string[], options: FindOptions) => {
      const { run } = await import('./run.ts');
      await context.exitWith(run(host, port, queries, options, context.io));
    });
}
