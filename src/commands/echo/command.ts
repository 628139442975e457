/** `wltool echo`: what the command line takes. */

import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { addPeerOptions, type PeerCommandOptions } from '../peer-options.ts';

const EXAMPLES = `
Examples:
  wltool echo localhost 4242                   is anybody there, and who?
  wltool echo --aec WORKLIST --timeout 3 ris 104

echoscu's options are taken too: wltool echo -aec WORKLIST ris 104`;

export function echoCommand(context: CommandContext): Command {
  return addPeerOptions(new Command('echo'))
    .addHelpText('after', EXAMPLES)
    .action(async (host: string, port: number, options: PeerCommandOptions) => {
      const { run } = await import('./run.ts');
      await context.exitWith(run(host, port, options, context.io));
    });
}
