import type { Environment } from '../environments/environment.js';
import type { Entry } from '../parse/knowledge.js';
import { sha256 } from '../store/digest.js';
import { type BuildDeps, collect } from './build.js';
import type { Question } from './question.js';
import { readRecords } from './records.js';
import { renderEntries } from './render.js';
import { KnowledgeIndex } from './search.js';

/** Indexes that a process keeps in memory: about 150 MB for `ml`. */
const KEPT = 2;

/** What a look-up found. */
export interface Answer {
  /** Best first, at most 5. */
  readonly entries: readonly Entry[];
  /** What a prompt shows of them, at most 1,200 characters; "" for none. */
  readonly text: string;
  readonly indexDigest: string;
}

/** The indexes of this process: each is read, or made where it is missing, when it is first asked. */
export class Knowledge {
  readonly #records: string | null;
  readonly #indexes = new Map<string, { readonly index: Promise<KnowledgeIndex>; readonly signal: AbortSignal }>();

  /** `records` is a file of API records of the user's; null for none. */
  constructor(records: string | null) {
    this.#records = records;
  }

  /** Look-ups of one environment share one index, and one build of it. Throws as `collect` and `readRecords` do. */
  async lookUp(environment: Environment, question: Question, deps: BuildDeps, signal: AbortSignal): Promise<Answer> {
    const index = await this.#index(environment, deps, signal);
    const entries = index.find(question);
    return { entries, text: renderEntries(entries, question.keyword), indexDigest: index.digest };
  }

  async #index(environment: Environment, deps: BuildDeps, signal: AbortSignal): Promise<KnowledgeIndex> {
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
    const key = `${environment.name} ${environment.digest}`;
    const shared = this.#indexes.get(key) ?? { index: this.#load(environment, deps, signal), signal };
    // The one that was used last stands last.
    this.#indexes.delete(key);
    this.#indexes.set(key, shared);
    shared.index.catch(() => this.#forget(key, shared));
    const [oldest] = this.#indexes.keys();
    if (this.#indexes.size > KEPT && oldest !== undefined) this.#indexes.delete(oldest);
    return shared;
  }

  #forget(key: string, shared: unknown): void {
    if (this.#indexes.get(key) === shared) this.#indexes.delete(key);
  }

  async #load(environment: Environment, deps: BuildDeps, signal: AbortSignal): Promise<KnowledgeIndex> {
    const { entries, digest } = await collect(environment, deps, signal);
    if (this.#records === null) return KnowledgeIndex.of(entries, digest);
    const records = await readRecords(this.#records);
    const both = sha256(JSON.stringify([digest, records])).slice(0, 12);
    return KnowledgeIndex.of([...entries, ...records], both);
  }
}
