import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { done, type SweepProgress, type Tally } from '../domain/progress.js';
import type { Retried } from '../domain/verdict.js';
import { endOfTurn } from './end-of-turn.js';
import { Governor, type GovernorState } from './governor.js';
import {
  cancelUpdate,
  pauseUpdate,
  type RaisedLimits,
  resumeUpdate,
  setConcurrencyUpdate,
  spentSignal,
  sweepProgressQuery,
} from './messages.js';
import { PageDispatcher } from './pages.js';
import { summarise } from './steps.js';

const MAX_CONCURRENCY = 1_000;

export interface SweepInput {
  readonly sweepId: string;
  /** Cells in the plan. */
  readonly cells: number;
  readonly pageSize: number;
  /** Cells in flight for each open page; in histories of older versions there is none, and two pages are open. */
  readonly cellsEach?: number;
  /** First Arrow segment that this run writes. */
  readonly segment: number;
  /** Index into the plan where to go on: 0, or what the run before has handed over. */
  readonly offset: number;
  /** What the store has already, without cells that are tried again, and what the run before has handed over. */
  readonly finished: Tally;
  readonly governor: GovernorState;
  /** Only cells with this verdict are run, again; none for those that have no row. */
  readonly retry?: Retried | undefined;
}

/** A sweep: dispatches its pages, holds pause and limits, counts. Answers with its last progress. */
export async function sweepWorkflow(input: SweepInput): Promise<SweepProgress> {
  const scope = new CancellationScope();
  const governor: Governor = new Governor(input.governor, input.finished, () => pages.steer());
  const pages: PageDispatcher = new PageDispatcher(input, governor);
  const cancel = new Cancel();
  const progress = (): SweepProgress => ({
    sweepId: input.sweepId,
    cells: input.cells,
    finished: pages.finished,
    openPages: pages.open,
    concurrency: governor.snapshot.concurrency,
    pause: governor.snapshot.pause,
    cancelling: cancel.isWanted || scope.consideredCancelled,
  });
  listen(governor, cancel, progress);
  const beside = [
    scope.run(() => governor.watchClock()),
    scope.run(() => pages.keepSteered()),
    cancelWhenWanted(scope, cancel, pages),
  ].map((each) => each.catch(() => undefined));
  try {
    await scope.run(() => pages.dispatch());
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => summarise(input.sweepId));
    throw error;
  } finally {
    governor.end();
    pages.end();
    await Promise.all(beside);
  }
  await condition(allHandlersFinished);
  if (pages.next < input.cells) return continueAsNew<typeof sweepWorkflow>(handOver(input, pages, governor));
  await summarise(input.sweepId);
  setCurrentDetails(`${done(pages.finished)} of ${input.cells} cells, ${pages.finished.pass} passed`);
  return progress();
}

function handOver(input: SweepInput, pages: PageDispatcher, governor: Governor): SweepInput {
  const { next: offset, nextSegment: segment, finished } = pages;
  return { ...input, offset, segment, finished, governor: governor.snapshot };
}

/** An operator's wish to have the sweep cancelled. */
class Cancel {
  isWanted = false;

  want(): void {
    this.isWanted = true;
  }
}

/** Until the pages are over. As they are steered: once a whole turn was taken in, not in the update's handler. */
async function cancelWhenWanted(scope: CancellationScope, cancel: Cancel, pages: PageDispatcher): Promise<void> {
  await condition(() => cancel.isWanted || pages.isOver);
  await endOfTurn();
  if (cancel.isWanted) scope.cancel();
}

/**
 * Updates answer with the progress after them; a validator's error is what the operator reads. Handlers change state alone: what it
 * leads to comes after the whole turn (docs/decisions/034).
 */
function listen(governor: Governor, cancel: Cancel, progress: () => SweepProgress): void {
  setHandler(sweepProgressQuery, progress);
  setHandler(spentSignal, (used) => governor.spend(used));
  const answering =
    <Args extends unknown[]>(act: (...args: Args) => void) =>
    (...args: Args): SweepProgress => {
      act(...args);
      return progress();
    };
  setHandler(
    pauseUpdate,
    answering(() => governor.pause('operator')),
    { validator: () => demand(governor.snapshot.pause === null, `the sweep is paused already`) },
  );
  setHandler(
    resumeUpdate,
    answering((raised: RaisedLimits) => governor.resume(raised)),
    {
      validator: (raised) => {
        const problem = governor.resumeProblem(raised);
        demand(problem === null, problem ?? '');
      },
    },
  );
  setHandler(
    setConcurrencyUpdate,
    answering((cells: number) => governor.setConcurrency(cells)),
    {
      validator: (cells) => {
        const isValid = Number.isInteger(cells) && cells >= 1 && cells <= MAX_CONCURRENCY;
        demand(isValid, `concurrency must be a whole number from 1 to ${MAX_CONCURRENCY}, not ${cells}`);
      },
    },
  );
  setHandler(
    cancelUpdate,
    answering(() => cancel.want()),
    { validator: () => demand(!cancel.isWanted, 'the sweep is being cancelled already') },
  );
}

/** A validator rejects an update by throwing; nothing of it reaches the history. */
function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
