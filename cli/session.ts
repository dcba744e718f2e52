import { availableParallelism } from 'node:os';
import type { Client } from '@temporalio/client';
import type { Config } from '../infra/config.js';
import { UserError } from '../infra/errors.js';
import { isAlive } from '../infra/fs.js';
import { acquireLock, type Lock } from '../infra/lock.js';
import type { Logger } from '../infra/log.js';
import type { MetricsAddress } from '../infra/metrics/endpoint.js';
import { connect, type TemporalClient } from '../infra/temporal/connect.js';
import { registerSearchAttributes } from '../infra/temporal/search-attributes.js';
import { Host, readHostFile } from '../workers/host.js';
import type { Role } from '../workers/roles.js';

export interface SessionOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Workers of a server that this command hosts: none is enough to look, all work on whatever there is. */
  readonly roles: readonly Role[];
  /** Programs at the same time, where this command hosts; the machine's cores unless given. */
  readonly slots?: number;
  /** Where metrics are served, where this command hosts; nowhere unless given. */
  readonly metrics?: MetricsAddress | null;
}

/** A command's way to Temporal: a cluster, the server that another command hosts, or one that this command hosts. */
export interface Session {
  /** To be asked for anew each time: where another command's server is taken over, it is another one from then on. */
  readonly client: Client;
  /** Address of Temporal's UI; null for a cluster, whose UI we do not know. */
  readonly uiUrl: string | null;
  /** This process owns the server and the workers. */
  readonly isHost: boolean;
  /** What to scrape; null where this command serves no metrics. */
  readonly metricsUrl: string | null;
  close(): Promise<void>;
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { cluster, home } = options.config;
  if (cluster !== null) return openCluster(await connect(cluster));
  const lock = await acquireLock(`${home} host`);
  return lock === null ? attach(options) : host(options, lock);
}

async function openCluster(temporal: TemporalClient): Promise<Session> {
  await registerSearchAttributes(temporal.connection, temporal.namespace);
  return {
    client: temporal.client,
    uiUrl: null,
    isHost: false,
    metricsUrl: null,
    close: () => temporal.connection.close(),
  };
}

async function host(options: SessionOptions, lock: Lock): Promise<Session> {
  const started = await startHost(options, lock);
  const temporal = await connectTo(started.file.grpc);
  const close = async (): Promise<void> => {
    await temporal.connection.close();
    await started.stop();
  };
  const { file, metricsUrl } = started;
  return { client: temporal.client, uiUrl: uiUrl(file.ui), isHost: true, metricsUrl, close };
}

async function startHost(
  { config, log, roles, slots = availableParallelism(), metrics = null }: SessionOptions,
  lock: Lock,
): Promise<Host> {
  try {
    return await Host.start({ config, log, lock, roles, slots, metrics });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Another command hosts this home. Should it end, this one takes over. */
async function attach(options: SessionOptions): Promise<Session> {
  const session = await Attached.open(options);
  session.waitToTakeOver();
  return session;
}

class Attached implements Session {
  readonly isHost = false;
  private readonly options: SessionOptions;
  private readonly stopWaiting = new AbortController();
  private waiting: Promise<void> = Promise.resolve();
  private heir: Host | null = null;
  private temporal: TemporalClient;
  private uiPort: number;

  private constructor(options: SessionOptions, temporal: TemporalClient, uiPort: number) {
    this.options = options;
    this.temporal = temporal;
    this.uiPort = uiPort;
  }

  static async open(options: SessionOptions): Promise<Attached> {
    const file = await hostReady(options.config.home);
    return new Attached(options, await connectTo(file.grpc), file.ui);
  }

  get client(): Client {
    return this.temporal.client;
  }

  get uiUrl(): string {
    return uiUrl(this.uiPort);
  }

  get metricsUrl(): string | null {
    return this.heir?.metricsUrl ?? null;
  }

  waitToTakeOver(): void {
    this.waiting = this.takeOver().catch((error: unknown) => {
      if (this.stopWaiting.signal.aborted) return;
      this.options.log.error({ error: String(error) }, 'cannot take over from a dead host');
    });
  }

  async close(): Promise<void> {
    this.stopWaiting.abort();
    await this.waiting;
    await this.temporal.connection.close();
    await this.heir?.stop();
  }

  private async takeOver(): Promise<void> {
    const { signal } = this.stopWaiting;
    const lock = await acquireLock(`${this.options.config.home} host`, { wait: true, signal });
    if (lock === null || signal.aborted) return lock?.release();
    // The dead host's port is anybody's now, perhaps the server's of another home: nothing is asked there any more.
    await this.temporal.connection.close();
    this.heir = await startHost(this.options, lock);
    this.temporal = await connectTo(this.heir.file.grpc);
    this.uiPort = this.heir.file.ui;
  }
}

/** The host writes its file when it is ready: wait for that of the living one. */
async function hostReady(home: string): Promise<{ grpc: number; ui: number }> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const file = await readHostFile(home);
    if (file !== null && isAlive(file.pid)) return file;
    if (Date.now() > deadline) {
      throw new UserError('Another command holds this home folder but its server does not become ready.', {
        hint: 'Look at logs/temporal.log there, end that command, and try again.',
        exitCode: 3,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function connectTo(port: number): Promise<TemporalClient> {
  return connect({ connection: { address: `127.0.0.1:${port}` }, namespace: 'default' });
}

function uiUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}
