import { setImmediate } from 'node:timers/promises';
import type { CellResult } from '../../domain/cell.js';
import type { Verdict } from '../../domain/verdict.js';
import { readCompacted } from '../store/compacted.js';
import { readJournals } from '../store/journal.js';
import { ColumnReader } from './column-file.js';
import { Category, columnOf, long, text } from './column-values.js';
import { segmentsOf } from '../store/segment-paths.js';

/** Which cell a row of a segment is of, and what it stands before. */
type CellRank = Pick<CellResult, 'verdict' | 'finishedAt' | 'startedAt'> & { readonly cellId: string };

const COLUMNS: ReadonlySet<string> = new Set(['cell_id', 'verdict', 'started_at', 'finished_at']);

/** Goes through the cells of a sweep's segments and reads no more of them than this. */
export async function visitCellIds(home: string, sweepId: string, visit: (row: CellRank) => void): Promise<void> {
  const reader = new ColumnReader();
  for (const { cells } of await segmentsOf(home, sweepId)) {
    // Others have their turn between two segments.
    await setImmediate();
    const file = reader.read(cells, COLUMNS);
    const [ids, started, finished] = ['cell_id', 'started_at', 'finished_at'].map((name) => columnOf(file, name));
    if (ids === undefined || started === undefined || finished === undefined) continue;
    const verdict = new Category(columnOf(file, 'verdict'));
    for (let row = 0; row < file.rows; row += 1) {
      visit({
        cellId: text(ids, row),
        verdict: (verdict.at(row) ?? 'unscored') as Verdict,
        startedAt: long(started.data, row),
        finishedAt: long(finished.data, row),
      });
    }
  }
}

/** The cells of a sweep that have a row, by id, each with its verdict: a judged one where there are several. */
export async function recordedVerdicts(home: string, sweepId: string): Promise<ReadonlyMap<string, Verdict>> {
  const journaled = await readJournals(home, sweepId, { after: await readCompacted(home, sweepId) });
  const found = new Map(journaled.map(({ cell, verdict }) => [cell.cellId, verdict]));
  await visitCellIds(home, sweepId, ({ cellId, verdict }) => {
    if (verdict !== 'unscored' || !found.has(cellId)) found.set(cellId, verdict);
  });
  return found;
}
