import { cellFacts } from '../../domain/cell-facts.js';
import type { CellResult } from '../../domain/cell.js';
import { SweepTally } from '../../report/arm-tally.js';
import { type Summary, summaryOf } from '../../report/summarise.js';

/** Sums up results, one a cell, in whatever order they come. */
export function summarise(sweepId: string, results: readonly CellResult[]): Summary {
  const tally = new SweepTally();
  for (const result of results) tally.add(cellFacts(result));
  return summaryOf(sweepId, tally);
}
