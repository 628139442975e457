/** Peers that misbehave while the others work: mutated dialogues, resets, and now and then one that only holds on. */

import { setTimeout as wait } from 'node:timers/promises';
import { associateRequest, echo, find, RELEASE_REQUEST } from '../support/attack-pdu.ts';
import { mutate } from '../support/mutate.ts';
import { RawPeer } from '../support/raw-peer.ts';
import { randomFrom } from '../support/seed.ts';

const DIALOGUE = Buffer.concat([associateRequest(), find(), echo(), RELEASE_REQUEST]);
const PAUSE_MS = 200;
const STAY_MS = 2_000;

export class Rowdies {
  count = 0;
  readonly #port: number;
  readonly #running: Promise<void>;
  #stopping = false;

  constructor(port: number) {
    this.#port = port;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const random = randomFrom('rowdies');
    while (!this.#stopping) {
      const peer = await RawPeer.connect(this.#port);
      this.count += 1;
      await peer.send(mutate(DIALOGUE, random));
      if (random() < 0.3) peer.reset();
      else void peer.reaction(STAY_MS);
      await wait(PAUSE_MS);
    }
  }
}
