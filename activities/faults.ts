import { ApplicationFailure, Context } from '@temporalio/activity';
import { Failure, nextDelayMs } from '../domain/failures.js';

/**
 * Runs a local activity's body and turns a typed `Failure` into what Temporal retries by: the rule of its kind decides
 * whether and when. Anything else passes as it is and follows the step's own policy.
 */
export async function withTypedFaults<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { attempt } = Context.current().info;
    throw asApplicationFailure(error, nextDelayMs(error.type, attempt, error.retryAfterMs));
  }
}

/** The failure as Temporal retries it, after so many milliseconds; null is never. */
export function asApplicationFailure(failure: Failure, delayMs: number | null): ApplicationFailure {
  return ApplicationFailure.create({
    type: failure.type,
    message: failure.message.slice(0, 1_000),
    nonRetryable: delayMs === null,
    ...(delayMs === null ? {} : { nextRetryDelay: delayMs }),
  });
}
