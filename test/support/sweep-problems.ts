import type { CellResult } from '../../domain/cell.js';
import type { Verdict } from '../../domain/verdict.js';
import { readResults } from '../../infra/arrow/results.js';
import { readSegments } from '../../infra/arrow/segments.js';
import { readPlan } from '../../infra/store/manifest.js';

export interface ExaminedSweep {
  readonly home: string;
  readonly sweepId: string;
  /** Cells that the sweep must have. */
  readonly cells: number;
  /** Verdicts by cell id, where they are known. */
  readonly expected: ReadonlyMap<string, Verdict> | null;
}

/** What is wrong with the rows of a finished sweep: cells without a row or with several, verdicts that differ, questions paid for twice. */
export async function problemsOf({ home, sweepId, cells, expected }: ExaminedSweep): Promise<string[]> {
  const planned = (await readPlan(home, sweepId, 0, Number.POSITIVE_INFINITY)).map(({ cellId }) => cellId);
  const results = await readResults(home, sweepId);
  const segments = await readSegments(home, sweepId);
  return [
    ...(planned.length === cells ? [] : [`the plan has ${planned.length} cells`]),
    ...unlike(
      planned,
      results.map(({ cell }) => cell.cellId),
      'results',
    ),
    ...unlike(
      planned,
      segments.map(({ cell }) => cell.cellId),
      'segments',
    ),
    ...results
      .filter(({ cell, verdict }) => expected !== null && expected.get(cell.cellId) !== verdict)
      .map(
        ({ cell, verdict, message }) => `${cell.cellId} is ${verdict}, not ${expected?.get(cell.cellId)}: ${message}`,
      ),
    ...paidTwice(results),
  ];
}

/** Every request has one generation that paid for its answer; all others share it. */
function paidTwice(results: readonly CellResult[]): string[] {
  const counts = new Map<string, number>();
  for (const { generation } of results.flatMap(({ attempts }) => attempts)) {
    const request = generation.requestSha256 ?? 'unknown';
    counts.set(request, (counts.get(request) ?? 0) + (generation.shared === true ? 0 : 1));
  }
  return [...counts]
    .filter(([, count]) => count !== 1)
    .map(([request, count]) => `request ${request} was paid for ${count} times`);
}

/** Ids that do not stand exactly once among `found`. */
function unlike(planned: readonly string[], found: readonly string[], where: string): string[] {
  const counts = new Map(planned.map((id) => [id, 0]));
  for (const id of found) counts.set(id, (counts.get(id) ?? 0) + 1);
  const isPlanned = new Set(planned);
  return [...counts]
    .filter(([id, count]) => count !== 1 || !isPlanned.has(id))
    .map(([id, count]) => `${id} has ${count} rows in the ${where}${isPlanned.has(id) ? '' : ' and is not planned'}`);
}
