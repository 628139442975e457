/** What `wltool completion` is asked for. */

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

export interface CompletionOptions {
  /** The command line as far as the cursor: asks for what may come next. Absent: asks for the shell's script. */
  readonly line?: string;
}
