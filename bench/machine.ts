/** The machine that the figures are of. */

import { cpus, loadavg, release, totalmem } from 'node:os';
import { runPeer } from '../test/support/peers.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  readonly dcmtk: string;
  /** Processes that wanted to run, over the last minute; above the number of cores the figures are doubtful. */
  readonly load: number;
}

export async function describeMachine(): Promise<Machine> {
  const { stdout } = await runPeer('dcmdump', ['--version']);
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
    node: process.version,
    dcmtk: /v(\d+\.\d+\.\d+)/.exec(stdout.toString())?.[1] ?? 'unknown',
    load: loadavg()[0] ?? 0,
  };
}
