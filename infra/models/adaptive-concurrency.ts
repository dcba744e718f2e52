import { askedWaitMs, Failure } from '../../domain/failures.js';

/** A wait longer than this is Temporal's, which keeps it through a restart and holds no place of the worker meanwhile. */
const LONGEST_HOLD_MS = 60_000;

/**
 * How many requests may run at the same time, learnt from what the host says: additive increase, multiplicative
 * decrease, as TCP has it. An answer of "too many requests" halves the number, and holds new requests back for as long
 * as the host asks; a full round of good answers adds one. Servers that are overloaded or broken (5xx) say nothing of how much
 * this account may ask, so they change nothing. Times in milliseconds of the caller's clock.
 */
export class AdaptiveConcurrency {
  readonly #most: number;
  #allowed: number;
  #cutAt = -Infinity;
  #heldUntil = -Infinity;

  constructor(most: number) {
    this.#most = most;
    this.#allowed = most;
  }

  /** Requests that may run at the same time; at least 1. */
  get allowed(): number {
    return Math.floor(this.#allowed);
  }

  /** Milliseconds until a request may start. Throws `ModelRateLimited` where that is for Temporal to wait for. */
  holdMs(now: number): number {
    const wait = Math.max(0, this.#heldUntil - now);
    if (wait <= LONGEST_HOLD_MS) return wait;
    throw new Failure('ModelRateLimited', `The host asks to wait for ${Math.ceil(wait / 1000)} s more`, {
      retryAfterMs: wait,
    });
  }

  succeeded(): void {
    this.#allowed = Math.min(this.#most, this.#allowed + 1 / this.#allowed);
  }

  /** `started` is when the request was sent. */
  failed(error: unknown, started: number, now: number): void {
    if (!(error instanceof Failure) || error.type !== 'ModelRateLimited') return;
    this.#heldUntil = Math.max(this.#heldUntil, now + askedWaitMs(error.retryAfterMs));
    // One crowd of requests that all bounce is one piece of news.
    if (started < this.#cutAt) return;
    this.#allowed = Math.max(1, this.#allowed / 2);
    this.#cutAt = now;
  }
}
