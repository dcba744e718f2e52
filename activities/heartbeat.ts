import { Context } from '@temporalio/activity';
import type { BatchBeat } from '../domain/batches.js';
import { Failure, type FailureType } from '../domain/failures.js';
import { asApplicationFailure } from './faults.js';

/** Faults of each kind over all attempts of an activity. */
type FaultCounts = Partial<Record<FailureType, number>>;

/** What a beat carries: of a batch also how far it is. */
type Beat = { readonly faults: FaultCounts } & Partial<BatchBeat>;

/**
 * Beats for as long as the body runs, from a timer and from the first moment on: a slow start must not look like a dead
 * worker. The signal fires when the activity is cancelled; no heartbeat, no cancellation. A typed `Failure` is tried
 * again by the rule of its kind. The beats carry how often each kind was met, since Temporal's own count of attempts
 * also holds those that died with their worker, which must not use up a model's tries. What the body notes goes with them.
 */
export async function withHeartbeat<T>(
  body: (signal: AbortSignal, note: (done: BatchBeat) => void) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  const interval = (context.info.heartbeatTimeoutMs ?? 10_000) / 4;
  const last = context.info.heartbeatDetails as Beat | undefined;
  const faults: FaultCounts = { ...last?.faults };
  let done: Partial<BatchBeat> = {};
  const beat = (): void => context.heartbeat({ faults, ...done } satisfies Beat);
  beat();
  const timer = setInterval(beat, interval);
  try {
    return await body(context.cancellationSignal, (noted) => (done = noted));
  } catch (error) {
    // Whatever an aborted request or program says of its end: it was cancelled, and the server waits to hear that.
    if (context.cancellationSignal.aborted) await context.cancelled;
    if (!(error instanceof Failure)) throw error;
    const nth = (faults[error.type] ?? 0) + 1;
    faults[error.type] = nth;
    beat();
    throw asApplicationFailure(error, nth);
  } finally {
    clearInterval(timer);
  }
}
