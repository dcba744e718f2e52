import { setImmediate } from 'node:timers/promises';
import { type CellFacts, cellFacts } from '../../domain/cell-facts.js';
import type { CellResult } from '../../domain/cell.js';
import { UserError } from '../errors.js';
import { order } from '../store/dedupe.js';
import { readCompacted } from '../store/compacted.js';
import { readJournals } from '../store/journal.js';
import { ATTEMPT_FACTS } from './attempt-walk.js';
import { ArmNames } from './arm-names.js';
import { SeenCells } from './seen-cells.js';
import { type ColumnFile, ColumnReader } from './column-file.js';
import { Category, columnOf, number, text } from './column-values.js';
import { STAMP_KEY } from './format.js';
import { CELL_FACTS, visitSegment } from './segment-facts.js';
import { type SegmentPaths, segmentsOf } from '../store/segment-paths.js';

const MOST_TRIES = 3;

/** What cells are added to, one after the other. What it is given is another cell's with the next. */
interface Fold {
  add(cell: CellFacts): void;
}

/**
 * Adds every result of a sweep so far, one a cell (see `dedupe`), to a fold that `begin` makes. Reads of the segments only
 * the columns that figures are made of, one segment at a time: memory grows with neither cells nor columns. Where segments
 * don't fit each other (a cell in two of them, rows of a kill in between) whole results are read instead.
 */
export async function foldCells<T extends Fold>(home: string, sweepId: string, begin: () => T): Promise<T> {
  const journaled = await readJournals(home, sweepId, { after: await readCompacted(home, sweepId) });
  const tail = new Map(journaled.map((result) => [result.cell.cellId, result]));
  try {
    return await foldColumns(home, sweepId, begin(), tail);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const fold = begin();
    // Seldom needed, and loads all of Arrow.
    const { readResults } = await import('./results.js');
    for (const result of await readResults(home, sweepId)) fold.add(cellFacts(result));
    return fold;
  }
}

/** The same from columns alone. `tail` is what the journals hold, by cell; throws where segments don't fit each other. */
export async function foldColumns<T extends Fold>(
  home: string,
  sweepId: string,
  fold: T,
  tail: Map<string, CellResult>,
): Promise<T> {
  const [cells, attempts] = [new ColumnReader(), new ColumnReader()];
  const names = tail.size === 0 ? CELL_FACTS : new Set([...CELL_FACTS, 'cell_id']);
  const [arms, seen] = [new ArmNames(), new SeenCells()];
  for (const paths of await segmentsOf(home, sweepId)) {
    // Others have their turn between two segments.
    await setImmediate();
    const [cellFile, attemptFile] = readPair(paths, cells, attempts, names);
    const [samples, ids] = [columnOf(cellFile, 'sample'), columnOf(cellFile, 'cell_id')];
    const demandNew = seen.of(new Category(columnOf(cellFile, 'task_id')));
    visitSegment(cellFile, attemptFile, arms, (facts, row) => {
      demandNew(facts.arm, number(samples, row), row);
      if (tail.size === 0 || !isSuperseded(facts, text(ids, row), tail)) fold.add(facts);
    });
  }
  for (const result of tail.values()) fold.add(cellFacts(result));
  return fold;
}

function readPair(
  paths: SegmentPaths,
  cells: ColumnReader,
  attempts: ColumnReader,
  names: ReadonlySet<string>,
): [ColumnFile, ColumnFile] {
  // A segment may grow while it is read.
  for (let tries = 1; ; tries += 1) {
    const cellFile = cells.read(paths.cells, names);
    const attemptFile = attempts.read(paths.attempts, ATTEMPT_FACTS);
    if (cellFile.metadata.get(STAMP_KEY) === attemptFile.metadata.get(STAMP_KEY)) return [cellFile, attemptFile];
    if (tries === MOST_TRIES) throw new Error('the files of a segment were written at different times');
  }
}

/** The order of `dedupe`. Takes the journals' row of the cell away if the segment's is as good. */
function isSuperseded(facts: CellFacts, cellId: string, tail: Map<string, CellResult>): boolean {
  const other = tail.get(cellId);
  if (other === undefined) return false;
  const isAsGood = order(facts, other) <= 0;
  if (isAsGood) tail.delete(cellId);
  return !isAsGood;
}
