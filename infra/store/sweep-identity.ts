import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hasCode } from '../fs.js';
import { sweepFolder } from './paths.js';
import { guarded } from './store-fault.js';

/**
 * What a worker remembers a sweep by. Its folder may be removed, and the sweep run again under its name, while the worker goes on:
 * what is known of the one is wrong for the other, and a journal that is still open is no file any more. Throws
 * `Failure('StoreUnavailable')`.
 */
export async function sweepIdentity(home: string, sweepId: string): Promise<string> {
  const folder = sweepFolder(home, sweepId);
  try {
    const { ino, birthtimeMs } = await stat(folder);
    return `${sweepId} ${ino} ${birthtimeMs}`;
  } catch (error) {
    // Nothing is to be remembered of what is not there.
    if (hasCode(error, 'ENOENT')) return `${sweepId} ${randomUUID()}`;
    return guarded('read', folder, () => Promise.reject(error));
  }
}
