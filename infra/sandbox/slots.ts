import { Failure } from '../../domain/failures.js';
import { isMemoryShort } from './memory.js';

interface Waiting {
  readonly take: () => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * Places for programs, first come, first served; several sandboxes of one machine share them. Where memory is short no
 * program starts beside another; one alone always may.
 */
export class Slots {
  readonly count: number;
  readonly #waiting: Waiting[] = [];
  #taken = 0;

  constructor(count: number) {
    this.count = count;
  }

  /** Waits for a place. Throws the signal's reason once it is aborted, also if it was while waiting. */
  take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.length === 0 && this.#hasRoom) {
      this.#taken += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        waiting.refuse(signal.reason);
      };
      const settle = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          signal.removeEventListener('abort', stop);
          then(value);
        };
      };
      const waiting: Waiting = { take: settle<void>(resolve), refuse: settle<unknown>(reject) };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** Gives a place back, to whoever waits longest. */
  give(): void {
    this.#taken -= 1;
    while (this.#waiting.length > 0 && this.#hasRoom) {
      this.#taken += 1;
      this.#waiting.shift()?.take();
    }
  }

  get #hasRoom(): boolean {
    return this.#taken < this.count && (this.#taken === 0 || !isMemoryShort());
  }
}

/** What a job of a closed sandbox fails with. */
export function sandboxClosed(): Failure {
  return new Failure('SandboxLost', 'The sandbox was closed');
}
