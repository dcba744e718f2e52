import { join } from 'node:path';
import { listFolder } from '../fs.js';
import { sweepFolder } from '../store/paths.js';
import { guarded } from '../store/store-fault.js';

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
  const folder = sweepFolder(home, sweepId);
  const names = (await guarded('read', folder, () => listFolder(folder))).map(({ name }) => name);
  const indices = names.flatMap((name) => CELLS_FILE.exec(name)?.[1] ?? []).map(Number);
  return indices.map((index) => segmentPaths(home, sweepId, index));
}
