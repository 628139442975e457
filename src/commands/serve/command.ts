/** `wltool serve`: what the command line takes. */

import { Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { repeated, seconds, wholeNumber } from '../option-values.ts';
import type { ServeOptions } from './options.ts';

const EXAMPLES = `
Examples:
  wltool serve worklists/                      a flat folder, for every called AE title, on port 4242
  wltool serve -p 104 --incomplete reject db/  a folder of wlmscpfs, one subfolder per AE title, with its rules

SIGINT and SIGTERM stop it in order, with exit status 0: running queries have 5 s to end.
A second signal stops it at once. SIGHUP reads folder and certificates anew.
wlmscpfs's options are taken too: wltool serve -dfp db -dfr 4242`;

export function serveCommand(context: CommandContext): Command {
  return (
    new Command('serve')
      .argument('<folder>', 'the folder of worklist files, or of one subfolder per called AE title')
      .argument('[port]', 'the port, as wlmscpfs takes it; else --port')
      .optionsGroup('Listening:')
      .addOption(
        new Option('-p, --port <n>', 'TCP port; 0 takes a free one').default(4242).argParser(wholeNumber(0, 65535)),
      )
      .option('--host <address>', 'address to listen on (default: all)')
      .optionsGroup('What is served:')
      .addOption(
        new Option('--layout <layout>', 'flat: the files for every called AE title; ae: a subfolder for each')
          .choices(['auto', 'flat', 'ae'])
          .default('auto'),
      )
      .addOption(
        new Option('--incomplete <way>', "entries without type 1 attributes: with a warning, or wlmscpfs's rule")
          .choices(['serve', 'reject'])
          .default('serve'),
      )
      .option('--hide-before <date>', 'leave out steps that start before: today, yesterday, today-7, 20261125')
      .option('--for-caller', 'only steps scheduled for the calling AE title, unless the query names a station')
      .addOption(new Option('--limit <n>', 'at most this many answers to a query').argParser(wholeNumber(1, 2 ** 31)))
      .option('--fuzzy-names', "a patient's name also matches without its accents")
      .optionsGroup('Character sets:')
      .option('--charset <terms>', 'answer in this character set (default: as each entry is stored)')
      .addOption(new Option('--charset-for <aet=terms>', 'the same for one calling AE title').argParser(repeated))
      .option('--fallback-charset <terms>', 'what files without (0008,0005) are read as')
      .optionsGroup('Who may call:')
      .option('--aet <title>', 'accept only this called AE title')
      .addOption(new Option('--allow-aet <title>', 'calling AE title that may call (repeat)').argParser(repeated))
      .addOption(new Option('--allow-host <cidr>', 'address or network that may call (repeat)').argParser(repeated))
      .optionsGroup('Watching:')
      .option('--explain', 'log for each query the entries left out, and the first key that excluded each')
      .option('--request-dir <folder>', 'keep the newest 1,000 queries there as dump text')
      .optionsGroup('Limits:')
      .addOption(limit('--max-associations <n>', 'associations at a time', 50, 1, 100_000))
      .addOption(limit('--max-pdu <bytes>', 'longest PDU to receive', 16384, 4096, 131_072))
      .addOption(new Option('--acse-timeout <s>', 'for a caller to say who it is').default(30).argParser(seconds))
      .addOption(new Option('--dimse-timeout <s>', 'for one message once begun').default(60).argParser(seconds))
      .addOption(new Option('--idle-timeout <s>', 'for an association to say nothing').default(600).argParser(seconds))
      .optionsGroup('TLS:')
      .option('--tls-key <file>', 'private key of this server, PEM')
      .option('--tls-cert <file>', 'its certificate, PEM')
      .addOption(new Option('--tls-ca <file>', 'whose certificates to trust, PEM (repeat)').argParser(repeated))
      .addOption(
        new Option('--tls-client <need>', "callers' certificates (default: require with --tls-ca, else none)").choices([
          'require',
          'optional',
          'none',
        ]),
      )
      .addOption(new Option('--no-charset').hideHelp())
      // wlmscpfs's test aids.
      .addOption(new Option('--refuse', 'refuse every association').hideHelp())
      .addOption(new Option('--no-fail', 'answer a malformed query with success, and nothing').hideHelp())
      .addOption(new Option('--sleep-during <s>', 'wait before each answer').argParser(seconds).hideHelp())
      .addHelpText('after', EXAMPLES)
      .action(async (folder: string, port: string | undefined, options: ServeOptions) => {
        const { run } = await import('./run.ts');
        await context.exitWith(run(folder, port, options, context.io));
      })
  );
}

function limit(flags: string, description: string, usual: number, least: number, most: number): Option {
  return new Option(flags, description).default(usual).argParser(wholeNumber(least, most));
}
