import { availableParallelism } from 'node:os';
import type { Client } from '@temporalio/client';
import type { Config } from '../infra/config.js';
import { UserError } from '../infra/errors.js';
import { isAlive } from '../infra/fs.js';
import { acquireLock, type Lock } from '../infra/lock.js';
import type { Logger } from '../infra/log.js';
import { connect, type TemporalClient } from '../infra/temporal/connect.js';
import { registerSearchAttributes } from '../infra/temporal/search-attributes.js';
import { Host, readHostFile } from '../workers/host.js';

export interface SessionOptions {
  readonly config: Config;
  readonly log: Logger;
  /** False is enough to look; true also works on what there is. */
  readonly withWorkers: boolean;
}

/** A command's way to Temporal: a cluster, the server that another command hosts, or one that this command hosts. */
export interface Session {
  readonly client: Client;
  /** Address of Temporal's UI; null for a cluster, whose UI we do not know. */
  readonly uiUrl: string | null;
  /** This process owns the server and the workers. */
  readonly isHost: boolean;
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
  return { client: temporal.client, uiUrl: null, isHost: false, close: () => temporal.connection.close() };
}

async function host(options: SessionOptions, lock: Lock): Promise<Session> {
  const started = await startHost(options, lock);
  const temporal = await connectTo(started.file.grpc);
  const close = async (): Promise<void> => {
    await temporal.connection.close();
    await started.stop();
  };
  return { client: temporal.client, uiUrl: uiUrl(started.file.ui), isHost: true, close };
}

async function startHost({ config, log, withWorkers }: SessionOptions, lock: Lock): Promise<Host> {
  try {
    return await Host.start({ config, log, lock, withWorkers, slots: availableParallelism() });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Another command hosts this home. Should it end, this one takes over, at the same address. */
async function attach(options: SessionOptions): Promise<Session> {
  const file = await hostReady(options.config.home);
  const temporal = await connectTo(file.grpc);
  const stopWaiting = new AbortController();
  const heirs: Host[] = [];
  const takeOver = async (): Promise<void> => {
    const lock = await acquireLock(`${options.config.home} host`, { wait: true, signal: stopWaiting.signal });
    if (lock === null || stopWaiting.signal.aborted) return lock?.release();
    heirs.push(await startHost(options, lock));
  };
  const waiting = takeOver().catch((error: unknown) => {
    if (!stopWaiting.signal.aborted) options.log.error({ error: String(error) }, 'cannot take over from a dead host');
  });
  const close = async (): Promise<void> => {
    stopWaiting.abort();
    await waiting;
    await temporal.connection.close();
    for (const heir of heirs) await heir.stop();
  };
  return { client: temporal.client, uiUrl: uiUrl(file.ui), isHost: false, close };
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
