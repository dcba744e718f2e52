import { EventEmitter, once } from 'node:events';
import { type FaultServer, startFaultServer } from './fault-server.js';
import type { AnsweringHost } from './killed-command.js';
import { starterModel } from './starter-model.js';

/** Milliseconds that an answer takes, and that `nextAnswer` waits. */
const DELAY = 1_000;
const WAIT = 3_000;

export interface CountingHost extends AnsweringHost {
  readonly server: FaultServer;
}

/** A host of the model for `starter`, which counts requests and says when it answers. */
export async function startCountingHost(): Promise<CountingHost> {
  const events = new EventEmitter();
  const model = await starterModel();
  let answers = 0;
  const server = await startFaultServer({
    delayMs: DELAY,
    reply: (received) => {
      answers += 1;
      events.emit('answer');
      return model(received);
    },
  });
  return {
    server,
    answers: () => answers,
    nextAnswer: async () => {
      await once(events, 'answer', { signal: AbortSignal.timeout(WAIT) }).catch(() => undefined);
    },
  };
}
