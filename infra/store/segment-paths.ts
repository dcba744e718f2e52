import { join } from 'node:path';
import { listFolder } from '../fs.js';
import { sweepFolder } from './paths.js';
import { guarded } from './store-fault.js';

const CELLS_FILE = /^cells-(\d{5,})\.arrow$/;

/** The two files of a segment. */
export interface SegmentPaths {
  readonly cells: string;
  readonly attempts: string;
}

/** Where segment `index` of a sweep lies. */
export function segmentPaths(home: string, sweepId: string, index: number): SegmentPaths {
  const pathOf = (table: string): string =>
    join(sweepFolder(home, sweepId), `${table}-${String(index).padStart(5, '0')}.arrow`);
  return { cells: pathOf('cells'), attempts: pathOf('attempts') };
}

/** The files of a sweep's segments, in their order; none before the first. */
export async function segmentsOf(home: string, sweepId: string): Promise<SegmentPaths[]> {
  return (await cellsFiles(home, sweepId)).map((name) => segmentPaths(home, sweepId, segmentOf(name)));
}

/** Names of the files of a sweep's segments that hold cells, in their order. Throws `Failure('StoreUnavailable')`. */
export async function cellsFiles(home: string, sweepId: string): Promise<string[]> {
  const folder = sweepFolder(home, sweepId);
  const names = (await guarded('read', folder, () => listFolder(folder))).map(({ name }) => name);
  return names.filter((name) => CELLS_FILE.test(name));
}

/** The number of the segment whose cells are in the file of this name. */
export function segmentOf(cellsFile: string): number {
  return Number(CELLS_FILE.exec(cellsFile)?.[1]);
}
