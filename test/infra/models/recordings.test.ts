import { describe, expect, test } from '@jest/globals';
import type { CellResult } from '../../../domain/cell.js';
import { exportAnswers } from '../../../infra/models/recordings.js';
import { answerKey, openAnswerStore } from '../../../infra/store/answers.js';
import { openBlobStore } from '../../../infra/store/blobs.js';
import { resultsOf } from '../../support/made-up-results.js';
import { temporaryHomes } from '../store/home.js';

const newHome = temporaryHomes();
const ASKED = '1'.repeat(64);

/** A cell of one task whose first attempt had this answer to the request `ASKED`. */
function cellWith(strategy: string, completionSha256: string, completionTokens: number): CellResult {
  const [one] = resultsOf((text) => text);
  if (one?.attempts[0] === undefined) throw new Error('no result');
  const generation = { ...one.attempts[0].generation, requestSha256: ASKED, completionSha256, completionTokens };
  const cell = { ...one.cell, cellId: `sweep/suite/one/model/${strategy}/0` };
  return { ...one, cell, attempts: [{ ...one.attempts[0], generation }] };
}

/** Lines of what two cells had that asked the same, where the store kept the second answer. */
async function exported(first: string, second: string): Promise<Record<string, unknown>[]> {
  const home = newHome();
  const blobs = openBlobStore(home);
  const [a, b] = [await blobs.put(first), await blobs.put(second)];
  await openAnswerStore(home, 'sweep').save(answerKey('model', ASKED), {
    requestSha256: ASKED,
    completionSha256: b,
    finishReason: 'stop',
    promptTokens: 100,
    completionTokens: 8,
    costUsd: null,
    ms: 1,
    model: 'served-1',
    askedBy: 'sweep/suite/one/model/resample/0/a1',
    storedAt: 0,
  });
  const lines = await exportAnswers(home, 'sweep', [cellWith('direct', a, 7), cellWith('resample', b, 8)]);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the answers of a sweep, for a replay', () => {
  test('are those that its cells had, each at its place, where two workers asked the same at the same moment', async () => {
    const base = {
      request_sha256: ASKED,
      task_id: 'one',
      finish_reason: 'stop',
      prompt_tokens: 100,
      model: 'served-1',
    };
    expect(await exported('pass  # 1', 'pass  # 2')).toEqual([
      { ...base, place: 'direct/0/a1', completion: 'pass  # 1', completion_tokens: 7 },
      { ...base, place: 'resample/0/a1', completion: 'pass  # 2', completion_tokens: 8 },
    ]);
  });

  test('are one line, without a place, where all had the same', async () => {
    const lines = await exported('pass', 'pass');
    expect(lines).toMatchObject([{ request_sha256: ASKED, completion: 'pass' }]);
    expect(lines[0]).not.toHaveProperty('place');
  });
});
