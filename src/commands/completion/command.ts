/** `wltool completion`: what the command line takes. */

import { Argument, Command, Option } from 'commander';
import type { CommandContext } from '../context.ts';
import { type CompletionOptions, SHELLS, type Shell } from './options.ts';

const EXAMPLES = `
Examples:
  source <(wltool completion bash)                                     in ~/.bashrc
  source <(wltool completion zsh)                                      in ~/.zshrc, behind compinit
  wltool completion fish > ~/.config/fish/completions/wltool.fish      once

Commands, options, their values and keys are completed: wltool find -k Mod<TAB>`;

export function completionCommand(context: CommandContext): Command {
  return new Command('completion')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .addOption(new Option('--line <text>', 'print what may stand at the end of this command line').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(async (shell: Shell, options: CompletionOptions, command: Command) => {
      const { run } = await import('./run.ts');
      await context.exitWith(run(shell, options, command, context.io));
    });
}
