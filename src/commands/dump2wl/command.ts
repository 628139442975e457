/** `wltool dump2wl`: what the command line takes. */

import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { repeated, wholeNumber } from '../option-values.ts';
import type { Dump2wlOptions } from './options.ts';

const EXAMPLES = `
Examples:
  wltool dump2wl entry.txt entry.wl                       one dump to one worklist file
  wltool dump2wl --out-dir worklists/ *.txt               many, each under its own name
  wltool dump2wl e.wl e.wl --set PatientID=P-17           edit an entry in place
  wltool dump2wl --out-dir worklists/ orders.csv          orders: a column per key, an entry a row

Input is dump text, DICOM JSON or, where there is something to change, a DICOM file; - is stdin or stdout.
Orders are CSV or HL7 v2 (ORM, OMI, OMG): the same order replaces its entry, a cancelled one removes it.
Keys: PatientID=P-17, 0010,0020=P-17, ScheduledProcedureStepSequence[0].Modality=CT.
Dates may be today, tomorrow, today+3, 20261125, 2026-11-25; times 1430, 14:30.
dump2dcm's options are taken too: wltool dump2wl +te +Ug entry.txt entry.wl`;

export function dump2wlCommand(context: CommandContext): Command {
  return new Command('dump2wl')
    .argument('<input...>', 'an input and the file to write (without it: stdout); with --out-dir, inputs only')
    .option('--out-dir <folder>', 'write each input there, under its own name with .wl')
    .optionsGroup('Orders (inputs that end in .csv or .hl7):')
    .addOption(new Option('--from <kind>', 'the inputs are orders, whatever their names say').choices(['csv', 'hl7']))
    .option('--template <file>', 'what each entry starts as: dump text, DICOM JSON or a worklist file')
    .option('--hl7-mapping <file>', 'JSON that says where in an HL7 order attributes are')
    .optionsGroup('Changes:')
    .addOption(
      new Option('--set <key=value>', 'set an attribute; sequences and items are made (repeat)').argParser(repeated),
    )
    .addOption(new Option('--remove <key>', 'remove an attribute, or a numbered item (repeat)').argParser(repeated))
    .addOption(
      new Option('--new-uids [which]', 'new Study, Series and SOP Instance UIDs: all, or where missing')
        .choices(['all', 'missing'])
        .preset('all'),
    )
    .option('--charset <terms>', 'encode the text values in this character set; dump text is read as UTF-8')
    .optionsGroup('Checks:')
    .addOption(
      new Option('--check <level>', 'values against their VR, attributes a worklist needs')
        .choices(['off', 'warn', 'error'])
        .default('warn'),
    )
    .option('--force', 'write what parses; replace a target that is no DICOM file')
    .optionsGroup('Encoding:')
    .addOption(
      new Option('-t, --transfer-syntax <syntax>', 'default: what the input says, else explicit').choices([
        'explicit',
        'implicit',
        'big',
        'deflated',
      ]),
    )
    .option('--no-meta', 'write the data set alone, without file meta information')
    .addOption(
      new Option('--length <kind>', 'lengths of sequences and items (default: explicit)').choices([
        'explicit',
        'undefined',
      ]),
    )
    .addOption(
      new Option('--group-lengths <how>', 'group length elements (default: recalculate)').choices([
        'recalculate',
        'create',
        'remove',
      ]),
    )
    .addOption(
      new Option('--compression-level <n>', 'of the deflated syntax: 0 to 9 (default: 6)').argParser(wholeNumber(0, 9)),
    )
    .addOption(new Option('--no-transfer-syntax').hideHelp())
    .addOption(new Option('--meta').hideHelp())
    .addOption(new Option('--no-force').hideHelp())
    .addOption(new Option('--overwrite-uids').hideHelp())
    .addOption(new Option('--no-overwrite-uids').hideHelp())
    .addOption(new Option('--ignore-meta').hideHelp())
    .addOption(new Option('--no-ignore-meta').hideHelp())
    .addOption(new Option('--update-meta').hideHelp())
    .addOption(new Option('--old-vrs').hideHelp())
    .addOption(new Option('--no-old-vrs').hideHelp())
    .addOption(new Option('--keep-trailing-padding').hideHelp())
    .addOption(new Option('--no-keep-trailing-padding').hideHelp())
    .addOption(new Option('--big-endian-files').hideHelp())
    .addOption(new Option('--no-big-endian-files').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: Dump2wlOptions) => {
      const { run } = await import('./run.ts');
      await context.exitWith(run(inputs, options, context.io));
    });
}
