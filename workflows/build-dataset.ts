import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  continueAsNew,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  setHandler,
  sleep,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { BuildProgress } from '../domain/build/build.js';
import type { Collected } from '../activities/contract.js';
import type { buildItemWorkflow, BuildItem } from './build-item.js';
import { buildProgressQuery } from './messages.js';
import { collect, keepItem, settle } from './steps.js';
import { Window } from './window.js';

export interface BuildInput extends Omit<BuildItem, 'item' | 'recordsSha256'> {
  readonly environment: string;
  /** Tasks wanted. */
  readonly tasks: number;
  /** Records in flight. */
  readonly window: number;
  /** What an earlier run has handed over; null at the start. */
  readonly handed: Handed | null;
}

interface Handed extends Collected {
  readonly next: number;
  readonly accepted: number;
  readonly dropped: number;
}

/** Histories stay small: a run hands over after this many records. */
const ITEMS_PER_RUN = 400;

/**
 * Builds a dataset: each record a child workflow, a bounded number at a time; settled in the order of the records. No record is
 * begun that is not needed, should all those before it yield a task: which ones are asked for does not depend on who is quick.
 */
export async function buildDatasetWorkflow(input: BuildInput): Promise<BuildProgress> {
  const collected = input.handed ?? (await collect(input.build, input.environment));
  const builder = new Builder(input, { accepted: 0, dropped: 0, next: 0, ...collected });
  setHandler(buildProgressQuery, () => builder.progress);
  await builder.run();
  if (builder.isOver) return builder.progress;
  return continueAsNew<typeof buildDatasetWorkflow>({ ...input, handed: builder.state });
}

class Builder {
  readonly state: { -readonly [K in keyof Handed]: Handed[K] };
  private readonly input: BuildInput;
  private readonly items: Window;
  /** Index after the last record of this run. */
  private readonly end: number;
  /** Records that were begun and not settled. */
  private unsettled = 0;
  /** Resolves when all that were begun so far are settled; never rejects. */
  private settled: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | null = null;

  constructor(input: BuildInput, handed: Handed) {
    this.input = input;
    this.state = { ...handed };
    this.items = new Window(input.window);
    this.end = Math.min(handed.records, handed.next + ITEMS_PER_RUN);
  }

  get progress(): BuildProgress {
    const { records, next, accepted, dropped } = this.state;
    return { records, started: next, accepted, dropped };
  }

  get isOver(): boolean {
    return this.state.accepted >= this.input.tasks || this.state.next >= this.state.records;
  }

  async run(): Promise<void> {
    try {
      for (;;) {
        await condition(() => this.isNeeded || this.unsettled === 0);
        if (!this.isNeeded) break;
        await this.items.start(() => this.begin());
      }
    } finally {
      // Also when cancelled: the children are told, and the build ends only after they have cleaned up.
      await this.items.drain();
      await this.settled;
    }
    if (this.failure !== null) throw this.failure.error;
  }

  private get isNeeded(): boolean {
    const { accepted, next } = this.state;
    return this.failure === null && next < this.end && accepted + this.unsettled < this.input.tasks;
  }

  private async begin(): Promise<void> {
    const item = this.state.next;
    this.state.next += 1;
    this.unsettled += 1;
    const done = runItem({ ...childInput(this.input), recordsSha256: this.state.recordsSha256, item });
    this.settled = this.settle(item, this.settled, done);
    await done;
  }

  private async settle(item: number, before: Promise<void>, done: Promise<void>): Promise<void> {
    try {
      await Promise.all([before, done]);
      if (this.failure !== null) return;
      const { accepted } = await settle({ build: this.input.build, recordsSha256: this.state.recordsSha256, item });
      this.state[accepted ? 'accepted' : 'dropped'] += 1;
    } catch (error) {
      this.failure ??= { error };
    } finally {
      this.unsettled -= 1;
    }
  }
}

function childInput({
  build,
  rounds,
  provider,
  giveUpAfterMs,
  wallSeconds,
}: BuildInput): Omit<BuildItem, 'item' | 'recordsSha256'> {
  return { build, rounds, provider, giveUpAfterMs, wallSeconds };
}

async function runItem(input: BuildItem): Promise<void> {
  try {
    await startItem(input);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const evidence = `the record's workflow was lost: ${error instanceof Error ? error.message : String(error)}`;
    const problem = { kind: 'unjudged', evidence: evidence.slice(0, 500), reportSha256: null } as const;
    await keepItem(input.build, { item: input.item, rounds: [], problem });
  }
}

/** That of an earlier run may still be ending after the build was terminated: wait for it, do not fail. */
async function startItem(input: BuildItem): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await executeChild<typeof buildItemWorkflow>('buildItemWorkflow', {
        workflowId: `build/${input.build}/${input.item}`,
        args: [input],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        workflowTaskTimeout: '5 seconds',
        staticSummary: `record ${input.item} of ${input.build}`,
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError) || tries === 60) throw error;
      await sleep('1 second');
    }
  }
}
