import { continueAsNew, setHandler } from '@temporalio/workflow';
import { batchProgressQuery } from './messages.js';
import { type BatchStep, runBatch } from './steps.js';
import { Window } from './window.js';

/** Batches of one environment: `from <= number < to` of the plan's list. */
export interface BatchRange {
  readonly environment: string;
  readonly from: number;
  readonly to: number;
}

export interface BatchesInput {
  readonly planSha256: string;
  readonly ranges: readonly BatchRange[];
  /** Batches in flight. */
  readonly window: number;
  /** How long one batch may take, in milliseconds. */
  readonly batchMs: number;
  /** Batches that an earlier run has finished. */
  readonly done: number;
}

/** Histories stay small: a run hands over after this many batches. */
const BATCHES_PER_RUN = 1_000;

/** Grades programs made elsewhere, a batch an activity; its children would cost more than the programs. */
export async function gradeWorkflow(input: BatchesInput): Promise<void> {
  const rest = await runBatches(input, 'gradeBatch');
  if (rest !== null) await continueAsNew<typeof gradeWorkflow>(rest);
}

/** Validates tasks in the same way. */
export async function validateWorkflow(input: BatchesInput): Promise<void> {
  const rest = await runBatches(input, 'validateBatch');
  if (rest !== null) await continueAsNew<typeof validateWorkflow>(rest);
}

/** What is left for another run of the workflow; null if nothing is. */
async function runBatches(input: BatchesInput, step: BatchStep): Promise<BatchesInput | null> {
  const window = new Window(input.window);
  let { done } = input;
  setHandler(batchProgressQuery, () => ({ batches: done }));
  const left = [...input.ranges];
  for (let started = 0; left.length > 0 && started < BATCHES_PER_RUN; started += 1) {
    const [range] = left;
    if (range === undefined) break;
    const { environment, from, to } = range;
    await window.start(async () => {
      const { planSha256, batchMs } = input;
      await runBatch(step, { planSha256, batch: from }, environment, batchMs);
      done += 1;
    });
    left.splice(0, 1, ...(from + 1 < to ? [{ environment, from: from + 1, to }] : []));
  }
  await window.drain();
  return left.length > 0 ? { ...input, ranges: left, done } : null;
}
