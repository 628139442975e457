/** `wltool dump`: what the command line takes. */

import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { repeated } from '../option-values.ts';
import type { DumpOptions } from './options.ts';

const EXAMPLES = `
Examples:
  wltool dump entry.wl                         print one file
  wltool dump --search PatientName worklists/  print one attribute of every .wl file of a folder

dcmdump's options are taken too: wltool dump +L +P 0010,0010 -s *.wl`;

export function dumpCommand(context: CommandContext): Command {
  return (
    new Command('dump')
      .argument('<file-or-folder...>', 'files, folders (their .wl files, by name), or - for stdin')
      .optionsGroup('Output:')
      .addOption(
        new Option('--format <format>', 'text; or DICOM JSON (PS3.18 F): indented, or one line a file')
          .choices(['text', 'json', 'ndjson'])
          .default('text'),
      )
      .option('--short', 'cut long values to 70 bytes, as dcmdump does unless it is told +L')
      .option('--utf8', 'convert text to UTF-8, each item by its own character set')
      .option('--no-uid-names', 'print UIDs as they are, not as =Name')
      .option('--tree', 'print names in a tree, without lengths')
      .addOption(
        new Option('--quote <how>', 'write bytes beyond ASCII as XML entities or octal').choices([
          'none',
          'markup',
          'octal',
        ]),
      )
      .addOption(
        new Option(
          '--headings [which]',
          'a line with its name before each file, or each in which something is found',
        ).choices(['all', 'found']),
      )
      .option('--keep-padding', 'print the padding of values too')
      .optionsGroup('Searching:')
      .addOption(
        new Option(
          '--search <key>',
          'print only this attribute, at any depth; a keyword, tag or path (repeat)',
        ).argParser(repeated),
      )
      .option('--first', 'only the first of each in a file')
      .option('--with-path', 'print the tags of the sequences around it too')
      .optionsGroup('Reading:')
      .addOption(
        new Option('--read <as>', 'file: must have a meta header; dataset: has none')
          .choices(['auto', 'file', 'dataset'])
          .default('auto'),
      )
      .addOption(
        new Option('--assume <syntax>', 'read in this transfer syntax, or as the bytes suggest').choices([
          'guess',
          'explicit',
          'implicit',
          'big',
        ]),
      )
      .option('--ignore-meta-length', 'find the end of the meta header by its tags')
      .option('--convert-unknown', 'show UN values in the VR that the dictionary knows')
      .option('--stop-after <tag>', 'print nothing behind this element of the data set')
      .option('--stop-before <tag>', 'print nothing from this element of the data set on')
      .option('--force', 'print what was read of a damaged file; the exit status stays 1')
      .option('--pattern <glob>', 'which files of a folder (default: *.wl in any case)')
      .option('--recursive', 'the folders in a folder too')
      .addOption(new Option('--all-files').hideHelp())
      // DCMTK's later option takes back an earlier one.
      .addOption(new Option('--no-short').hideHelp())
      .addOption(new Option('--no-tree').hideHelp())
      .addOption(new Option('--no-keep-padding').hideHelp())
      .addOption(new Option('--no-assume').hideHelp())
      .addOption(new Option('--no-ignore-meta-length').hideHelp())
      .addOption(new Option('--no-convert-unknown').hideHelp())
      .addOption(new Option('--uid-names').hideHelp())
      .addOption(new Option('--no-first').hideHelp())
      .addOption(new Option('--no-with-path').hideHelp())
      .addOption(new Option('--no-force').hideHelp())
      .addOption(new Option('--no-recursive').hideHelp())
      .addHelpText('after', EXAMPLES)
      .action(async (inputs: string[], options: DumpOptions) => {
        const { run } = await import('./run.ts');
        await context.exitWith(run(inputs, options, context.io));
      })
  );
}
