/**
 * What nobody foresaw: the stack, and a request to report it.
 */

import { VERSION } from '../version.ts';
import type { Io } from './io.ts';
import { visible } from './safe-text.ts';
import { styleFor } from './style.ts';

/** Reports an unexpected throw on stderr. */
export async function reportBug(error: unknown, io: Pick<Io, 'stderr' | 'log' | 'logFormat'>): Promise<void> {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const versions = `wltool ${VERSION}, Node ${process.version}, ${process.platform}`;
  if (io.logFormat === 'json') {
    io.log.error('this is a bug in wltool', { code: 'bug', stack, versions });
    return;
  }
  const style = styleFor(io.stderr);
  await io.stderr.write(
    `${visible(stack, '\n')}\n\n${style.error('This is a bug in wltool.')} Please report it with the lines above, ` +
      `the command you gave, and: ${versions}.\nLook through them first: values in them may be a patient's.\n`,
  );
}
