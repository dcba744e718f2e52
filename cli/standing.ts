import { UserError } from '../infra/errors.js';
import { acquireLock } from '../infra/lock.js';

const lockName = (home: string): string => `${home} up`;

/** Tells other commands that this one keeps a home alive, until the returned function is called or the process ends. */
export function keepUp(home: string): () => Promise<void> {
  const stop = new AbortController();
  // Of several that do, the next has the lock once its holder ends.
  const lock = acquireLock(lockName(home), { wait: true, signal: stop.signal }).catch(() => null);
  return async () => {
    stop.abort();
    await (await lock)?.release();
  };
}

/**
 * Throws UserError (exit 2) unless something keeps the home alive. That some command hosts it is not enough: all others end by
 * themselves, and may have no workers for a sweep.
 */
export async function demandUp(home: string): Promise<void> {
  const lock = await acquireLock(lockName(home));
  if (lock === null) return;
  await lock.release();
  throw new UserError(
    'Nothing would run the sweep once this command has returned: no "aicodereval up" runs in this home.',
    {
      hint: 'Start "aicodereval up" in another terminal first, or leave --detach out.',
      exitCode: 2,
    },
  );
}
