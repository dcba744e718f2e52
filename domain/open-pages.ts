const LEAST = 2;
const MOST = 16;

/** Cells in flight that a page holds, where the sweep is large enough: a page that waits for its last ones idles at most these. */
export const CELLS_EACH = 12;

/**
 * Pages that a sweep has open at a time: one for every `cellsEach` cells in flight, within 2 and 16, and no more than there are cells
 * in flight (docs/decisions/035).
 */
export function openPages(concurrency: number, cellsEach: number): number {
  return Math.min(concurrency, Math.max(LEAST, Math.min(MOST, Math.ceil(concurrency / cellsEach))));
}
