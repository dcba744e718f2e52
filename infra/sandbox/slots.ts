import { Failure } from '../../domain/failures.js';
import { type Metrics, NO_METRICS } from '../metrics/metrics.js';
import { isMemoryShort } from './memory.js';

interface Waiting {
  readonly isAlone: boolean;
  readonly take: () => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * Places for programs, first come, first served; several sandboxes of one machine share them. Where memory is short no
 * program starts beside another; one alone always may.
 */
export class Slots {
  readonly count: number;
  readonly #metrics: Metrics;
  readonly #waiting: Waiting[] = [];
  #taken = 0;
  #isHeldAlone = false;

  constructor(count: number, metrics = NO_METRICS) {
    this.count = count;
    this.#metrics = metrics;
    metrics.move('aicodereval_sandbox_slots', {}, count);
  }

  /**
   * Waits for a place, or with `isAlone` for all of them. Throws the signal's reason once it is aborted, also if it was
   * while waiting.
   */
  async take(signal: AbortSignal, isAlone = false): Promise<void> {
    signal.throwIfAborted();
    const began = performance.now();
    await this.#wait(signal, isAlone);
    this.#metrics.observe('aicodereval_sandbox_wait_seconds', {}, (performance.now() - began) / 1_000);
  }

  #wait(signal: AbortSignal, isAlone: boolean): Promise<void> {
    if (this.#waiting.length === 0 && this.#hasRoom(isAlone)) {
      this.#hold(isAlone);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        this.#metrics.move('aicodereval_sandbox_waiting', {}, -1);
        waiting.refuse(signal.reason);
      };
      const settle = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          signal.removeEventListener('abort', stop);
          then(value);
        };
      };
      const waiting: Waiting = { isAlone, take: settle<void>(resolve), refuse: settle<unknown>(reject) };
      this.#waiting.push(waiting);
      this.#metrics.move('aicodereval_sandbox_waiting', {}, 1);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** Gives back what was taken, to those who wait longest. */
  give(): void {
    this.#taken -= 1;
    this.#metrics.move('aicodereval_sandbox_slots_in_use', {}, -1);
    this.#isHeldAlone = false;
    for (let next = this.#waiting[0]; next !== undefined && this.#hasRoom(next.isAlone); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#metrics.move('aicodereval_sandbox_waiting', {}, -1);
      this.#hold(next.isAlone);
      next.take();
    }
  }

  #hold(isAlone: boolean): void {
    this.#taken += 1;
    this.#isHeldAlone = isAlone;
    this.#metrics.move('aicodereval_sandbox_slots_in_use', {}, 1);
  }

  #hasRoom(isAlone: boolean): boolean {
    if (this.#taken === 0) return true;
    return !isAlone && !this.#isHeldAlone && this.#taken < this.count && !isMemoryShort();
  }
}

/** Places of its own for a sandbox that is given a number of them. */
export function slotsOf(slots: number | Slots): Slots {
  return typeof slots === 'number' ? new Slots(slots) : slots;
}

/** What a job of a closed sandbox fails with. */
export function sandboxClosed(): Failure {
  return new Failure('SandboxLost', 'The sandbox was closed');
}
