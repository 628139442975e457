/**
 * The commands. A new one is declared in its folder's command.ts and named here.
 */

import type { Command } from 'commander';
import { checkCommand } from './check/command.ts';
import { completionCommand } from './completion/command.ts';
import type { CommandContext } from './context.ts';
import type { DcmtkOptionTable } from './dcmtk-options.ts';
import { demoCommand } from './demo/command.ts';
import { dumpCommand } from './dump/command.ts';
import { DUMP_DCMTK } from './dump/dcmtk.ts';
import { dump2wlCommand } from './dump2wl/command.ts';
import { DUMP2WL_DCMTK } from './dump2wl/dcmtk.ts';
import { echoCommand } from './echo/command.ts';
import { ECHO_DCMTK } from './echo/dcmtk.ts';
import { findCommand } from './find/command.ts';
import { FIND_DCMTK } from './find/dcmtk.ts';
import { serveCommand } from './serve/command.ts';
import { SERVE_DCMTK } from './serve/dcmtk.ts';

export interface CommandEntry {
  /** What it does, in a sentence. */
  readonly description: string;
  /** Light: what the command does is loaded when it runs. */
  readonly declare: (context: CommandContext) => Command;
  /** The options of the DCMTK tool that it takes the place of. */
  readonly dcmtk?: DcmtkOptionTable;
  /** It speaks of the other commands, so they are declared beside it. */
  readonly seesAll?: true;
}

/** By name, in the order of --help. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  dump2wl: {
    description: 'Write worklist files from dump text, DICOM JSON or orders (CSV, HL7); edit those that are there.',
    declare: dump2wlCommand,
    dcmtk: DUMP2WL_DCMTK,
  },
  dump: {
    description: 'Print DICOM files as dump text, as dcmdump does, or as DICOM JSON.',
    declare: dumpCommand,
    dcmtk: DUMP_DCMTK,
  },
  serve: {
    description: 'Serve the .wl files of a folder as a Modality Worklist SCP, and answer C-ECHO.',
    declare: serveCommand,
    dcmtk: SERVE_DCMTK,
  },
  find: {
    description: 'Query a Modality Worklist SCP and print its answers as they come.',
    declare: findCommand,
    dcmtk: FIND_DCMTK,
  },
  check: {
    description: 'Say what of worklist files would be served, what is wrong with them, and which a query finds.',
    declare: checkCommand,
  },
  echo: {
    description: 'Send a C-ECHO; print what was negotiated and the round-trip time.',
    declare: echoCommand,
    dcmtk: ECHO_DCMTK,
  },
  demo: {
    description: 'Serve built-in sample entries, scheduled today, and print the find line to try.',
    declare: demoCommand,
  },
  completion: {
    description: 'Print what a shell needs to complete the command line of wltool.',
    declare: completionCommand,
    seesAll: true,
  },
};
