import { join } from 'node:path';
import { atomicWrite } from '../fs.js';
import { sweepFolder } from './paths.js';
import { guarded } from './store-fault.js';

/** Writes `<home>/sweeps/<id>/summary.json` as a whole. Throws `Failure('StoreUnavailable')`. */
export async function writeSummary(home: string, sweepId: string, summary: object): Promise<void> {
  const path = join(sweepFolder(home, sweepId), 'summary.json');
  await guarded('write', path, () => atomicWrite(path, `${JSON.stringify(summary, null, 2)}\n`));
}
