import type { TestReport } from '../../domain/test-report.js';
import { RETIREMENTS } from '../metrics/definitions.js';
import { type Metrics, NO_METRICS } from '../metrics/metrics.js';
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
  /** What is counted, and under which environment's name; nothing unless given. */
  readonly counted?: Counted | undefined;
}

/** Where a sandbox's programs and fork servers are counted. */
export interface Counted {
  readonly metrics: Metrics;
  readonly environment: string;
}

type Reason = (typeof RETIREMENTS)[number];

/** After this many programs a fork server is replaced: whatever it gathers without anybody noticing is gone then. */
const MOST_RUNS = 5_000;
/** So many programs make do with a server that lacks some of what they import, before one is started that has it. */
const MOST_INSTEAD = 4;
/** Fork servers that are kept for each slot: those of other import sets wait for the next program that needs them. */
const KEPT_PER_SLOT = 6;

/**
 * A sandbox of fork servers, one to a program at a time, started when they are first needed. Each has imported one of the
 * import sets; a program gets one with what it imports.
 */
export class ForkServerPool implements Sandbox {
  readonly #options: PoolOptions;
  readonly #metrics: Metrics;
  readonly #environment: { readonly environment: string };
  readonly #closing = new AbortController();
  /** Those that were used last stand last. */
  #idle: Idle[] = [];
  readonly #busy = new Set<Promise<unknown>>();
  readonly #servers = new Set<ForkServer>();
  #instead = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    const { metrics, environment } = options.counted ?? { metrics: NO_METRICS, environment: '' };
    this.#metrics = metrics;
    this.#environment = { environment };
    // From 0, so that a rate sees the first.
    for (const reason of RETIREMENTS)
      metrics.count('aicodereval_fork_server_recycled_total', { environment, reason }, 0);
    for (const result of ['started', 'failed'])
      metrics.count('aicodereval_fork_server_starts_total', { environment, result }, 0);
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
    await Promise.all([...this.#servers].map((server) => this.#retire(server, 'closed')));
    await Promise.allSettled(this.#busy);
  }

  async #runOne(job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    const { set, server } = await this.#serverFor(
      chooseImportSet(this.#options.importSets, `${job.program}\n${job.test}`),
    );
    try {
      const report = await server.run(job, signal);
      this.#note(report);
      return report;
    } finally {
      const reason = whyRetire(server);
      if (reason === null) this.#idle.push({ set, server });
      else await this.#retire(server, reason);
    }
  }

  #note({ endOfRun, wallMs, cpuMs }: TestReport): void {
    this.#metrics.count('aicodereval_programs_total', { ...this.#environment, end_of_run: endOfRun });
    this.#metrics.observe('aicodereval_program_duration_seconds', this.#environment, wallMs / 1_000);
    this.#metrics.observe('aicodereval_program_cpu_seconds', this.#environment, cpuMs / 1_000);
  }

  async #serverFor(set: ImportSet): Promise<Idle> {
    const idle = this.#takeIdle(set);
    if (idle !== null) return idle;
    if (set.instead === undefined || this.#instead >= MOST_INSTEAD) return { set, server: await this.#start(set) };
    this.#instead += 1;
    return this.#serverFor(set.instead);
  }

  #takeIdle(set: ImportSet): Idle | null {
    this.#idle = this.#idle.filter(({ server }) => server.isAlive);
    const index = this.#idle.findLastIndex((idle) => idle.set.name === set.name);
    return index === -1 ? null : (this.#idle.splice(index, 1)[0] ?? null);
  }

  async #start(set: ImportSet): Promise<ForkServer> {
    const isTooMany = (): boolean => this.#servers.size >= this.#options.slots.count * KEPT_PER_SLOT || isMemoryShort();
    while (this.#idle.length > 0 && isTooMany()) {
      const oldest = this.#idle.shift();
      if (oldest !== undefined) await this.#retire(oldest.server, 'room');
    }
    const server = await this.#launch(set);
    this.#servers.add(server);
    this.#metrics.move('aicodereval_fork_servers', this.#environment, 1);
    if (!this.#closing.signal.aborted) return server;
    await this.#retire(server, 'closed');
    throw sandboxClosed();
  }

  async #launch(set: ImportSet): Promise<ForkServer> {
    const began = performance.now();
    const starts = 'aicodereval_fork_server_starts_total';
    try {
      const server = await this.#options.start(set);
      this.#metrics.count(starts, { ...this.#environment, result: 'started' });
      const seconds = (performance.now() - began) / 1_000;
      this.#metrics.observe('aicodereval_fork_server_start_duration_seconds', this.#environment, seconds);
      return server;
    } catch (error) {
      this.#metrics.count(starts, { ...this.#environment, result: 'failed' });
      throw error;
    }
  }

  async #retire(server: ForkServer, reason: Reason): Promise<void> {
    if (this.#servers.delete(server)) {
      this.#metrics.count('aicodereval_fork_server_recycled_total', { ...this.#environment, reason });
      this.#metrics.move('aicodereval_fork_servers', this.#environment, -1);
    }
    await server.kill();
  }
}

/** Null of one that may run the next program. */
function whyRetire(server: ForkServer): Reason | null {
  if (!server.isAlive) return 'died';
  if (server.isWorn) return 'worn';
  return server.runs >= MOST_RUNS ? 'old' : null;
}
