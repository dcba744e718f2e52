import type { Environment } from '../environments/environment.js';
import { orAborted } from '../models/or-aborted.js';
import type { Entry } from '../parse/knowledge.js';
import { sha256 } from '../store/digest.js';
import { type BuildDeps, collect } from './build.js';
import type { Question } from './question.js';
import { readRecords } from './records.js';
import { renderEntries } from './render.js';
import { ThreadedIndex } from './threaded-index.js';

/** Indexes that a process keeps in memory, a thread each: about 150 MB for `ml`. */
const KEPT = 2;

/** What a look-up found. */
export interface Answer {
  /** Best first, at most 5. */
  readonly entries: readonly Entry[];
  /** What a prompt shows of them, at most 1,200 characters; "" for none. */
  readonly text: string;
  readonly indexDigest: string;
}

interface Shared {
  readonly index: Promise<ThreadedIndex>;
  /** Of who began it. */
  readonly signal: AbortSignal;
}

/** The indexes of this process: each is read, or made where it is missing, when it is first asked. */
export class Knowledge {
  readonly #records: string | null;
  readonly #indexes = new Map<string, Shared>();

  /** `records` is a file of API records of the user's; null for none. */
  constructor(records: string | null) {
    this.#records = records;
  }

  /** Look-ups of one environment share one index, and one build of it. Throws as `collect`, `readRecords` and `ThreadedIndex.find` do. */
  async lookUp(environment: Environment, question: Question, deps: BuildDeps, signal: AbortSignal): Promise<Answer> {
    const index = await this.#index(environment, deps, signal);
    const entries = await orAborted(index.find(question), signal);
    return { entries, text: renderEntries(entries, question.keyword), indexDigest: index.digest };
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all([...this.#indexes.values()].map(retire));
  }

  async #index(environment: Environment, deps: BuildDeps, signal: AbortSignal): Promise<ThreadedIndex> {
    for (;;) {
      const shared = this.#shared(environment, deps, signal);
      try {
        return await shared.index;
      } catch (error) {
        // Who began it was called off; those who wait begin it anew.
        signal.throwIfAborted();
        if (!shared.signal.aborted) throw error;
      }
    }
  }

  #shared(environment: Environment, deps: BuildDeps, signal: AbortSignal) {
    const key = `${environment.name} ${environment.digest} ${deps.interpreter}`;
    const shared = this.#indexes.get(key) ?? this.#begin(key, environment, deps, signal);
    // The one that was used last stands last.
    this.#indexes.delete(key);
    this.#indexes.set(key, shared);
    const [oldest] = this.#indexes;
    if (this.#indexes.size > KEPT && oldest !== undefined) {
      this.#indexes.delete(oldest[0]);
      void retire(oldest[1]);
    }
    return shared;
  }

  #begin(key: string, environment: Environment, deps: BuildDeps, signal: AbortSignal): Shared {
    const shared = { index: this.#load(environment, deps, signal), signal };
    const forget = (): void => {
      if (this.#indexes.get(key) === shared) this.#indexes.delete(key);
    };
    // A thread that has died is started anew by the next look-up.
    shared.index.then((index) => index.ended.then(forget), forget);
    return shared;
  }

  async #load(environment: Environment, deps: BuildDeps, signal: AbortSignal): Promise<ThreadedIndex> {
    const { texts, digest } = await collect(environment, deps, signal);
    if (this.#records === null) return new ThreadedIndex({ texts, records: [] }, digest);
    const records = await readRecords(this.#records);
    const both = sha256(JSON.stringify([digest, records])).slice(0, 12);
    return new ThreadedIndex({ texts, records }, both);
  }
}

async function retire({ index }: Shared): Promise<void> {
  const found = await index.catch(() => null);
  await found?.retire();
}
