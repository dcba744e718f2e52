import { Context } from '@temporalio/activity';

/**
 * Beats for as long as the body runs, from a timer and from the first moment on: a slow start must not look like a dead
 * worker. The signal fires when the activity is cancelled; no heartbeat, no cancellation.
 */
export async function withHeartbeat<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const interval = (context.info.heartbeatTimeoutMs ?? 10_000) / 4;
  context.heartbeat();
  const timer = setInterval(() => context.heartbeat(), interval);
  try {
    return await body(context.cancellationSignal);
  } catch (error) {
    // Whatever an aborted request or program says of its end: it was cancelled, and the server waits to hear that.
    if (context.cancellationSignal.aborted) await context.cancelled;
    throw error;
  } finally {
    clearInterval(timer);
  }
}
