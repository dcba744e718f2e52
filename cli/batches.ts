import { defaultPayloadConverter } from '@temporalio/common';
import {
  type Client,
  type WorkflowExecutionDescription,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import type { Batch, BatchBeat, BatchPlan } from '../domain/batches.js';
import { CONTROL_QUEUE } from '../domain/queues.js';
import type { EnvironmentKeys } from '../infra/environments/environment-keys.js';
import { UserError } from '../infra/errors.js';
import { finishedBatches } from '../infra/store/batch-files.js';
import { type BlobStore, openBlobStore } from '../infra/store/blobs.js';
import { sha256 } from '../infra/store/digest.js';
import type { BatchesInput, BatchRange, gradeWorkflow, validateWorkflow } from '../workflows/batches.js';
import type { CommandContext } from './context.js';
import { follow } from './follow.js';
import type { Interrupt } from './interrupt.js';
import { prepareMachine } from './prepare.js';
import { ProgressPrinter } from './progress.js';
import { openSession, type Session } from './session.js';

/** Batches that a workflow runs, and where it leaves their rows. */
export interface BatchJob {
  readonly plan: BatchPlan;
  readonly workflow: 'gradeWorkflow' | 'validateWorkflow';
  readonly workflowId: string;
  readonly folder: string;
  /** What the job is about, for Temporal's UI. */
  readonly summary: string;
  /** Batches in flight. */
  readonly window: number;
  /** Programs at the same time, where this command brings the workers; the machine's cores unless given. */
  readonly slots?: number;
}

/** Stores lists of at most `size` items, each of one environment, as batches. */
export class BatchWriter<I> {
  readonly #blobs: BlobStore;
  readonly #size: number;
  readonly #waiting = new Map<string, { item: I; programs: number }[]>();
  readonly #batches: Omit<Batch, 'digest' | 'interpreter'>[] = [];

  constructor(blobs: BlobStore, size: number) {
    this.#blobs = blobs;
    this.#size = size;
  }

  /** Batches are made in the order of these calls, also of several that do not wait for one another. */
  async add(environment: string, item: I, programs: number): Promise<void> {
    const items = [...(this.#waiting.get(environment) ?? []), { item, programs }];
    this.#waiting.set(environment, items);
    if (items.length === this.#size) await this.#store(environment);
  }

  /** All batches, those of one environment together. */
  async end(keyOf: EnvironmentKeys): Promise<Batch[]> {
    for (const environment of this.#waiting.keys()) await this.#store(environment);
    return this.#batches
      .map((batch) => ({ ...batch, ...keyOf(batch.environment) }))
      .sort((a, b) => a.environment.localeCompare(b.environment));
  }

  async #store(environment: string): Promise<void> {
    const items = this.#waiting.get(environment) ?? [];
    this.#waiting.delete(environment);
    const text = JSON.stringify(items.map(({ item }) => item));
    const programs = items.reduce((sum, { programs }) => sum + programs, 0);
    this.#batches.push({ sha256: sha256(text), programs, environment });
    await this.#blobs.put(text);
  }
}

/** Numbers of the batches that have no rows yet, or rows that count as none. */
export async function unfinishedBatches(plan: BatchPlan, folder: string, again: Iterable<number>): Promise<number[]> {
  const finished = new Set(await finishedBatches(folder));
  for (const batch of again) finished.delete(batch);
  return plan.batches.flatMap((_, batch) => (finished.has(batch) ? [] : [batch]));
}

/** Runs the batches that are left. True when all are done, false when the user interrupted. */
export async function runBatches(
  job: BatchJob,
  left: readonly number[],
  context: CommandContext,
  interrupt: Interrupt,
): Promise<boolean> {
  const { config, log } = context;
  const { plan } = job;
  const environments = new Set(plan.batches.map(({ environment }) => environment));
  if (config.cluster === null) await prepareMachine({ backend: plan.backend, environments }, context);
  const slots = job.slots === undefined ? {} : { slots: job.slots };
  const session = await openSession({ config, log, crews: [['control', 'sandbox']], ...slots });
  try {
    const planSha256 = await openBlobStore(config.home).put(JSON.stringify(plan));
    const facts = { planSha256, ranges: rangesOf(plan, left), done: plan.batches.length - left.length };
    await session.ask((client) => start(client, job, facts));
    return await show(session, job, new Set(left), interrupt);
  } finally {
    await session.close();
  }
}

function rangesOf(plan: BatchPlan, left: readonly number[]): BatchRange[] {
  const ranges: BatchRange[] = [];
  for (const batch of left) {
    const environment = plan.batches[batch]?.environment ?? '';
    const last = ranges.at(-1);
    if (last?.environment === environment && last.to === batch) ranges.splice(-1, 1, { ...last, to: batch + 1 });
    else ranges.push({ environment, from: batch, to: batch + 1 });
  }
  return ranges;
}

async function start(
  client: Client,
  { plan, workflow, workflowId, summary, window }: BatchJob,
  facts: Pick<BatchesInput, 'planSha256' | 'ranges' | 'done'>,
): Promise<void> {
  const most = Math.max(...plan.batches.map(({ programs }) => programs));
  // Programs that sleep run again alone, one after the other. A worker that dies is noticed by its heartbeat.
  const batchMs = (most * plan.limits.wallSeconds * 20 + 120) * 1_000;
  try {
    await client.workflow.start<typeof gradeWorkflow | typeof validateWorkflow>(workflow, {
      workflowId,
      taskQueue: CONTROL_QUEUE,
      workflowTaskTimeout: '5 seconds',
      args: [{ window, batchMs, ...facts }],
      staticSummary: summary,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function show(
  session: Session,
  { plan, workflowId, folder }: BatchJob,
  left: ReadonlySet<number>,
  interrupt: Interrupt,
): Promise<boolean> {
  const printer = new ProgressPrinter(process.stderr);
  const total = plan.batches.reduce((sum, { programs }) => sum + programs, 0);
  const began = Date.now();
  let line = '';
  const ending = await follow(session, workflowId, { everyMs: 200, interrupt }, async ({ description }) => {
    const now = Date.now();
    if (!printer.isDue(now)) return;
    const finished = await finishedBatches(folder);
    const before = plan.batches.reduce((sum, { programs }, batch) => (left.has(batch) ? sum : sum + programs), 0);
    const done = finished.reduce((sum, batch) => sum + (plan.batches[batch]?.programs ?? 0), underWay(description));
    const perSecond = (done - before) / Math.max(1, (now - began) / 1_000);
    line = `${Math.min(done, total)}/${total} programs, ${perSecond.toFixed(1)}/s`;
    printer.show(line, now);
  });
  if (ending === 'interrupted') return false;
  if (line !== '') printer.end(`${total}/${total} programs`);
  if (ending === 'done') return true;
  throw new UserError(`The programs’ workflow ended as ${ending}.`, {
    hint: 'The same command goes on with what is left; Temporal’s UI shows what went wrong.',
    exitCode: 3,
  });
}

/** Programs that batches under way have done, by their last heartbeats. */
function underWay(description: WorkflowExecutionDescription | null): number {
  let programs = 0;
  for (const { heartbeatDetails } of description?.raw.pendingActivities ?? []) {
    const [payload] = heartbeatDetails?.payloads ?? [];
    if (payload === undefined) continue;
    programs += defaultPayloadConverter.fromPayload<Partial<BatchBeat>>(payload).programs ?? 0;
  }
  return programs;
}
