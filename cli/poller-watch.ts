import type { Client } from '@temporalio/client';
import type { Config } from '../infra/config.js';
import { unpolledQueues } from '../infra/temporal/pollers.js';
import { orNull } from './progress.js';

/** Milliseconds between two looks, and before the first: workers that start with a command need a moment. */
const PERIOD_MS = 10_000;

/** Says which task queues of a sweep no worker polls: once, and again when that changes. */
export class PollerWatch {
  private readonly queues: readonly string[];
  private readonly hosting: Hosting;
  private readonly say: (text: string) => void;
  private dueAt = Date.now() + PERIOD_MS;
  private said = '';

  constructor(queues: readonly string[], { cluster }: Pick<Config, 'cluster'>, say: (text: string) => void) {
    this.queues = queues;
    this.hosting = cluster === null ? 'command' : 'cluster';
    this.say = say;
  }

  /** To be called again and again; looks when it is time to. */
  async look(client: Client): Promise<void> {
    if (Date.now() < this.dueAt) return;
    const unpolled = await orNull(unpolledQueues(client, this.queues));
    this.dueAt = Date.now() + PERIOD_MS;
    if (unpolled === null) return;
    const words = unpolled.length === 0 ? '' : waitingFor(unpolled, this.hosting);
    if (words !== '' && words !== this.said) this.say(`\n${words}`);
    this.said = words;
  }
}

/** Who may poll: the workers of a cluster, those of the command that hosts the home, or nobody, as no command with workers does. */
export type Hosting = 'cluster' | 'command' | 'nobody';

/** What somebody has to do who waits for these queues: a queue is named after the role that polls it. */
export function waitingFor(unpolled: readonly string[], hosting: Hosting): string {
  const roles = [...new Set(unpolled.map((queue) => queue.split('.')[0]))].join(',');
  const end = {
    cluster: `until an "aicodereval worker --role ${roles}" does`,
    command:
      'until the command that hosts this home has ended; "aicodereval run" or "aicodereval up" then takes its place',
    nobody: 'for "aicodereval up", or "aicodereval run" with the sweep\'s file',
  }[hosting];
  return `No worker polls ${unpolled.join(', ')}: cells wait ${end}.`;
}
