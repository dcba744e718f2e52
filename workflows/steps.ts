import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type {
  BatchActivities,
  BatchInput,
  CompactInput,
  CellList,
  ControlActivities,
  ExecuteInput,
  GenerateInput,
  ListCellsInput,
  ModelActivities,
  RetrieveInput,
  SandboxActivities,
} from '../activities/contract.js';
import type { Execution, Generation, Lookup } from '../domain/attempt.js';
import type { CellResult } from '../domain/cell.js';
import { modelQueue, programQueue, sandboxQueue } from '../domain/queues.js';

// Every time-out and retry of the system is written here. Which fault is tried again, and when, is decided where it is
// thrown (`domain/failures.ts`): the policies below are what remains for faults that nobody foresaw.

/** Three missed beats mean a dead worker: short enough to resume quickly, long enough for a loaded machine. */
const HEARTBEAT = '10 seconds';
const RETRY = { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' } as const;

/** The activities that read and write the store run beside the workflow: no queue, one event instead of three. */
const control = proxyLocalActivities<ControlActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '1 minute' },
});

/** Asks the model; ends with the cell's `giveUpAfterMs`. */
export function generate(input: GenerateInput): Promise<Generation> {
  const { cell, attempt } = input;
  return proxyActivities<ModelActivities>({
    taskQueue: modelQueue(cell.provider),
    summary: `attempt ${attempt}: generate`,
    startToCloseTimeout: '1 hour',
    scheduleToCloseTimeout: cell.giveUpAfterMs,
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1 second', maximumInterval: '2 minutes' },
  }).generate(input);
}

/** Runs a program; queueing for a slot counts, so the time-out is far above the program's own limit. */
export function execute(input: ExecuteInput): Promise<Execution> {
  const { cell, attempt, check } = input;
  return proxyActivities<SandboxActivities>({
    taskQueue: programQueue(cell),
    summary: `attempt ${attempt}: execute ${check}`,
    startToCloseTimeout: (cell.wallSeconds * 20 + 60) * 1_000,
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    // A GPU may be gone for an hour: the wait for one is bounded by the time above alone.
    retry: { ...RETRY, ...(cell.gpu === undefined ? { maximumAttempts: 20 } : {}) },
  }).execute(input);
}

/** Looks something up; the first look-up of an environment makes its index, which takes a minute or two. */
export function retrieve(input: RetrieveInput): Promise<Lookup> {
  return proxyActivities<SandboxActivities>({
    taskQueue: programQueue(input.cell),
    summary: `attempt ${input.attempt}: look up`,
    startToCloseTimeout: '15 minutes',
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: RETRY,
  }).retrieve(input);
}

/** What is done with a batch of programs that no model is asked for. */
export type BatchStep = keyof BatchActivities;

/** Runs a batch; `batchMs` bounds it, should each of its programs take all that it may. */
export function runBatch(step: BatchStep, input: BatchInput, environment: string, batchMs: number): Promise<void> {
  return proxyActivities<BatchActivities>({
    taskQueue: sandboxQueue(environment),
    summary: `batch ${input.batch}`,
    startToCloseTimeout: batchMs,
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { ...RETRY, maximumAttempts: 20 },
  })[step](input);
}

export function listCells(input: ListCellsInput): Promise<CellList> {
  return control.listCells(input);
}

export function record(result: CellResult): Promise<void> {
  return control.record(result);
}

export function compact(input: CompactInput): Promise<void> {
  return control.compact(input);
}

export function summarise(sweepId: string): Promise<void> {
  return control.summarise(sweepId);
}
