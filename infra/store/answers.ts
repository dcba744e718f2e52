import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWrite, listFolder, readIfExists } from '../fs.js';
import { tryJson } from '../parse/json.js';
import { storedAnswerSchema, type StoredAnswer } from '../parse/stored-answer.js';
import { sha256 } from './digest.js';
import { sweepFolder } from './paths.js';
import { guarded } from './store-fault.js';

/** Answers that were paid for, by what was asked. Throws `Failure('StoreUnavailable')`. */
export interface AnswerStore {
  readonly folder: string;
  /** The stored answer; null if there is none, or if its file is torn (the next `save` replaces it). */
  find(key: string): Promise<StoredAnswer | null>;
  /** Keeps an answer durably; put its completion into the blob store first. */
  save(key: string, answer: Omit<StoredAnswer, 'key'>): Promise<void>;
}

/** What the answer of a model to a request is kept under. */
export function answerKey(label: string, requestSha256: string): string {
  return `${label}/${requestSha256}`;
}

/** The answers of one sweep, in `<home>/sweeps/<id>/answers/<ab>/<sha256 of the key>.json`. */
export function openAnswerStore(home: string, sweepId: string): AnswerStore {
  return answersIn(sweepFolder(home, sweepId));
}

/**
 * When the newest answer of a sweep was stored, in epoch milliseconds; null if none is. Told from the times of the folders, of which
 * there are at most 256, however many answers there are.
 */
export async function lastAnswerAt(home: string, sweepId: string): Promise<number | null> {
  const root = rootOf(sweepFolder(home, sweepId));
  const times = (await listFolder(root)).map(async ({ name }) => (await stat(join(root, name))).mtimeMs);
  return (await Promise.all(times)).reduce<number | null>((last, at) => Math.max(last ?? at, at), null);
}

function rootOf(folder: string): string {
  return join(folder, 'answers');
}

/** The answers of one sweep or build, below its folder. */
export function answersIn(folder: string): AnswerStore {
  const root = rootOf(folder);
  const pathOf = (key: string): string => {
    const hash = sha256(key);
    return join(root, hash.slice(0, 2), `${hash}.json`);
  };
  return {
    folder,
    async find(key) {
      const text = await guarded('read', pathOf(key), () => readIfExists(pathOf(key)));
      const parsed = storedAnswerSchema.safeParse(tryJson(text ?? ''));
      return parsed.success && parsed.data.key === key ? parsed.data : null;
    },
    async save(key, answer) {
      const text = `${JSON.stringify({ ...answer, key })}\n`;
      await guarded('store', pathOf(key), () => atomicWrite(pathOf(key), text));
    },
  };
}
