import { ApplicationFailure, Context } from '@temporalio/activity';
import type { BatchBeat } from '../domain/batches.js';
import { Failure, type FailureType, nextDelayMs } from '../domain/failures.js';
import { sum } from '../domain/metrics.js';
import { asApplicationFailure } from './faults.js';

/** When an activity is given up. */
export interface Patience {
  /** Milliseconds that it may take, waits and retries included, while somebody is there to do it; null is without end. */
  readonly ms: number | null;
  /** How many workers may die with it. */
  readonly deaths: number;
}

/** What asks a model: for so long as its host is asked, whatever becomes of workers. */
export function modelPatience(giveUpAfterMs: number): Patience {
  return { ms: giveUpAfterMs, deaths: 200 };
}

/** What runs programs: one that takes its worker down each time is given up, and a machine may be broken for some hours. */
export const PROGRAM_PATIENCE: Patience = { ms: 6 * 3_600_000, deaths: 20 };
/** A batch may run for as long as its programs may. */
export const BATCH_PATIENCE: Patience = { ms: null, deaths: PROGRAM_PATIENCE.deaths };

/** An error that nobody foresaw is a fault of our own code: it may be one of the moment. */
const UNFORESEEN_TRIES = 20;

/** Faults of each kind over all attempts of an activity. */
type FaultCounts = Partial<Record<FailureType | 'unforeseen', number>>;

/** What a beat carries: of a batch also how far it is. */
type Beat = {
  readonly faults: FaultCounts;
  /** Milliseconds that earlier attempts, this one and the waits between them took; earlier versions did not count. */
  readonly spentMs?: number;
} & Partial<BatchBeat>;

type Body<T> = (signal: AbortSignal, note: (done: BatchBeat) => void) => Promise<T>;

/**
 * Beats for as long as the body runs, from a timer and from the first moment on: a slow start must not look like a dead
 * worker. The signal fires when the activity is cancelled; no heartbeat, no cancellation. A typed `Failure` is tried
 * again by the rule of its kind, until the patience is at its end. What that needs goes with the beats, and what the body notes.
 */
export async function withHeartbeat<T>(patience: Patience, body: Body<T>): Promise<T> {
  const context = Context.current();
  const record = new FaultRecord(context, patience);
  let done: Partial<BatchBeat> = {};
  const beat = (): void => context.heartbeat({ ...record.toBeat(), ...done });
  beat();
  const timer = setInterval(beat, (context.info.heartbeatTimeoutMs ?? 10_000) / 4);
  try {
    record.refuseAfterDeaths();
    return await body(context.cancellationSignal, (noted) => (done = noted));
  } catch (error) {
    // Whatever an aborted request or program says of its end: it was cancelled, and the server waits to hear that.
    if (context.cancellationSignal.aborted) await context.cancelled;
    const thrown = record.take(error);
    beat();
    throw thrown;
  } finally {
    clearInterval(timer);
  }
}

/**
 * What an activity has met over all of its attempts. Temporal's own count of attempts also holds those that died with their worker,
 * which must not use up a model's tries; and its time-outs go on while no worker is there, so that what was interrupted in the
 * evening would be given up in the morning (docs/decisions/036).
 */
class FaultRecord {
  private readonly context: Context;
  private readonly patience: Patience;
  private readonly faults: FaultCounts;
  private readonly startedAt = Date.now();
  private spentBefore: number;

  constructor(context: Context, patience: Patience) {
    const last = context.info.heartbeatDetails as Beat | undefined;
    this.context = context;
    this.patience = patience;
    this.faults = { ...last?.faults };
    this.spentBefore = last?.spentMs ?? 0;
  }

  toBeat(): Beat {
    return { faults: this.faults, spentMs: this.spentMs() };
  }

  /** Throws where so many workers died with this activity that it must be what they die of. */
  refuseAfterDeaths(): void {
    const deaths = this.context.info.attempt - 1 - sum(Object.values(this.faults));
    if (deaths < this.patience.deaths) return;
    throw new Failure('WorkerLost', `${deaths} workers ended while they were at it`);
  }

  /** What Temporal is to see of an error: whether it is tried again, and when. */
  take(error: unknown): unknown {
    const isTyped = error instanceof Failure;
    const kind = isTyped ? error.type : 'unforeseen';
    const nth = (this.faults[kind] ?? 0) + 1;
    this.faults[kind] = nth;
    if (!isTyped) return nth < UNFORESEEN_TRIES ? error : ApplicationFailure.fromError(error, { nonRetryable: true });
    const delay = nextDelayMs(error.type, nth, error.retryAfterMs);
    if (delay === null || this.isTooLong(delay)) return asApplicationFailure(error, null);
    this.spentBefore += delay;
    return asApplicationFailure(error, delay);
  }

  private isTooLong(delay: number): boolean {
    return this.patience.ms !== null && this.spentMs() + delay > this.patience.ms;
  }

  private spentMs(): number {
    return this.spentBefore + Date.now() - this.startedAt;
  }
}
