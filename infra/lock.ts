import { createHash } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What one who waits needs to see that a lock is free and to take it. */
const GIVE_WAY_MS = 10;

/** A lock that is held until `release`, or until the process dies, however it dies. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the machine-wide lock called `name`; null if another process (or this one) holds it, unless `wait` is set.
 *
 * The lock is an abstract Unix socket: the kernel gives it back when its holder dies, so there is no stale file to
 * judge. It reaches as far as the network namespace: containers that share a folder do not share the lock, so
 * whatever it guards must also end in an atomic rename.
 */
export async function acquireLock(
  name: string,
  options: { readonly wait?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Lock | null> {
  const path = `\0aicodereval-${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
  for (;;) {
    options.signal?.throwIfAborted();
    const lock = await listen(path);
    if (lock !== null || options.wait !== true) return lock;
    await holderGone(path, options.signal);
  }
}

function listen(path: string): Promise<Lock | null> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server = createServer((socket) => {
      waiting.add(socket.unref());
      socket.on('error', () => socket.destroy()).on('close', () => waiting.delete(socket));
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen({ path }, () => resolve({ release: () => close(server, waiting) }));
    server.unref();
  });
}

/** Those who wait come first: a holder that takes the lock again and again would never let them in. */
function close(server: Server, waiting: ReadonlySet<Socket>): Promise<void> {
  const giveWayMs = waiting.size > 0 ? GIVE_WAY_MS : 0;
  return new Promise((resolve) => {
    server.close(() => (giveWayMs > 0 ? setTimeout(resolve, giveWayMs) : resolve()));
    for (const socket of waiting) socket.destroy();
  });
}

/** Ends when the holder closes its end of a connection, by release or by death. */
async function holderGone(path: string, signal: AbortSignal | undefined): Promise<void> {
  const isRefused = await new Promise<boolean>((resolve) => {
    const socket = connect({ path });
    const onAbort = (): void => void socket.destroy();
    signal?.addEventListener('abort', onAbort, { once: true });
    let refused = false;
    socket.on('error', (error: NodeJS.ErrnoException) => (refused = error.code !== 'ECONNRESET'));
    socket.on('close', () => {
      signal?.removeEventListener('abort', onAbort);
      resolve(refused);
    });
    socket.resume();
  });
  // The holder went in between, or its queue is full: a breath, so that this can't spin.
  if (isRefused) await sleep(20);
}
