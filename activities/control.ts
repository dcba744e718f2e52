import { log } from '@temporalio/activity';
import type { Cell, CellResult } from '../domain/cell.js';
import { readResults } from '../infra/arrow/results.js';
import { compact } from '../infra/arrow/segments.js';
import type { Metrics } from '../infra/metrics/metrics.js';
import { openJournal, type Journal } from '../infra/store/journal.js';
import { readPlan } from '../infra/store/manifest.js';
import { writeSummary } from '../infra/store/summary-file.js';
import { summarise } from '../report/summarise.js';
import { cached } from './cached.js';
import type { CellList, ControlActivities, ListCellsInput } from './contract.js';
import { withTypedFaults } from './faults.js';

/** Histories hold small payloads: a list of cells stays below this many bytes of JSON. */
const LIST_BYTES = 3_500;

interface Plan {
  readonly cells: readonly Cell[];
  /** Cells that had a row when the run of the sweep began. */
  readonly recorded: ReadonlySet<string>;
}

/** The activities of a control worker; `worker` names this process on journals. */
export function createControlActivities(
  home: string,
  worker: string,
  metrics: Metrics,
): { activities: Omit<ControlActivities, 'keepItem' | 'settle'>; close: () => Promise<void> } {
  const journals = new Map<string, Promise<Journal>>();
  const plans = new Map<string, Promise<Plan>>();
  const activities: Omit<ControlActivities, 'keepItem' | 'settle'> = {
    listCells: (input) =>
      withTypedFaults(async () => {
        // A sweep that runs again (after a cancel) has more rows: each run reads anew.
        const key = `${input.sweepId} ${input.run}`;
        return listCells(await cached(plans, key, () => readWholePlan(home, input.sweepId)), input);
      }),
    record: (result) =>
      withTypedFaults(async () => {
        const { sweepId } = result.cell;
        const journal = await cached(journals, sweepId, () => openJournal(home, sweepId, worker));
        await journal.append(result);
        countCell(metrics, result);
        logCell(result);
      }),
    compact: ({ sweepId, segment, offset, end }) =>
      withTypedFaults(async () => {
        const cells = await readPlan(home, sweepId, offset, end - offset);
        await compact(
          home,
          sweepId,
          segment,
          cells.map((cell) => cell.cellId),
        );
      }),
    summarise: (sweepId) =>
      withTypedFaults(async () => writeSummary(home, sweepId, summarise(sweepId, await readResults(home, sweepId)))),
  };
  return { activities, close: () => closeAll(journals.values()) };
}

function countCell(metrics: Metrics, result: CellResult): void {
  const { cell, verdict, errorClass, fault, attempts, startedAt, finishedAt } = result;
  const { suite, model } = cell;
  const strategy = cell.strategy.id;
  metrics.count('aicodereval_cells_total', { suite, model, strategy, verdict });
  metrics.count('aicodereval_cell_attempts_total', { model, strategy }, attempts.length);
  metrics.observe('aicodereval_cell_duration_seconds', { strategy }, (finishedAt - startedAt) / 1_000);
  if (verdict === 'pass') return;
  metrics.count('aicodereval_cell_errors_total', { model, error_class: errorClass, fault: fault ?? 'none' });
}

function logCell({ verdict, errorClass, fault, message }: CellResult): void {
  if (verdict === 'unscored') log.warn('A cell could not be judged', { errorClass, fault, message });
  else log.debug('A cell is finished', { verdict, errorClass, fault });
}

async function closeAll(journals: Iterable<Promise<Journal>>): Promise<void> {
  for (const journal of journals) await (await journal).close();
}

async function readWholePlan(home: string, sweepId: string): Promise<Plan> {
  const cells = await readPlan(home, sweepId, 0, Number.POSITIVE_INFINITY);
  const results = await readResults(home, sweepId);
  return { cells, recorded: new Set(results.map(({ cell }) => cell.cellId)) };
}

function listCells(plan: Plan, { offset, end }: ListCellsInput): CellList {
  const cells: Cell[] = [];
  let bytes = 0;
  let next = offset;
  for (; next < end; next += 1) {
    const cell = plan.cells[next];
    if (cell === undefined || plan.recorded.has(cell.cellId)) continue;
    bytes += JSON.stringify(cell).length;
    if (bytes > LIST_BYTES && cells.length > 0) break;
    cells.push(cell);
  }
  return { cells, next };
}
