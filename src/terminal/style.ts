/**
 * Colours by meaning. The only importer of chalk.
 */

import { Chalk, type ChalkInstance } from 'chalk';

type Paint = (text: string) => string;

export interface Style {
  readonly error: Paint;
  readonly warning: Paint;
  readonly success: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
}

const asIs: Paint = (text) => text;

export const plainStyle: Style = { error: asIs, warning: asIs, success: asIs, strong: asIs, faint: asIs };

/** The style for an output, plain where colour is off. */
export function styleFor(output: { readonly color: boolean }): Style {
  if (!output.color) return plainStyle;
  const chalk: ChalkInstance = new Chalk({ level: 1 });
  return {
    error: chalk.red.bold,
    warning: chalk.yellow,
    success: chalk.green,
    strong: chalk.bold,
    faint: chalk.dim,
  };
}

/** Colour on a terminal only; NO_COLOR and FORCE_COLOR count, the second more (no-color.org, force-color.org). */
export function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return isTerminal && env['TERM'] !== 'dumb';
}
