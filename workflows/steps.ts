import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type {
  BatchActivities,
  BatchInput,
  BuildActivities,
  BuildItemInput,
  CompactInput,
  CellList,
  Collected,
  ControlActivities,
  DraftInput,
  ExecuteInput,
  GenerateInput,
  ListCellsInput,
  ModelActivities,
  RetrieveInput,
  SandboxActivities,
  TryDraftInput,
} from '../activities/contract.js';
import type { Execution, Generation, Lookup } from '../domain/attempt.js';
import type { BuiltItem, Draft, Settled, Tried } from '../domain/build/build.js';
import type { CellResult } from '../domain/cell.js';
import { modelQueue, programQueue, sandboxQueue } from '../domain/queues.js';

// Which fault is tried again, when and for how long is decided where it is met (`domain/failures.ts`, `activities/heartbeat.ts`):
// Temporal's clocks go on while no worker is there (docs/decisions/036). What is written here is when a try that says nothing has
// ended, and how soon errors that nobody foresaw are tried again.

/** Three missed beats mean a dead worker: short enough to resume quickly, long enough for a loaded machine. */
const HEARTBEAT = '10 seconds';
/** Longer than any `timeout` of a model, by which a request ends. */
const LONGEST_ANSWER = '25 hours';
const RETRY = { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' } as const;

/** The activities that read and write the store run beside the workflow: no queue, one event instead of three. */
const control = proxyLocalActivities<ControlActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '1 minute' },
});

/** Asks the model, for at most the cell's `giveUpAfterMs`. */
export function generate(input: GenerateInput): Promise<Generation> {
  const { cell, attempt } = input;
  return proxyActivities<ModelActivities>({
    taskQueue: modelQueue(cell.provider),
    summary: `attempt ${attempt}: generate`,
    startToCloseTimeout: LONGEST_ANSWER,
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
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: RETRY,
  }).execute(input);
}

/** Looks something up; the first look-up of an environment makes its index, which takes a minute or two. */
export function retrieve(input: RetrieveInput): Promise<Lookup> {
  return proxyActivities<SandboxActivities>({
    taskQueue: programQueue(input.cell),
    summary: `attempt ${input.attempt}: look up`,
    startToCloseTimeout: '15 minutes',
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
    retry: RETRY,
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

/** Reads the documentation that a build wants, where the libraries are. */
export function collect(build: string, environment: string): Promise<Collected> {
  return proxyActivities<BuildActivities>({
    taskQueue: sandboxQueue(environment),
    summary: 'documentation',
    startToCloseTimeout: '15 minutes',
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: RETRY,
  }).collect(build);
}

/** Asks for a task, or a correction. */
export function draft(input: DraftInput, provider: string): Promise<Draft> {
  return proxyActivities<ModelActivities>({
    taskQueue: modelQueue(provider),
    summary: `round ${input.round}: draft`,
    startToCloseTimeout: LONGEST_ANSWER,
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1 second', maximumInterval: '2 minutes' },
  }).draft(input);
}

/** Tries a draft: a dozen programs one after the other, each of which may be run again alone. */
export function tryDraft(input: TryDraftInput, environment: string, wallSeconds: number): Promise<Tried> {
  return proxyActivities<BuildActivities>({
    taskQueue: sandboxQueue(environment),
    summary: `round ${input.round}: try`,
    startToCloseTimeout: (wallSeconds * 16 * 20 + 120) * 1_000,
    heartbeatTimeout: HEARTBEAT,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: RETRY,
  }).tryDraft(input);
}

export function keepItem(build: string, item: BuiltItem): Promise<void> {
  return control.keepItem(build, item);
}

export function settle(input: BuildItemInput): Promise<Settled> {
  return control.settle(input);
}
