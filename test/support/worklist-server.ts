/** A server under test, with a handler that answers from a list. */

import { writeDataSet } from '../../src/codec/write-data-set.ts';
import type { DataSet } from '../../src/dicom/data-set.ts';
import {
  type FindOutcome,
  type FindRequest,
  type WorklistHandler,
  WorklistServer,
  type WorklistServerOptions,
} from '../../src/network/worklist-server.ts';
import { type RecordedLog, recordedLog } from './recorded-log.ts';

interface Scope {
  after(cleanUp: () => Promise<void> | void): void;
}

export interface ServerUnderTest {
  readonly server: WorklistServer;
  readonly port: number;
  readonly log: RecordedLog;
  /** Requests the handler got, oldest first. */
  readonly requests: FindRequest[];
}

export type FindScript = (request: FindRequest) => AsyncGenerator<Uint8Array, FindOutcome>;

/** Answers each query with these data sets. */
export function answering(...answers: readonly DataSet[]): FindScript {
  return ending({ status: 0 }, ...answers);
}

/** Answers each query with these data sets, and ends it with this status. */
export function ending(outcome: FindOutcome, ...answers: readonly DataSet[]): FindScript {
  return async function* (request) {
    for (const answer of answers) yield writeDataSet(answer, request.syntax);
    return outcome;
  };
}

/** Starts a server on a free port of the loopback address; it stops with the test. */
export async function startServer(
  scope: Scope,
  find: FindScript = answering(),
  options: Partial<WorklistServerOptions> & { readonly associate?: WorklistHandler['associate'] } = {},
): Promise<ServerUnderTest> {
  const log = recordedLog();
  const requests: FindRequest[] = [];
  const { associate = () => ({ accepted: true }), ...rest } = options;
  const server = new WorklistServer({
    host: '127.0.0.1',
    port: 0,
    log,
    handler: {
      associate,
      find(request) {
        requests.push(request);
        return find(request);
      },
    },
    ...rest,
  });
  const { port } = await server.listen();
  scope.after(() => server.close(0));
  return { server, port, log, requests };
}
