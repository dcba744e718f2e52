import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ChildWorkflowFailure,
  executeChild,
  getExternalWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  setHandler,
  sleep,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { type Cell, concludeCell } from '../domain/cell.js';
import { type CellOutcome, count, done, EMPTY_TALLY, type Tally } from '../domain/progress.js';
import { labelOf } from '../domain/strategies/strategy.js';
import type { Retried } from '../domain/verdict.js';
import type { cellWorkflow } from './cell.js';
import { controlSignal, pageProgressQuery, spentSignal } from './messages.js';
import { cellAttributes } from './search-attributes.js';
import { compact, listCells, record } from './steps.js';
import { Window } from './window.js';

export interface PageInput {
  readonly sweepId: string;
  /** When this run of the sweep began. */
  readonly run: number;
  /** Indices into the plan: the page's cells are `offset <= index < end`. */
  readonly offset: number;
  readonly end: number;
  /** Number of the Arrow segment that this page's rows go to. */
  readonly segment: number;
  /** Cells in flight; 0 while the sweep is paused. */
  readonly window: number;
  /** The sweep wants to hear when this many tokens or dollars were used; null if it has no such limit. */
  readonly report: { readonly tokens: number | null; readonly costUsd: number | null };
  /** Only cells with this verdict are run, again; none for those that have no row. */
  readonly retry?: Retried | undefined;
}

export interface PageResult {
  readonly finished: Tally;
  /** What was used and not yet signalled to the sweep. */
  readonly unsaid: Pick<Tally, 'tokens' | 'costUsd'>;
}

/** Up to 250 cells, each a child workflow. Returns what its cells came to. */
export async function pageWorkflow(input: PageInput): Promise<PageResult> {
  const { sweepId, run, segment, end, retry } = input;
  const window = new Window(input.window);
  let finished = EMPTY_TALLY;
  const spending = new Spending(input);
  setHandler(controlSignal, (control) => window.resize(control.window));
  setHandler(pageProgressQuery, () => ({ finished, running: window.running }));
  const onCell = async (cell: Cell): Promise<void> => {
    const outcome = await runCell(cell);
    finished = count(finished, outcome);
    await spending.note(outcome);
  };
  try {
    let { offset } = input;
    while (offset < end) {
      const { cells, next } = await listCells({ sweepId, run, offset, end, retry });
      for (const cell of cells) await window.start(() => onCell(cell));
      offset = next;
    }
  } finally {
    // Also when cancelled: the children are told, and the page ends only after they have cleaned up.
    await window.drain();
  }
  // Of hundreds of pages few may have a cell that is tried again.
  if (retry === undefined || done(finished) > 0) await compact({ sweepId, segment, offset: input.offset, end, retry });
  return { finished, unsaid: spending.unsaid };
}

async function runCell(cell: Cell): Promise<CellOutcome> {
  const startedAt = Date.now();
  try {
    return await startCell(cell);
  } catch (error) {
    if (isCancellation(error)) throw error;
    // Terminated by an operator, or a fault in our own code: the cell still gets its row.
    const cause = error instanceof ChildWorkflowFailure ? (error.cause ?? error) : error;
    const message = `the cell's workflow was lost: ${cause instanceof Error ? cause.message : String(cause)}`;
    const unscored = { errorClass: 'cell-lost', fault: 'infrastructure', message: message.slice(0, 500) } as const;
    await record(concludeCell(cell, [], { startedAt, finishedAt: Date.now() }, { finalAttempt: null, unscored }));
    return { verdict: 'unscored', tokens: 0, costUsd: 0 };
  }
}

/** A cell of an earlier run may still be ending after its sweep was terminated: wait for it, do not fail. */
async function startCell(cell: Cell): Promise<CellOutcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await executeChild<typeof cellWorkflow>('cellWorkflow', {
        workflowId: cell.cellId,
        args: [cell],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        workflowTaskTimeout: '5 seconds',
        typedSearchAttributes: cellAttributes(cell),
        staticSummary: `${cell.taskId}  ${cell.model}  ${labelOf(cell.strategy)}  #${cell.sample}`,
        staticDetails: details(cell),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError) || tries === 60) throw error;
      await sleep('1 second');
    }
  }
}

function details(cell: Cell): string {
  const { strategy } = cell;
  return [
    `Suite **${cell.suite}**, task **${cell.taskId}** (${cell.domain})`,
    `Model **${cell.model}**, sample ${cell.sample}`,
    `Strategy **${strategy.id}**, at most ${strategy.rounds} rounds, sees ${strategy.feedback}`,
    `Environment ${cell.environment}, grading ${cell.grading}`,
  ].join('\n\n');
}

/** Tells the sweep what was used, seldom enough that it costs few events and often enough to hold a limit. */
class Spending {
  private readonly input: PageInput;
  unsaid = { tokens: 0, costUsd: 0 };

  constructor(input: PageInput) {
    this.input = input;
  }

  async note({ tokens, costUsd }: CellOutcome): Promise<void> {
    this.unsaid = { tokens: this.unsaid.tokens + tokens, costUsd: this.unsaid.costUsd + costUsd };
    const { report } = this.input;
    const isDue =
      (report.tokens !== null && this.unsaid.tokens >= report.tokens) ||
      (report.costUsd !== null && this.unsaid.costUsd >= report.costUsd);
    if (!isDue) return;
    const said = this.unsaid;
    this.unsaid = { tokens: 0, costUsd: 0 };
    await getExternalWorkflowHandle(this.input.sweepId).signal(spentSignal, said);
  }
}
