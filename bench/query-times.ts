/** How long servers take for a query on an association that is open already. */

import { DicomClient, findMessage } from './dicom-client.ts';
import { median } from './figure.ts';
import type { Side } from './in-turn.ts';
import type { Scope } from './scope.ts';
import type { BenchServer } from './servers.ts';

/** A round asks for about this long, and at least once: quick servers are asked often, slow ones are not waited for. */
const ROUND_MS = 100;
const MOST_QUERIES = 100;

/** A client of the server for as long as the bench runs. */
export async function openClient(scope: Scope, server: BenchServer): Promise<DicomClient> {
  const client = await DicomClient.open(server.port);
  scope.after(() => client.release());
  return client;
}

/** Measures the median time of a query, which must have so many answers. */
export function querySide(name: string, client: DicomClient, identifier: Buffer, answers: number): Side {
  const message = findMessage(identifier);
  const measure = async (): Promise<number> => {
    const times: number[] = [];
    const startedAt = performance.now();
    let now = startedAt;
    do {
      const found = await client.find(message);
      if (found !== answers) throw new Error(`${name}: ${found} answers, not ${answers}`);
      const before = now;
      now = performance.now();
      times.push(now - before);
    } while (now - startedAt < ROUND_MS && times.length < MOST_QUERIES);
    return median(times);
  };
  return { name, measure };
}
