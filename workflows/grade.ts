import { continueAsNew, setHandler } from '@temporalio/workflow';
import { gradeProgressQuery } from './messages.js';
import { gradeBatch } from './steps.js';
import { Window } from './window.js';

/** Batches of one environment: `from <= number < to` of the plan's list. */
export interface GradeRange {
  readonly environment: string;
  readonly from: number;
  readonly to: number;
}

export interface GradeInput {
  readonly gradeId: string;
  readonly planSha256: string;
  readonly ranges: readonly GradeRange[];
  /** Batches in flight. */
  readonly window: number;
  /** How long one batch may take, in milliseconds. */
  readonly batchMs: number;
  /** Batches that an earlier run has graded. */
  readonly done: number;
}

/** Histories stay small: a run hands over after this many batches. */
const BATCHES_PER_RUN = 1_000;

/** Grades programs made elsewhere, a batch an activity; its children would cost more than the programs. */
export async function gradeWorkflow(input: GradeInput): Promise<void> {
  const window = new Window(input.window);
  let { done } = input;
  setHandler(gradeProgressQuery, () => ({ batches: done }));
  const left = [...input.ranges];
  for (let started = 0; left.length > 0 && started < BATCHES_PER_RUN; started += 1) {
    const [range] = left;
    if (range === undefined) break;
    const { environment, from, to } = range;
    await window.start(async () => {
      const { planSha256, batchMs } = input;
      await gradeBatch({ planSha256, batch: from }, environment, batchMs);
      done += 1;
    });
    left.splice(0, 1, ...(from + 1 < to ? [{ environment, from: from + 1, to }] : []));
  }
  await window.drain();
  if (left.length > 0) await continueAsNew<typeof gradeWorkflow>({ ...input, ranges: left, done });
}
