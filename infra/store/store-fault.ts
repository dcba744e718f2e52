import { Failure } from '../../domain/failures.js';
import { hasCode } from '../fs.js';

/** Why the file system refused; what helps, or null where another place does. */
export interface Refusal {
  readonly why: string;
  readonly cure: string | null;
}

const REFUSALS: readonly (readonly [code: string, refusal: Refusal])[] = [
  ['ENOSPC', { why: 'the disk is full', cure: 'free some space' }],
  ['EDQUOT', { why: 'the disk quota is used up', cure: 'free some space' }],
  ['EMFILE', { why: 'too many files are open', cure: 'raise the limit (ulimit -n)' }],
  ['EROFS', { why: 'the file system is read-only', cure: null }],
  ['EACCES', { why: 'permission denied', cure: null }],
  ['EPERM', { why: 'permission denied', cure: null }],
];

/** What a system error says, whatever was to be done; null where that depends on it. */
export function refusalOf(error: unknown): Refusal | null {
  return REFUSALS.find(([code]) => hasCode(error, code))?.[1] ?? null;
}

/** The typed fault for a store operation that the file system refused: what, where, why and the cure. */
export function storeFault(what: string, path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const refusal = refusalOf(error);
  const cure = refusal?.cure ?? 'make the home folder writable or choose another with --home';
  const why = refusal === null ? String(error) : `${refusal.why}; ${cure}`;
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
