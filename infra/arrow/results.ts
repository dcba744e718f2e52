import type { CellResult } from '../../domain/cell.js';
import { dedupe } from '../store/dedupe.js';
import { readJournals } from '../store/journal.js';
import { readSegments } from './segments.js';

/** Every result of a sweep so far, from segments and journals together: one a cell (see `dedupe`), sorted by cell id. */
export async function readResults(home: string, sweepId: string): Promise<CellResult[]> {
  return dedupe([...(await readSegments(home, sweepId)), ...(await readJournals(home, sweepId))]);
}
