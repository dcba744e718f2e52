import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { acquireLock, type Lock } from '../lock.js';
import { spawnLogged } from '../log-files.js';
import { freePort } from '../ports.js';

/** Ports of an embedded server, on loopback. */
export interface Ports {
  readonly grpc: number;
  readonly ui: number;
}

const USUAL: Ports = { grpc: 7233, ui: 8233 };
/** The system picks one. */
const ANY = 0;

/** Ports that no other embedded server of this machine takes before `release`, also while nobody listens on them. */
export interface ReservedPorts {
  readonly ports: Ports;
  readonly release: () => Promise<void>;
}

/** The wished ports where they are free, others where they are taken. */
export async function reservePorts(wished: Ports = USUAL): Promise<ReservedPorts> {
  const grpc = await reserve(wished.grpc);
  const ui = await reserve(wished.ui);
  const release = async (): Promise<void> => {
    await Promise.all([grpc.lock.release(), ui.lock.release()]);
  };
  return { ports: { grpc: grpc.port, ui: ui.port }, release };
}

/** A server that is started again finds its own port: were it another's, its workers would do that one's work. */
async function reserve(wished: number): Promise<{ port: number; lock: Lock }> {
  for (const asked of [wished, ANY, ANY, ANY]) {
    const port = await freePort(asked);
    const lock = port === null ? null : await acquireLock(`port ${port} of an embedded server`);
    if (port !== null && lock !== null) return { port, lock };
  }
  return noPort();
}

function noPort(): never {
  throw new UserError('No free port on 127.0.0.1.', { hint: 'Close some programs that listen there.', exitCode: 3 });
}

export interface DevServerOptions {
  readonly home: string;
  /** Path of the `temporal` command. */
  readonly binary: string;
  readonly ports: Ports;
  readonly env: Record<string, string>;
}

/** Bounds of the server's caches, which hold closed workflows too. What is not in them is read from SQLite. */
const CACHES = ['history.hostLevelCacheMaxSize=256', 'history.eventsHostLevelCacheMaxSizeBytes=4194304'];

/**
 * Soft limit of the server's heap. Over 2,000 cells its memory rose by 30 % from the second quarter to the last by the
 * command's own defaults, by 6 to 15 % with smaller caches, by 2.5 % with this as well. A tighter one costs CPU.
 */
const HEAP = '208MiB';

/**
 * Starts Temporal's dev server: one process, its state in `<home>/temporal.db`, its log in `<home>/logs`. It dies with
 * this process. WAL with synchronous=1 is 2.7 times faster than the command's own defaults and survives `kill -9`.
 */
export function startDevServer({ home, binary, ports, env }: DevServerOptions): Promise<ChildProcess> {
  const args = [
    ['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'error', '--ui-disable-news-fetch'],
    ['--port', String(ports.grpc), '--ui-port', String(ports.ui), '--db-filename', join(home, 'temporal.db')],
    ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
    CACHES.flatMap((bound) => ['--dynamic-config-value', bound]),
  ].flat();
  return spawnLogged(binary, { home, name: 'temporal', args, env: { GOMEMLIMIT: HEAP, ...env } });
}
