import { parentPort, workerData } from 'node:worker_threads';
import { type Entry, parseEntries } from '../parse/knowledge.js';
import type { Question } from './question.js';
import { KnowledgeIndex } from './search.js';

/** What the thread is started with. */
export interface ThreadData {
  /** The entries of each library, as lines. */
  readonly texts: readonly string[];
  readonly records: readonly Entry[];
}

export interface Request {
  readonly id: number;
  readonly question: Question;
}

export interface Reply {
  readonly id: number;
  readonly entries: readonly Entry[];
}

// The program of a thread of its own: making an index and searching it would stop heartbeats and other activities.
const { texts, records } = workerData as ThreadData;
const index = new KnowledgeIndex([...texts.flatMap(parseEntries), ...records]);
parentPort?.on('message', ({ id, question }: Request) => {
  parentPort?.postMessage({ id, entries: index.find(question) } satisfies Reply, []);
});
