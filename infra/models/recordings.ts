import type { CellResult } from '../../domain/cell.js';
import { groupBy } from '../../domain/group-by.js';
import { Failure } from '../../domain/failures.js';
import type { StoredAnswer } from '../parse/stored-answer.js';
import { answerKey, openAnswerStore } from '../store/answers.js';
import { openBlobStore } from '../store/blobs.js';
import { placeOf, recordingLine } from './replay.js';

/**
 * The answers that these cells of a sweep had, as lines of a replay file in the order of the cells. Where one request was
 * answered in several ways, as hosts do that batch requests, each line names the place that it was given to.
 */
export async function exportAnswers(home: string, sweepId: string, results: readonly CellResult[]): Promise<string[]> {
  const [store, blobs] = [openAnswerStore(home, sweepId), openBlobStore(home)];
  const found: (StoredAnswer & { readonly taskId: string })[] = [];
  for (const { cell, attempts } of results) {
    for (const { attempt, generation } of attempts) {
      const { requestSha256 } = generation;
      const own = `${cell.cellId}/a${attempt}`;
      const answer = await store.find(requestSha256 === undefined ? own : answerKey(cell.model, requestSha256));
      if (answer === null) {
        const message = `The answer to attempt ${attempt} of ${cell.cellId} is not in the store.`;
        throw new Failure('StoreUnavailable', message);
      }
      found.push({ ...answer, taskId: cell.taskId });
    }
  }
  const lines: string[] = [];
  for (const of of groupBy(found, ({ requestSha256 }) => requestSha256).values()) {
    const isOne = new Set(of.map(({ completionSha256 }) => completionSha256)).size === 1;
    for (const answer of isOne ? of.slice(0, 1) : of) {
      const text = await blobs.get(answer.completionSha256);
      const where = isOne ? {} : { place: placeOf(answer.key) };
      lines.push(recordingLine(answer.requestSha256, { ...answer, text }, { ...where, taskId: answer.taskId }));
    }
  }
  return lines;
}
