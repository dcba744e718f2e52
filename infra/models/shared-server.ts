import { orAborted } from './or-aborted.js';

/** A process that answers several requests at the same time. */
export interface Server {
  /** Settles when the process has ended, however it did. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface Launched<S> {
  readonly slots: number;
  readonly server: Promise<S>;
  /** What goes on with it, or waits for it. */
  readonly uses: Set<Promise<unknown>>;
}

/**
 * A server that is launched by its first use, shared by all, and launched again by the next use after it ended. A use that wants more
 * slots than it has gets a larger one, once what is under way with the smaller has ended; whoever comes meanwhile waits for the
 * larger as well, or that end might never come.
 */
export class SharedServer<S extends Server> {
  readonly #launch: (slots: number, signal: AbortSignal) => Promise<S>;
  readonly #died: () => void;
  readonly #closing = new AbortController();
  #current: Launched<S> | undefined;

  /** The signal of `launch` is aborted by `close`. `died` is told of servers that nobody here has stopped. */
  constructor(launch: (slots: number, signal: AbortSignal) => Promise<S>, died: () => void) {
    this.#launch = launch;
    this.#died = died;
  }

  /** Runs `body` with a server of `slots` or more, which it has to await. What `launch` throws is what that promise throws. */
  use<T>(slots: number, body: (server: Promise<S>) => Promise<T>): Promise<T> {
    const { server, uses } = this.#withSlots(slots);
    const use = body(server);
    uses.add(use);
    return use.finally(() => uses.delete(use));
  }

  /** Stops the server, whatever is under way. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('closed'));
    await stop(this.#current);
  }

  #withSlots(slots: number): Launched<S> {
    const before = this.#current;
    if (before !== undefined && before.slots >= slots) return before;
    const launched = { slots, server: this.#replace(before, slots), uses: new Set<Promise<unknown>>() };
    this.#current = launched;
    void this.#forgetAtEnd(launched);
    return launched;
  }

  async #replace(before: Launched<S> | undefined, slots: number): Promise<S> {
    if (before !== undefined) {
      try {
        await orAborted(Promise.allSettled(before.uses), this.#closing.signal);
      } finally {
        await stop(before);
      }
    }
    return this.#launch(slots, this.#closing.signal);
  }

  async #forgetAtEnd(launched: Launched<S>): Promise<void> {
    const server = await launched.server.catch(() => null);
    await server?.ended;
    // One that had to make room is no news.
    if (this.#current !== launched) return;
    this.#current = undefined;
    if (server !== null && !this.#closing.signal.aborted) this.#died();
  }
}

async function stop(launched: Launched<Server> | undefined): Promise<void> {
  await (await launched?.server.catch(() => null))?.stop();
}
