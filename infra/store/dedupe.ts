import type { CellResult } from '../../domain/cell.js';
import { canonicalJson } from './digest.js';

/**
 * One result a cell, sorted by cell id, whatever the order and the number of copies that come in. Of two results of
 * one cell the judged one stands before an unscored one (so a retry counts), then the one that finished first (so a
 * late duplicate changes nothing), then the one that started first, then the smaller canonical JSON.
 */
export function dedupe(results: Iterable<CellResult>): CellResult[] {
  const best = new Map<string, CellResult>();
  for (const result of results) {
    const other = best.get(result.cell.cellId);
    if (other === undefined || compare(result, other) < 0) best.set(result.cell.cellId, result);
  }
  return [...best.values()].sort((a, b) => (a.cell.cellId < b.cell.cellId ? -1 : 1));
}

function compare(a: CellResult, b: CellResult): number {
  const difference = order(a, b);
  if (difference !== 0) return difference;
  const [left, right] = [canonicalJson(a), canonicalJson(b)];
  return left < right ? -1 : Number(left > right);
}

/** Below 0 where a stands before b of the same cell, as `dedupe` says; 0 where only their JSON tells them apart. */
export function order(a: Ranked, b: Ranked): number {
  const unscored = Number(a.verdict === 'unscored') - Number(b.verdict === 'unscored');
  return unscored || a.finishedAt - b.finishedAt || a.startedAt - b.startedAt;
}

type Ranked = Pick<CellResult, 'verdict' | 'finishedAt' | 'startedAt'>;
