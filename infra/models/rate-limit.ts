import { setTimeout as delay } from 'node:timers/promises';
import { AdaptiveConcurrency } from './adaptive-concurrency.js';
import { orAborted } from './or-aborted.js';

/** How much one model may be asked; null is no limit. */
export interface RateLimits {
  readonly concurrency: number;
  /** A whole number. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

/** Time in milliseconds, and waiting for it. */
export interface Clock {
  now(): number;
  /** Rejects with the signal's reason once that is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
};

const MINUTE = 60_000;

/**
 * Admits requests in the order of their arrival. No more than `concurrency` run at the same time, and fewer once the
 * host has said that they are too many (`AdaptiveConcurrency`); no 60 s see more than `requestsPerMinute` starts; nothing starts while the tokens of the answers of the last 60 s reach
 * `tokensPerMinute`. A sliding window, not a token bucket: a full bucket lets twice the limit pass in its first
 * minute, which a host's own count turns into 429s.
 */
export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #clock: Clock;
  readonly #adaptive: AdaptiveConcurrency;
  #running = 0;
  #starts: number[] = [];
  #spent: { readonly at: number; readonly tokens: number }[] = [];
  /** Settles when the request that came last has been admitted, or has given up. */
  #queue: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(limits: RateLimits, clock: Clock = systemClock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#adaptive = new AdaptiveConcurrency(limits.concurrency);
  }

  /**
   * Runs `body` when its turn has come. Throws the signal's reason if that is aborted while it waits, and
   * `ModelRateLimited` without asking where the host wants to be left alone for longer than a minute.
   */
  async run<T>(signal: AbortSignal, body: () => Promise<T>, tokensOf: (value: T) => number): Promise<T> {
    await this.#enter(signal);
    const started = this.#clock.now();
    try {
      const value = await body();
      this.#adaptive.succeeded();
      this.#spent.push({ at: this.#clock.now(), tokens: tokensOf(value) });
      return value;
    } catch (error) {
      this.#adaptive.failed(error, started, this.#clock.now());
      throw error;
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    const admission = this.#queue.then(() => this.#admit(signal));
    this.#queue = admission.catch(() => undefined);
    try {
      await orAborted(admission, signal);
    } catch (error) {
      // Given up, but perhaps admitted at the same moment.
      admission.then(
        () => this.#leave(),
        () => undefined,
      );
      throw error;
    }
  }

  async #admit(signal: AbortSignal): Promise<void> {
    for (;;) {
      while (this.#running >= this.#adaptive.allowed) {
        await orAborted(new Promise<void>((resolve) => (this.#wake = resolve)), signal);
      }
      const wait = this.#waitMs();
      if (wait <= 0) break;
      // While it waits, fewer may have come to be allowed.
      await this.#clock.sleep(wait, signal);
    }
    signal.throwIfAborted();
    this.#running += 1;
    this.#starts.push(this.#clock.now());
  }

  #leave(): void {
    this.#running -= 1;
    this.#wake();
  }

  /** Milliseconds until both rates and the host allow a start; asked again after the wait. */
  #waitMs(): number {
    const { requestsPerMinute, tokensPerMinute } = this.#limits;
    const now = this.#clock.now();
    this.#starts = this.#starts.filter((at) => at > now - MINUTE);
    this.#spent = this.#spent.filter(({ at }) => at > now - MINUTE);
    const byRequests = requestsPerMinute === null ? undefined : this.#starts.at(-requestsPerMinute);
    const tokens = this.#spent.reduce((sum, spent) => sum + spent.tokens, 0);
    const byTokens = tokensPerMinute === null || tokens < tokensPerMinute ? undefined : this.#spent[0]?.at;
    const byRates = Math.max(byRequests ?? -Infinity, byTokens ?? -Infinity) + MINUTE - now;
    return Math.max(this.#adaptive.holdMs(now), byRates);
  }
}
