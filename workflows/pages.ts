import {
  condition,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  setCurrentDetails,
  startChild,
  WorkflowIdReusePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import { openPages } from '../domain/open-pages.js';
import { add, done, type Tally } from '../domain/progress.js';
import { endOfTurn } from './end-of-turn.js';
import type { Governor } from './governor.js';
import { controlSignal } from './messages.js';
import type { PageInput, pageWorkflow } from './page.js';
import { sweepAttributes } from './search-attributes.js';
import type { SweepInput } from './sweep.js';
import { Window } from './window.js';

/** Starts a sweep's pages one after the other and shares the cells in flight among those that are open. */
export class PageDispatcher {
  finished: Tally;
  /** Index of the first cell that no page was started for. */
  next: number;
  nextSegment: number;
  private readonly input: SweepInput;
  private readonly governor: Governor;
  private readonly window: Window;
  /** Pages that are open or being opened. */
  private active = 0;
  /** Open pages and the window that each was last told. */
  private readonly told = new Map<string, number>();
  /** What pages were told may be out of date. */
  private isStale = false;
  isOver = false;

  constructor(input: SweepInput, governor: Governor) {
    this.input = input;
    this.governor = governor;
    this.finished = input.finished;
    this.next = input.offset;
    this.nextSegment = input.segment;
    this.window = new Window(this.openAtOnce());
  }

  get open(): string[] {
    return [...this.told.keys()];
  }

  /** Until the plan is done, or the history so long that the sweep should go on as a new run. */
  async dispatch(): Promise<void> {
    try {
      while (this.next < this.input.cells && !workflowInfo().continueAsNewSuggested) {
        await this.window.start(() => this.runPage());
      }
    } finally {
      await this.window.drain();
    }
  }

  /** Pause, concurrency or the number of open pages have changed: window sizes follow by the end of this turn. */
  steer(): void {
    this.isStale = true;
  }

  /** Steers at the end of each turn that changed something, until `end`. */
  async keepSteered(): Promise<void> {
    while (!this.isOver) {
      await condition(() => this.isStale || this.isOver);
      await endOfTurn();
      this.isStale = false;
      this.tell();
    }
  }

  end(): void {
    this.isOver = true;
  }

  private tell(): void {
    this.window.resize(this.openAtOnce());
    const shares = this.shares();
    for (const [index, [pageId, told]] of [...this.told].entries()) {
      const window = shares[index] ?? 0;
      if (window === told) continue;
      this.told.set(pageId, window);
      // A page that has just ended cannot be told, and need not be.
      getExternalWorkflowHandle(pageId)
        .signal(controlSignal, { window })
        .catch(() => undefined);
    }
    const { pause } = this.governor.snapshot;
    const state = pause === null ? '' : `, paused (${pause})`;
    setCurrentDetails(`${done(this.finished)} of ${this.input.cells} cells in finished pages${state}`);
  }

  private async runPage(): Promise<void> {
    const input = this.takePage();
    const pageId = `${input.sweepId}/p${input.offset}`;
    try {
      const page = await startChild<typeof pageWorkflow>('pageWorkflow', {
        workflowId: pageId,
        args: [input],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        workflowTaskTimeout: '5 seconds',
        typedSearchAttributes: sweepAttributes(input.sweepId),
        staticSummary: `cells ${input.offset} to ${input.end - 1}`,
      });
      // Only now can it be signalled: whatever changed since it was asked for reaches it here.
      this.told.set(pageId, input.window);
      this.steer();
      const { finished, unsaid } = await page.result();
      this.finished = add(this.finished, finished);
      this.governor.spend(unsaid);
    } finally {
      this.active -= 1;
      this.told.delete(pageId);
      this.steer();
    }
  }

  private takePage(): PageInput {
    const { sweepId, cells, pageSize, retry } = this.input;
    const offset = this.next;
    const window = this.shares()[this.active] ?? 0;
    const end = Math.min(offset + pageSize, cells);
    const segment = this.nextSegment;
    this.next = end;
    this.nextSegment += 1;
    this.active += 1;
    const { tokens, costUsd } = this.governor.snapshot.limits;
    // A fiftieth of the limit at a time: few signals, and the sweep stops within a few per cent of its limit.
    const report = { tokens: tokens === null ? null : tokens / 50, costUsd: costUsd === null ? null : costUsd / 50 };
    return { sweepId, run: this.governor.snapshot.startedAt, offset, end, segment, window, report, retry };
  }

  private openAtOnce(): number {
    const { pause, concurrency } = this.governor.snapshot;
    return pause === null ? openPages(concurrency, this.input.cellsEach ?? concurrency) : 0;
  }

  /**
   * The cells in flight, shared as evenly as whole numbers allow among the open pages and those that will open beside
   * them: a page that took the share of the next one would have started cells that can't be taken back.
   */
  private shares(): number[] {
    const { pause, concurrency } = this.governor.snapshot;
    const toCome = Math.ceil((this.input.cells - this.next) / this.input.pageSize);
    const pages = Math.max(this.active, Math.min(this.openAtOnce(), this.active + toCome));
    if (pause !== null) return Array.from({ length: pages }, () => 0);
    return Array.from({ length: pages }, (_, index) => Math.floor((concurrency + index) / pages));
  }
}
