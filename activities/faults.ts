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
    if (error instanceof Failure) throw asApplicationFailure(error, Context.current().info.attempt);
    throw error;
  }
}

/** The failure as Temporal retries it; `nth` is how often the activity has met its kind, this time included. */
export function asApplicationFailure(failure: Failure, nth: number): ApplicationFailure {
  const delay = nextDelayMs(failure.type, nth, failure.retryAfterMs);
  return ApplicationFailure.create({
    type: failure.type,
    message: failure.message.slice(0, 1_000),
    nonRetryable: delay === null,
    ...(delay === null ? {} : { nextRetryDelay: delay }),
  });
}
