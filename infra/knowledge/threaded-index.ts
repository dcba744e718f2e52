import { Worker } from 'node:worker_threads';
import { Failure } from '../../domain/failures.js';
import { packagePath } from '../package-path.js';
import type { Entry } from '../parse/knowledge.js';
import type { Reply, Request, ThreadData } from './index-thread.js';
import type { Question } from './question.js';

interface Waiting {
  readonly resolve: (entries: readonly Entry[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A `KnowledgeIndex` in a thread of its own, so that nothing else of this process waits while it is made or searched. It does not
 * keep the process alive but while it is asked.
 */
export class ThreadedIndex {
  /** Of all that it holds. */
  readonly digest: string;
  /** Resolves once the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #isRetired = false;
  #failure: unknown = null;

  constructor(data: ThreadData, digest: string) {
    this.digest = digest;
    this.#worker = new Worker(packagePath('dist/infra/knowledge/index-thread.js'), { workerData: data });
    this.#worker.unref();
    this.#worker.on('message', ({ id, entries }: Reply) => this.#settle(id, ({ resolve }) => resolve(entries)));
    this.#worker.on('error', (error) => (this.#failure = error));
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#failure ??= new Failure('StoreUnavailable', 'The thread that searches the libraries has ended');
        for (const id of this.#waiting.keys()) this.#settle(id, ({ reject }) => reject(this.#failure));
        resolve();
      });
    });
  }

  /** As `KnowledgeIndex.find`; the first one waits for the index to be made. Rejects if the thread ends. */
  find(question: Question): Promise<readonly Entry[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) throw this.#failure;
      const id = (this.#asked += 1);
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, question } satisfies Request, []);
    });
  }

  /** Ends the thread once what it was asked is answered. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    if (this.#waiting.size === 0) await this.#worker.terminate();
    await this.ended;
  }

  #settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting !== undefined) how(waiting);
    if (this.#waiting.size > 0) return;
    this.#worker.unref();
    if (this.#isRetired) void this.#worker.terminate();
  }
}
