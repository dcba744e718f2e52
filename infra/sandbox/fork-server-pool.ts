import { Failure } from '../../domain/failures.js';
import type { TestReport } from '../../domain/test-report.js';
import type { ForkServer } from './fork-server.js';
import type { Sandbox, SandboxJob } from './sandbox.js';

interface Waiting {
  readonly take: (slot: Slot) => void;
  readonly refuse: (reason: unknown) => void;
}

/** A place for one program at a time; its fork server is started when first needed and again after it died. */
interface Slot {
  server: ForkServer | null;
}

/** A sandbox of `slots` fork servers, each started by `start`. Jobs wait first come, first served. */
export class ForkServerPool implements Sandbox {
  readonly #start: () => Promise<ForkServer>;
  readonly #slots: readonly Slot[];
  readonly #free: Slot[];
  readonly #waiting: Waiting[] = [];
  readonly #busy = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(slots: number, start: () => Promise<ForkServer>) {
    this.#start = start;
    this.#slots = Array.from({ length: slots }, () => ({ server: null }));
    this.#free = [...this.#slots];
  }

  async run(job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    const slot = await this.#acquire(signal);
    const running = this.#runIn(slot, job, signal);
    this.#busy.add(running);
    try {
      return await running;
    } finally {
      this.#busy.delete(running);
      this.#release(slot);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(closed());
    await Promise.all(this.#slots.map(async (slot) => slot.server?.kill()));
    await Promise.allSettled(this.#busy);
  }

  async #runIn(slot: Slot, job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    if (slot.server?.isAlive !== true) slot.server = await this.#start();
    if (this.#isClosed) {
      await slot.server.kill();
      throw closed();
    }
    return slot.server.run(job, signal);
  }

  #acquire(signal?: AbortSignal): Promise<Slot> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw closed();
    const slot = this.#free.pop();
    if (slot !== undefined) return Promise.resolve(slot);
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        waiting.refuse(signal?.reason);
      };
      const settle = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          signal?.removeEventListener('abort', stop);
          then(value);
        };
      };
      const waiting = { take: settle(resolve), refuse: settle(reject) };
      this.#waiting.push(waiting);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  #release(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(slot);
    else next.take(slot);
  }
}

function closed(): Failure {
  return new Failure('SandboxLost', 'The sandbox was closed');
}
