import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, ServiceError } from '@temporalio/client';
import type { Config } from '../infra/config.js';
import { UserError } from '../infra/errors.js';
import { isAlive } from '../infra/fs.js';
import { acquireLock, type Lock } from '../infra/lock.js';
import type { Logger } from '../infra/log.js';
import type { MetricsAddress } from '../infra/metrics/endpoint.js';
import { connect, embeddedServer, type TemporalClient } from '../infra/temporal/connect.js';
import { registerSearchAttributes } from '../infra/temporal/search-attributes.js';
import { Host, readHostFile } from '../workers/host.js';
import type { Crew } from '../workers/roles.js';

export interface SessionOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Workers of a server that this command hosts: none is enough to look, all work on whatever there is. */
  readonly crews: readonly Crew[];
  /** Programs at the same time, where this command hosts; the machine's cores unless given. */
  readonly slots?: number;
  /** Where metrics are served, where this command hosts; nowhere unless given. */
  readonly metrics?: MetricsAddress | null;
}

/** A command's way to Temporal: a cluster, the server that another command hosts, or one that this command hosts. */
export interface Session {
  /**
   * To be asked for anew each time: where another command's server is taken over, it is another one from then on. Throws
   * UserError (exit 3) once that has failed.
   */
  readonly client: Client;
  /**
   * What `work` returns. Where another command's server dies under it, it is done again with the server that takes its
   * place: `work` must bear that. Throws what `work` throws, and UserError (exit 3) if the server can't be taken over.
   */
  ask<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Address of Temporal's UI; null for a cluster, whose UI we do not know. */
  readonly uiUrl: string | null;
  /** This process owns the server and the workers. */
  readonly isHost: boolean;
  /** What to scrape; null where this command serves no metrics. */
  readonly metricsUrl: string | null;
  close(): Promise<void>;
}

/** How long a command waits for the server of another one, in milliseconds: to be ready, or to be taken over. */
const PATIENCE_MS = 60_000;

export async function openSession(options: SessionOptions): Promise<Session> {
  const { cluster } = options.config;
  return cluster === null ? openHome(options) : openCluster(await connect(cluster));
}

/** Hosts the home, or attaches to the command that does; that one may end before it is ready, or before it has answered. */
async function openHome(options: SessionOptions): Promise<Session> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const lock = await acquireLock(`${options.config.home} host`);
    if (lock !== null) return host(options, lock);
    const session = await Attached.open(options);
    if (session !== null) return session;
    if (Date.now() > deadline) {
      throw new UserError('Another command holds this home folder but its server does not become ready.', {
        hint: 'Look at logs/temporal.log there, end that command, and try again.',
        exitCode: 3,
      });
    }
    await sleep(100);
  }
}

async function openCluster(temporal: TemporalClient): Promise<Session> {
  await registerSearchAttributes(temporal.connection, temporal.namespace);
  const { client, connection } = temporal;
  return {
    client,
    ask: (work) => work(client),
    uiUrl: null,
    isHost: false,
    metricsUrl: null,
    close: () => connection.close(),
  };
}

async function host(options: SessionOptions, lock: Lock): Promise<Session> {
  const started = await startHost(options, lock);
  const { client, connection } = await connect(embeddedServer(started.file.grpc));
  const close = async (): Promise<void> => {
    await connection.close();
    await started.stop();
  };
  const { file, metricsUrl } = started;
  return { client, ask: (work) => work(client), uiUrl: uiUrl(file.ui), isHost: true, metricsUrl, close };
}

async function startHost(
  { config, log, crews, slots = availableParallelism(), metrics = null }: SessionOptions,
  lock: Lock,
): Promise<Host> {
  try {
    return await Host.start({ config, log, lock, crews, slots, metrics });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Another command hosts this home. Should it end, this one takes over. */
class Attached implements Session {
  readonly isHost = false;
  private readonly options: SessionOptions;
  private readonly stopWaiting = new AbortController();
  private waiting: Promise<void> = Promise.resolve();
  private heir: Host | null = null;
  private failure: UserError | null = null;
  private temporal: TemporalClient;
  private uiPort: number;

  private constructor(options: SessionOptions, temporal: TemporalClient, uiPort: number) {
    this.options = options;
    this.temporal = temporal;
    this.uiPort = uiPort;
  }

  /** Null where the host is not ready, or has ended. */
  static async open(options: SessionOptions): Promise<Attached | null> {
    const file = await readHostFile(options.config.home);
    if (file === null || !isAlive(file.pid)) return null;
    const temporal = await connect(embeddedServer(file.grpc)).catch(() => null);
    if (temporal === null) return null;
    const session = new Attached(options, temporal, file.ui);
    session.waitToTakeOver();
    return session;
  }

  get client(): Client {
    if (this.failure !== null) throw this.failure;
    return this.temporal.client;
  }

  async ask<T>(work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await work(this.client);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      await Promise.race([this.waiting, sleep(PATIENCE_MS, null, { ref: false })]);
      return work(this.client);
    }
  }

  get uiUrl(): string {
    return uiUrl(this.uiPort);
  }

  get metricsUrl(): string | null {
    return this.heir?.metricsUrl ?? null;
  }

  async close(): Promise<void> {
    this.stopWaiting.abort();
    await this.waiting;
    await this.temporal.connection.close();
    await this.heir?.stop();
  }

  private waitToTakeOver(): void {
    this.waiting = this.takeOver().catch((cause: unknown) => {
      if (this.stopWaiting.signal.aborted) return;
      this.options.log.error({ error: String(cause) }, 'cannot take over from a dead host');
      this.failure = new UserError('The command that hosted this home has died, and this one cannot take its place.', {
        hint: 'Nothing that was finished is lost; give the same command again.',
        exitCode: 3,
        cause,
      });
    });
  }

  private async takeOver(): Promise<void> {
    const { signal } = this.stopWaiting;
    const lock = await acquireLock(`${this.options.config.home} host`, { wait: true, signal });
    if (lock === null || signal.aborted) return lock?.release();
    // The dead host's port is anybody's now, perhaps the server's of another home: nothing is asked there any more.
    await this.temporal.connection.close();
    this.heir = await startHost(this.options, lock);
    this.temporal = await connect(embeddedServer(this.heir.file.grpc));
    this.uiPort = this.heir.file.ui;
  }
}

function uiUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}
