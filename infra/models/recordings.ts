import type { CellResult } from '../../domain/cell.js';
import { groupBy } from '../../domain/group-by.js';
import { Failure } from '../../domain/failures.js';
import { answerKey, openAnswerStore } from '../store/answers.js';
import { openBlobStore } from '../store/blobs.js';
import { placeOf, recordingLine } from './replay.js';

/**
 * The answers that these cells of a sweep had, as lines of a replay file in the order of the cells. Where one request was
 * answered in several ways, as hosts do that batch requests, each line names the place that it was given to. What was answered is
 * what the cell's row says: of two workers that asked at the same moment the store has the later answer alone. Who answered stands
 * in the store. Throws `Failure('StoreUnavailable')` where an answer or its text is missing.
 */
export async function exportAnswers(home: string, sweepId: string, results: readonly CellResult[]): Promise<string[]> {
  const [store, blobs] = [openAnswerStore(home, sweepId), openBlobStore(home)];
  const found = [];
  for (const { cell, attempts } of results) {
    for (const { attempt, generation } of attempts) {
      const own = `${cell.cellId}/a${attempt}`;
      const asked = generation.requestSha256;
      // Earlier versions kept an answer for each generation.
      const answer =
        (asked === undefined ? null : await store.find(answerKey(cell.model, asked))) ?? (await store.find(own));
      if (answer === null) {
        const message = `The answer to attempt ${attempt} of ${cell.cellId} is not in the store.`;
        throw new Failure('StoreUnavailable', message);
      }
      const { requestSha256, model } = answer;
      found.push({ ...generation, requestSha256, model, taskId: cell.taskId, place: placeOf(own) });
    }
  }
  const lines: string[] = [];
  for (const of of groupBy(found, ({ requestSha256 }) => requestSha256).values()) {
    const isOne = new Set(of.map(({ completionSha256 }) => completionSha256)).size === 1;
    for (const { place, taskId, ...answer } of isOne ? of.slice(0, 1) : of) {
      const text = await blobs.get(answer.completionSha256);
      lines.push(recordingLine(answer.requestSha256, { ...answer, text }, { ...(isOne ? {} : { place }), taskId }));
    }
  }
  return lines;
}
