import type { Client } from '@temporalio/client';
import { unpolledQueues } from '../infra/temporal/pollers.js';
import { orNull } from './progress.js';

/** Milliseconds between two looks, and before the first: workers that start with a command need a moment. */
const PERIOD_MS = 10_000;

/** Says which task queues of a sweep no worker polls: once, and again when that changes. */
export class PollerWatch {
  private readonly queues: readonly string[];
  private readonly say: (text: string) => void;
  private dueAt = Date.now() + PERIOD_MS;
  private said = '';

  constructor(queues: readonly string[], say: (text: string) => void) {
    this.queues = queues;
    this.say = say;
  }

  /** To be called again and again; looks when it is time to. */
  async look(client: Client): Promise<void> {
    if (Date.now() < this.dueAt) return;
    const unpolled = await orNull(unpolledQueues(client, this.queues));
    this.dueAt = Date.now() + PERIOD_MS;
    if (unpolled === null) return;
    const words = unpolled.length === 0 ? '' : waitingFor(unpolled);
    if (words !== '' && words !== this.said) this.say(`\n${words}`);
    this.said = words;
  }
}

/** What somebody has to do who waits for these queues: a queue is named after the role that polls it. */
export function waitingFor(unpolled: readonly string[]): string {
  const roles = [...new Set(unpolled.map((queue) => queue.split('.')[0]))].join(',');
  return `No worker polls ${unpolled.join(', ')}: cells wait until an "aicodereval worker --role ${roles}" does.`;
}
