import { log } from '@temporalio/activity';
import type { Cell, CellResult } from '../domain/cell.js';
import type { Verdict } from '../domain/verdict.js';
import { foldCells } from '../infra/arrow/fold-cells.js';
import { recordedVerdicts } from '../infra/arrow/cell-ids.js';
import { Compactor, type Page, PAGES_EACH } from '../infra/arrow/compactor.js';
import type { Metrics } from '../infra/metrics/metrics.js';
import { openJournal, type Journal } from '../infra/store/journal.js';
import { PlanReader } from '../infra/store/plan-reader.js';
import { writeSummary } from '../infra/store/summary-file.js';
import { SweepTally } from '../report/arm-tally.js';
import { summaryOf } from '../report/summarise.js';
import { cached } from './cached.js';
import type { CellList, CompactInput, ControlActivities, ListCellsInput } from './contract.js';
import { withTypedFaults } from './faults.js';
import { PerSweep } from './per-sweep.js';

/** Histories hold small payloads: a list of cells stays below this many bytes of JSON. */
const LIST_BYTES = 3_500;

/** The activities of a control worker; `worker` names this process on journals. */
export function createControlActivities(
  home: string,
  worker: string,
  metrics: Metrics,
): { activities: Omit<ControlActivities, 'keepItem' | 'settle'>; close: () => Promise<void> } {
  const journals = new PerSweep(home, (sweepId) => openJournal(home, sweepId, worker));
  const plans = new PerSweep(home, (sweepId) => PlanReader.open(home, sweepId));
  const compactors = new PerSweep(home, async (sweepId) => new Compactor(home, sweepId));
  const recorded = new Map<string, Promise<ReadonlyMap<string, Verdict>>>();
  const activities: Omit<ControlActivities, 'keepItem' | 'settle'> = {
    listCells: (input) =>
      withTypedFaults(async () => {
        // A sweep that runs again (after a cancel) has more rows: each run reads anew.
        const { sweepId, offset, end } = input;
        const had = await cached(recorded, `${sweepId} ${input.run}`, () => recordedVerdicts(home, sweepId));
        return listCells(await (await plans.of(sweepId)).cells(offset, end), had, input);
      }),
    record: (result) =>
      withTypedFaults(async () => {
        const journal = await journals.of(result.cell.sweepId);
        await journal.append(result);
        countCell(metrics, result);
        logCell(result);
      }),
    compact: ({ sweepId, segment, offset, end, retry }) =>
      withTypedFaults(async () => {
        const [compactor, plan] = await Promise.all([compactors.of(sweepId), plans.of(sweepId)]);
        await compactor.compact(await pageOf(plan, { segment, offset, end, retry }));
      }),
    summarise: (sweepId) =>
      withTypedFaults(async () => {
        const tally = await foldCells(home, sweepId, () => new SweepTally());
        await writeSummary(home, sweepId, summaryOf(sweepId, tally));
      }),
  };
  return { activities, close: async () => closeAll(await journals.all()) };
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

/** Pages are as large as each other but for the last: the number of one and its offset say where all the others are. */
async function pageOf(plan: PlanReader, { segment, offset, end, retry }: Omit<CompactInput, 'sweepId'>): Promise<Page> {
  const idsOf = async (from: number, to: number): Promise<string[]> =>
    (await plan.cells(from, to)).map(({ cellId }) => cellId);
  const pageSize = segment === 0 ? end - offset : Math.round(offset / segment);
  // Versions that wrote a segment for each page named it by that page's own number.
  const pagesOf = (index: number): number => (index % PAGES_EACH === 0 ? PAGES_EACH : 1);
  const segmentCellIds = (index: number): Promise<string[]> =>
    idsOf(index * pageSize, (index + pagesOf(index)) * pageSize);
  return { number: segment, cellIds: await idsOf(offset, end), segmentCellIds, mayLackRows: retry !== undefined };
}

async function closeAll(journals: readonly Journal[]): Promise<void> {
  for (const journal of journals) await journal.close();
}

/** Of the cells from `offset` on those without a row, or with the verdict to retry, as many as fit into a history. */
function listCells(
  planned: readonly Cell[],
  recorded: ReadonlyMap<string, Verdict>,
  { offset, end, retry }: ListCellsInput,
): CellList {
  const cells: Cell[] = [];
  let bytes = 0;
  for (const [at, cell] of planned.entries()) {
    if (recorded.get(cell.cellId) !== retry) continue;
    bytes += JSON.stringify(cell).length;
    if (bytes > LIST_BYTES && cells.length > 0) return { cells, next: offset + at };
    cells.push(cell);
  }
  return { cells, next: end };
}
