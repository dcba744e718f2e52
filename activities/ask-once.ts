import type { Metrics } from '../infra/metrics/metrics.js';
import type { Model, ModelAnswer, ModelRequest } from '../infra/models/model.js';
import { orAborted } from '../infra/models/or-aborted.js';
import { requestHash } from '../infra/models/replay.js';
import type { ModelSpec } from '../domain/sweep.js';
import type { StoredAnswer } from '../infra/parse/stored-answer.js';
import { answerKey, type AnswerStore } from '../infra/store/answers.js';
import type { BlobStore } from '../infra/store/blobs.js';

/** An answer, and whether it was asked for by another generation. */
export type SharedAnswer = StoredAnswer & { readonly shared: boolean };

interface AskDeps {
  readonly blobs: BlobStore;
  readonly models: { get(spec: ModelSpec): Model };
  readonly metrics: Metrics;
}

/** Answers a request from the store, or else asks the model and stores what it says. */
export type AskOnce = (answers: AnswerStore, request: ModelRequest, signal: AbortSignal) => Promise<SharedAnswer>;

/**
 * Asks each question once: a generation that crashed after it had paid finds its answer, and so does one that asks a model what
 * another cell has asked it, with the same words, settings and seed (docs/decisions/027). Those that ask at the same time in one
 * worker wait for the first. An answer that the store did not take, as on a full disk, is kept until it does.
 */
export function askOnce({ blobs, models, metrics }: AskDeps): AskOnce {
  const note = (result: 'hit' | 'shared' | 'miss'): void =>
    metrics.count('aicodereval_answer_cache_lookups_total', { result });
  const asking = new Map<string, Promise<unknown>>();
  const unsaved = new Map<string, ModelAnswer>();
  return async (answers, request, signal) => {
    const requestSha256 = requestHash(request);
    const key = answerKey(request.spec.label, requestSha256);
    const turn = `${answers.folder}\n${key}`;
    for (;;) {
      // Earlier versions kept an answer for each generation.
      for (const name of [key, request.key]) {
        const found = await answers.find(name);
        if (found === null || !(await blobs.has(found.completionSha256))) continue;
        const shared = found.askedBy !== undefined && found.askedBy !== request.key;
        note(shared ? 'shared' : 'hit');
        return { ...found, shared };
      }
      const first = asking.get(turn);
      if (first === undefined) break;
      // Whatever came of it, the store knows; if it failed, the next in line asks.
      await orAborted(
        first.catch(() => undefined),
        signal,
      );
    }
    note('miss');
    const answer = ask();
    asking.set(turn, answer);
    return answer.finally(() => asking.delete(turn));

    async function ask(): Promise<SharedAnswer> {
      const answered = unsaved.get(turn) ?? (await models.get(request.spec).generate(request, signal));
      unsaved.set(turn, answered);
      const { text, ...facts } = answered;
      const completionSha256 = await blobs.put(text);
      const stored = { requestSha256, completionSha256, ...facts, askedBy: request.key, storedAt: Date.now() };
      await answers.save(key, stored);
      unsaved.delete(turn);
      return { key, ...stored, shared: false };
    }
  };
}
