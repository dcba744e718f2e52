import type { TestReport } from '../../domain/test-report.js';
import type { ForkServer } from './fork-server.js';
import { chooseImportSet, type ImportSet } from './import-set.js';
import { isMemoryShort } from './memory.js';
import type { Sandbox, SandboxJob } from './sandbox.js';
import { sandboxClosed, type Slots } from './slots.js';

/** A fork server between two programs. */
interface Idle {
  readonly set: ImportSet;
  readonly server: ForkServer;
}

/** What a pool is made of. */
export interface PoolOptions {
  readonly slots: Slots;
  readonly importSets: readonly ImportSet[];
  readonly start: (set: ImportSet) => Promise<ForkServer>;
}

/** After this many programs a fork server is replaced: whatever it gathers without anybody noticing is gone then. */
const MOST_RUNS = 5_000;
/** Fork servers that are kept for each slot: those of other import sets wait for the next program that needs them. */
const KEPT_PER_SLOT = 6;

/**
 * A sandbox of fork servers, one to a program at a time, started when they are first needed. Each has imported one of the
 * import sets; a program gets one with what it imports.
 */
export class ForkServerPool implements Sandbox {
  readonly #options: PoolOptions;
  readonly #closing = new AbortController();
  /** Those that were used last stand last. */
  #idle: Idle[] = [];
  readonly #busy = new Set<Promise<unknown>>();
  readonly #servers = new Set<ForkServer>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async run(job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    const { slots } = this.#options;
    const signals = signal === undefined ? [] : [signal];
    await slots.take(AbortSignal.any([...signals, this.#closing.signal]), job.isAlone === true);
    const running = this.#runOne(job, signal);
    this.#busy.add(running);
    try {
      return await running;
    } finally {
      this.#busy.delete(running);
      slots.give();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(sandboxClosed());
    await Promise.all([...this.#servers].map((server) => server.kill()));
    await Promise.allSettled(this.#busy);
  }

  async #runOne(job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    const set = chooseImportSet(this.#options.importSets, `${job.program}\n${job.test}`);
    const server = this.#takeIdle(set) ?? (await this.#start(set));
    try {
      return await server.run(job, signal);
    } finally {
      if (!server.isAlive || server.isWorn || server.runs >= MOST_RUNS) await this.#retire(server);
      else this.#idle.push({ set, server });
    }
  }

  #takeIdle(set: ImportSet): ForkServer | null {
    this.#idle = this.#idle.filter(({ server }) => server.isAlive);
    const index = this.#idle.findLastIndex((idle) => idle.set.name === set.name);
    return index === -1 ? null : (this.#idle.splice(index, 1)[0]?.server ?? null);
  }

  async #start(set: ImportSet): Promise<ForkServer> {
    const isTooMany = (): boolean => this.#servers.size >= this.#options.slots.count * KEPT_PER_SLOT || isMemoryShort();
    while (this.#idle.length > 0 && isTooMany()) {
      const oldest = this.#idle.shift();
      if (oldest !== undefined) await this.#retire(oldest.server);
    }
    const server = await this.#options.start(set);
    this.#servers.add(server);
    if (!this.#closing.signal.aborted) return server;
    await this.#retire(server);
    throw sandboxClosed();
  }

  async #retire(server: ForkServer): Promise<void> {
    this.#servers.delete(server);
    await server.kill();
  }
}
