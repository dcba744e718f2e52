import { readFile } from 'node:fs/promises';
import type { CellResult } from '../../domain/cell.js';
import { Failure } from '../../domain/failures.js';
import { UserError } from '../errors.js';
import { atomicWrite } from '../fs.js';
import { dedupe } from '../store/dedupe.js';
import { sha256 } from '../store/digest.js';
import { guarded } from '../store/store-fault.js';
import { decode, encode } from './codec.js';
import { STAMP_KEY } from './format.js';
import { attemptRows, cellRow, resultsOf } from './rows.js';
import { ATTEMPTS, CELLS } from './schema.js';
import { segmentPaths, type SegmentPaths, segmentsOf } from '../store/segment-paths.js';

/**
 * Writes segment `index` of a sweep, `attempts-NNNNN.arrow`, then `cells-NNNNN.arrow`, each as a whole, in place of what
 * it held. Throws `Failure('StoreUnavailable')`.
 */
export async function writeSegment(
  home: string,
  sweepId: string,
  index: number,
  results: readonly CellResult[],
): Promise<void> {
  const { cells, attempts } = segmentPaths(home, sweepId, index);
  const rows = dedupe(results);
  const stamp = { [STAMP_KEY]: sha256(rows.map(({ cell, finishedAt }) => `${cell.cellId} ${finishedAt}`).join('\n')) };
  await guarded('write', attempts, () => atomicWrite(attempts, encode(ATTEMPTS, rows.flatMap(attemptRows), stamp)));
  await guarded('write', cells, () => atomicWrite(cells, encode(CELLS, rows.map(cellRow), stamp)));
}

/** What a segment holds; null if it does not exist, or not as a whole. */
export async function readSegmentIfWhole(home: string, sweepId: string, index: number): Promise<CellResult[] | null> {
  try {
    return await readSegment(segmentPaths(home, sweepId, index));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Whether a segment is there, damaged or not. */
export async function hasSegment(home: string, sweepId: string, index: number): Promise<boolean> {
  const { cells } = segmentPaths(home, sweepId, index);
  return (await segmentsOf(home, sweepId)).some((paths) => paths.cells === cells);
}

/** The results in a sweep's segments, in the order of the segments; none before the first. */
export async function readSegments(home: string, sweepId: string): Promise<CellResult[]> {
  const results: CellResult[] = [];
  for (const paths of await segmentsOf(home, sweepId))
    for (const result of await readSegment(paths)) results.push(result);
  return results;
}

async function readSegment({ cells, attempts }: SegmentPaths): Promise<CellResult[]> {
  // In the order against that of writing: attempts are never older than their cells.
  const cellBytes = await readWhole(cells);
  const attemptBytes = await readWhole(attempts);
  try {
    return resultsOf(decode(CELLS, cellBytes), decode(ATTEMPTS, attemptBytes));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const cure = 'remove both files of the segment and run the sweep again: its journals rebuild it';
    throw new Failure('StoreUnavailable', `${cells} or ${attempts} is damaged; ${cure}.`, { cause: error });
  }
}

function readWhole(path: string): Promise<Buffer> {
  return guarded('read', path, () => readFile(path));
}
