import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
  type WorkflowStartOptions,
} from '@temporalio/client';
import type { CellFacts } from '../domain/cell-facts.js';
import { CELLS_EACH } from '../domain/open-pages.js';
import { done, type Tally } from '../domain/progress.js';
import { CONTROL_QUEUE } from '../domain/queues.js';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes.js';
import type { SweepLimits } from '../domain/sweep.js';
import type { Retried } from '../domain/verdict.js';
import { foldCells } from '../infra/arrow/fold-cells.js';
import { UserError } from '../infra/errors.js';
import type { Manifest } from '../infra/parse/manifest.js';
import { lostSegments } from '../infra/store/compacted.js';
import { SweepTally } from '../report/arm-tally.js';
import type { sweepWorkflow } from '../workflows/sweep.js';

const PAGE_SIZE = 250;
const NO_LIMITS: SweepLimits = { costUsd: null, tokens: null, wallMs: null };
/** Field of the workflow's memo: there without a worker to ask. */
const RETRY_MEMO = 'retry';

/** Which cells a run of a sweep is for. */
interface Wanted {
  readonly home: string;
  /** Those with a row of this verdict; undefined for those without a row. */
  readonly retry: Retried | undefined;
}

/**
 * Starts the sweep's workflow for the cells that are wanted, unless it runs. False if there are none. Throws UserError
 * (exit 2) if cells are to be tried again of a sweep that is not over.
 */
export async function startSweep(client: Client, manifest: Manifest, wanted: Wanted): Promise<boolean> {
  const { sweepId, cells } = manifest;
  const { home, retry } = wanted;
  const running = await findRunning(client.workflow.getHandle(sweepId));
  if (running !== null) {
    if (retry !== undefined && retryOf(running) !== retry) throw notOver(manifest);
    return true;
  }
  const store = await foldCells(home, sweepId, () => new StoredCells(retry));
  const wantedCells = retry === undefined ? cells - done(store.finished) : store.again;
  // With nothing to run, pages still write the segments that are gone from the journals.
  const isRestored = retry === undefined && (await lostSegments(home, sweepId)).length > 0;
  if (wantedCells <= 0 && !isRestored) return false;
  try {
    // What only restores asks nothing: no limit holds it.
    const limits = wantedCells > 0 ? manifest.config.limits : NO_LIMITS;
    await client.workflow.start<typeof sweepWorkflow>('sweepWorkflow', startOf(manifest, store, { retry, limits }));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return startSweep(client, manifest, wanted);
  }
  return true;
}

/** Counts what the store has of a sweep: the cells that are tried again, and all others. */
class StoredCells {
  readonly #retry: Retried | undefined;
  readonly #others = new SweepTally();
  again = 0;

  constructor(retry: Retried | undefined) {
    this.#retry = retry;
  }

  add(cell: CellFacts): void {
    if (cell.verdict === this.#retry) this.again += 1;
    else this.#others.add(cell);
  }

  /** Without cells that are tried again: what they have paid is counted when they find it in the store. */
  get finished(): Tally {
    return this.#others.progress();
  }
}

function startOf(
  { sweepId, config, cells, configSha256, versions }: Manifest,
  { finished, again }: StoredCells,
  { retry, limits }: { readonly retry: Retried | undefined; readonly limits: SweepLimits },
): WorkflowStartOptions<typeof sweepWorkflow> {
  const governor = {
    concurrency: config.concurrency,
    limits,
    pause: null,
    startedAt: Date.now(),
    pausedMs: 0,
  };
  const pageSize = Math.max(1, Math.min(PAGE_SIZE, Math.ceil(cells / 2)));
  const which = retry === undefined ? `${cells} cells` : `${again} ${retry} of ${cells} cells again`;
  return {
    workflowId: sweepId,
    taskQueue: CONTROL_QUEUE,
    workflowTaskTimeout: '5 seconds',
    args: [{ sweepId, cells, pageSize, cellsEach: CELLS_EACH, segment: 0, offset: 0, finished, governor, retry }],
    memo: { config: configSha256, versions, cells, ...(retry === undefined ? {} : { [RETRY_MEMO]: retry }) },
    staticSummary: `${which}: ${config.suites.map(({ id }) => id).join(', ')}`,
    staticDetails: [
      `Models: ${config.models.map(({ label }) => label).join(', ')}`,
      `Strategies: ${config.strategies.map(({ id }) => id).join(', ')}, ${config.samples} samples`,
    ].join('\n\n'),
    typedSearchAttributes: [{ key: { name: 'CgSweep', type: SEARCH_ATTRIBUTES.CgSweep }, value: sweepId }],
  };
}

/** The verdict whose cells a sweep's workflow tries again; null if it is none that does. */
export function retryOf({ memo }: WorkflowExecutionDescription): string | null {
  const retry = memo?.[RETRY_MEMO];
  return typeof retry === 'string' ? retry : null;
}

function notOver({ sweepId }: Manifest): UserError {
  return new UserError(`The sweep ${sweepId} is not over: cells are tried again when its run has ended.`, {
    hint: `Let it come to its end ("aicodereval run" with its file goes on with it), or end it with "aicodereval cancel ${sweepId}".`,
    exitCode: 2,
  });
}

async function findRunning(handle: WorkflowHandle): Promise<WorkflowExecutionDescription | null> {
  try {
    const description = await handle.describe();
    return description.status.name === 'RUNNING' ? description : null;
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowNotFoundError') return null;
    throw error;
  }
}
