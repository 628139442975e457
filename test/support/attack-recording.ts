/** The bytes that a well-behaved client sends over one association, PDU by PDU. */

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { TransferSyntax } from '../../src/codec/transfer-syntax.ts';
import type { DataSet } from '../../src/dicom/data-set.ts';
import { WorklistClient } from '../../src/network/worklist-client.ts';

/** Queries the server on `port` through a relay that listens in. */
export async function recordDialogue(
  port: number,
  queries: readonly DataSet[],
  syntaxes?: readonly TransferSyntax[],
): Promise<Buffer[]> {
  const sent: Buffer[] = [];
  const relay = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.on('data', (chunk) => sent.push(chunk));
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = await WorklistClient.connect({
    host: '127.0.0.1',
    port: address.port,
    callingAeTitle: 'RECORDED',
    calledAeTitle: 'WORKLIST',
    service: 'find',
    syntaxes,
  });
  for (const query of queries) for await (const _ of client.find(query));
  await client.release();
  relay.close();
  await once(relay, 'close');
  return splitPdus(Buffer.concat(sent));
}

function splitPdus(bytes: Buffer): Buffer[] {
  const pdus: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 6 + bytes.readUInt32BE(at + 2);
    pdus.push(bytes.subarray(at, end));
    at = end;
  }
  return pdus;
}
