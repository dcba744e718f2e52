import type { CellResult } from '../../domain/cell.js';
import { readCompacted } from '../store/compacted.js';
import { dedupe } from '../store/dedupe.js';
import { readJournals } from '../store/journal.js';
import { readSegments } from './segments.js';

/** Every result of a sweep so far, from segments and journals together: one a cell (see `dedupe`), sorted by cell id. */
export async function readResults(home: string, sweepId: string): Promise<CellResult[]> {
  // First how far: a segment that comes while the journals are read takes nothing away.
  const after = await readCompacted(home, sweepId);
  const journaled = await readJournals(home, sweepId, { after });
  return dedupe([...(await readSegments(home, sweepId)), ...journaled]);
}
