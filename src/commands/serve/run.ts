/** `wltool serve`: a store, a handler and a server, until a signal comes. */

import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { EXIT, type ExitCode, FileError, UsageError } from '../../errors.ts';
import { WorklistServer } from '../../network/worklist-server.ts';
import type { Io } from '../../terminal/io.ts';
import { Store } from '../../worklist/store.ts';
import { StoreHandler } from '../../worklist/worklist-handler.ts';
import { wholeNumber } from '../option-values.ts';
import { allowedAddresses } from './allow-hosts.ts';
import { announceStore, entryCount } from './announce-store.ts';
import { showLive, showReading } from './live-line.ts';
import { fallbackCharset, handlerOptions, type ServeOptions } from './options.ts';
import { readTls } from './read-tls.ts';
import { RequestFolder } from './request-folder.ts';

/** How long running queries may take to end after a signal. */
const GRACE_MS = 5_000;

export async function run(folder: string, port: string | undefined, options: ServeOptions, io: Io): Promise<ExitCode> {
  const { log } = io;
  const allowAddress = allowedAddresses(options.allowHost);
  const settings = handlerOptions(options, io.now);
  const fallback = fallbackCharset(options);
  const tls = await readTls(options);
  const requests =
    options.requestDir === undefined ? undefined : await RequestFolder.open(options.requestDir, log, io.now);
  const { layout, incomplete } = options;
  let opening = true;
  const looked = (area: string, done: number, total: number): void => {
    if (opening) showReading(io, area, done, total);
  };
  const store = await Store.open({ folder, layout, incomplete, fallbackCharset: fallback, log, looked }).catch(
    (error: unknown) => {
      throw port === undefined ? asPortAlone(error, folder) : error;
    },
  );
  opening = false;
  io.status('');
  try {
    announceStore(store, folder, log);
    const received = requests?.keep.bind(requests);
    const handler = new StoreHandler(store, { ...settings, log, ...(received && { received }) });
    const server = new WorklistServer({
      handler,
      log,
      host: options.host,
      port: port === undefined ? options.port : portArgument(port),
      maxPdu: options.maxPdu,
      maxAssociations: options.maxAssociations,
      acseTimeoutMs: options.acseTimeout * 1_000,
      dimseTimeoutMs: options.dimseTimeout * 1_000,
      idleTimeoutMs: options.idleTimeout * 1_000,
      tls,
      allowAddress,
    });
    const reload = () => void reloadAll(store, server, folder, options, io);
    const address = await server.listen();
    process.on('SIGHUP', reload);
    process.on('unhandledRejection', reportBug);
    process.on('uncaughtException', reportBug);
    const host = isIPv6(address.address) ? `[${address.address}]` : address.address;
    await io.stdout.write(`listening on ${host}:${address.port}${tls === undefined ? '' : ' with TLS'}\n`);
    const endLive = showLive(io, () => ({
      associations: server.associations,
      ...handler.served,
      entries: entryCount(store),
    }));
    if (!io.signal.aborted) await once(io.signal, 'abort');
    endLive();
    log.notice('stopping: running queries may end, no new ones are taken');
    process.off('SIGHUP', reload);
    await server.close(GRACE_MS);
    await requests?.settled();
    process.off('unhandledRejection', reportBug);
    process.off('uncaughtException', reportBug);
    return EXIT.done;
  } finally {
    store.close();
  }

  /** A bug of ours, but no reason to leave the modalities without a worklist. */
  function reportBug(reason: unknown): void {
    log.error(`a bug in wltool, please report it: ${reason instanceof Error ? reason.stack : reason}`);
  }
}

/** SIGHUP: folder and certificates anew. What cannot be read leaves the old in force. */
async function reloadAll(
  store: Store,
  server: WorklistServer,
  folder: string,
  options: ServeOptions,
  io: Io,
): Promise<void> {
  try {
    await store.reload();
    announceStore(store, folder, io.log);
    const tls = await readTls(options);
    if (tls !== undefined) server.reloadTls(tls.credentials);
    io.log.notice('read anew');
  } catch (error) {
    io.log.error(`not read anew: ${error instanceof Error ? error.message : error}`);
  }
}

/** `serve 4242`, as wlmscpfs is called, takes the number for the folder. */
function asPortAlone(error: unknown, folder: string): unknown {
  if (!(error instanceof FileError) || !/^\d+$/.test(folder)) return error;
  return new FileError(folder, error.message, {
    hint: `a port comes behind the folder: wltool serve . ${folder}`,
    cause: error,
  });
}

function portArgument(text: string): number {
  try {
    return wholeNumber(0, 65_535)(text);
  } catch {
    throw new UsageError(`"${text}" is no port`, {
      hint: 'serve takes one folder, and perhaps a port from 0 to 65535',
    });
  }
}
