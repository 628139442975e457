/** `wltool demo`: the sample orders as a worklist folder of its own, served until a signal comes. */

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPLICIT_LITTLE } from '../../codec/transfer-syntax.ts';
import { EXIT, type ExitCode } from '../../errors.ts';
import { fileFailure } from '../../files/file-failure.ts';
import { WorklistServer } from '../../network/worklist-server.ts';
import { readOrders } from '../../orders/read-orders.ts';
import { completeFileMeta } from '../../part10/file-meta.ts';
import { writePart10, ZERO_PREAMBLE } from '../../part10/write-part10.ts';
import type { Io } from '../../terminal/io.ts';
import { Store } from '../../worklist/store.ts';
import { StoreHandler } from '../../worklist/worklist-handler.ts';
import { SAMPLE_ORDERS } from './sample-orders.ts';

/** Nothing but this machine may see the samples. */
const HOST = '127.0.0.1';
const GRACE_MS = 1_000;

export interface DemoOptions {
  readonly port: number;
}

export async function run(options: DemoOptions, io: Io): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), 'wltool-demo-')).catch((error: unknown) => {
    throw fileFailure(tmpdir(), 'write', error);
  });
  try {
    await writeSamples(folder, io.now());
    await serve(folder, options.port, io);
    return EXIT.done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeSamples(folder: string, today: Date): Promise<void> {
  const syntax = EXPLICIT_LITTLE;
  const { orders } = readOrders(Buffer.from(SAMPLE_ORDERS), { kind: 'csv', today });
  for (const order of orders) {
    if (order.action !== 'write') continue;
    const { meta } = completeFileMeta({ given: undefined, dataSet: order.dataSet, syntax });
    const bytes = writePart10({ preamble: ZERO_PREAMBLE, meta, dataSet: order.dataSet, syntax });
    await writeFile(join(folder, order.name), bytes);
  }
}

async function serve(folder: string, port: number, io: Io): Promise<void> {
  const { log, signal } = io;
  const store = await Store.open({ folder, layout: 'flat', incomplete: 'serve', fallbackCharset: '', log });
  try {
    const server = new WorklistServer({ handler: new StoreHandler(store, { log }), log, host: HOST, port });
    const address = await server.listen();
    await io.stdout.write(invitation(folder, address.port));
    if (!signal.aborted) await once(signal, 'abort');
    await server.close(GRACE_MS);
  } finally {
    store.close();
  }
}

function invitation(folder: string, port: number): string {
  return `listening on ${HOST}:${port}, for any called AE title, with sample entries in ${folder}

Try, in another terminal:
  wltool find ${HOST} ${port}
  wltool find -k Modality=CT -k ScheduledProcedureStepStartDate=today -k PatientName ${HOST} ${port}
  findscu -W -k "ScheduledProcedureStepSequence[0].Modality=CT" -k PatientName ${HOST} ${port}

Stop with ctrl-C.
`;
}
