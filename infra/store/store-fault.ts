import { Failure } from '../../domain/failures.js';
import { hasCode } from '../fs.js';

const CURES: readonly (readonly [code: string, cure: string])[] = [
  ['ENOSPC', 'the disk is full; free some space'],
  ['EDQUOT', 'the disk quota is used up; free some space'],
  ['EROFS', 'the file system is read-only; choose another home folder with --home'],
  ['EACCES', 'permission denied; make the home folder writable or choose another with --home'],
  ['EPERM', 'permission denied; make the home folder writable or choose another with --home'],
  ['EMFILE', 'too many files are open; raise the limit (ulimit -n)'],
];

/** The typed fault for a store operation that the file system refused: what, where, why and the cure. */
export function storeFault(what: string, path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const known = CURES.find(([code]) => hasCode(error, code));
  const why = known?.[1] ?? String(error);
  return new Failure('StoreUnavailable', `Cannot ${what} ${path}: ${why}.`, { cause: error });
}

/** Runs a store operation and turns what the file system throws into a `StoreUnavailable`. */
export async function guarded<T>(what: string, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storeFault(what, path, error);
  }
}
