import type { ErrorClass } from './error-class.js';
import type { Fault } from './verdict.js';

/**
 * Faults of ours or of the surroundings, thrown as exceptions (an expected outcome of a program is a value: see
 * `test-report.ts`). The name is the `type` of the ApplicationFailure that Temporal sees.
 */
export type FailureType =
  | 'ModelRateLimited'
  | 'ModelUnavailable'
  | 'ModelTimeout'
  | 'ModelBadResponse'
  | 'ModelBadRequest'
  | 'ModelAuth'
  | 'ReplayMiss'
  | 'SandboxLost'
  | 'WorkerLost'
  | 'SandboxUnavailable'
  | 'EnvironmentBroken'
  | 'TaskBroken'
  | 'GpuUnavailable'
  | 'StoreUnavailable'
  | 'SweepNotFound'
  | 'TaskNotFound';

/** How often an activity tries again after a fault of one kind, and how long it waits. */
export interface RetryRule {
  /** Attempts in all; `null` is without end, bounded by the activity's patience (`activities/heartbeat.ts`). */
  readonly attempts: number | null;
  /** First wait in milliseconds; doubled for each further attempt up to `maxDelayMs`. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** The error class of a cell that this fault leaves unscored. */
  readonly errorClass: ErrorClass;
  /** Whose fault it is. */
  readonly fault: Fault;
}

const forEver = { attempts: null, delayMs: 1_000, maxDelayMs: 60_000, fault: 'infrastructure' } as const;
const once = { attempts: 1, delayMs: 0, maxDelayMs: 0, fault: 'infrastructure' } as const;
const some = { attempts: 4, delayMs: 1_000, maxDelayMs: 30_000, fault: 'infrastructure' } as const;

/** The only place that says which fault is tried again. */
export const RETRY_RULES: Readonly<Record<FailureType, RetryRule>> = {
  ModelRateLimited: { ...forEver, errorClass: 'model-unavailable' },
  ModelUnavailable: { ...forEver, errorClass: 'model-unavailable' },
  ModelTimeout: { ...some, errorClass: 'model-unavailable' },
  ModelBadResponse: { ...some, errorClass: 'model-unavailable' },
  ModelBadRequest: { ...once, errorClass: 'model-refused' },
  ModelAuth: { ...once, errorClass: 'model-refused' },
  ReplayMiss: { ...once, errorClass: 'model-refused' },
  SandboxLost: { ...some, attempts: 6, delayMs: 200, maxDelayMs: 5_000, errorClass: 'sandbox-unavailable' },
  WorkerLost: { ...once, errorClass: 'sandbox-unavailable' },
  SandboxUnavailable: { ...some, attempts: 6, errorClass: 'sandbox-unavailable' },
  EnvironmentBroken: { ...once, errorClass: 'environment-broken', fault: 'environment' },
  TaskBroken: { ...once, errorClass: 'task-broken', fault: 'task' },
  GpuUnavailable: { ...forEver, errorClass: 'sandbox-unavailable' },
  StoreUnavailable: { ...forEver, errorClass: 'store-unavailable' },
  SweepNotFound: { ...once, errorClass: 'store-unavailable' },
  TaskNotFound: { ...once, errorClass: 'store-unavailable' },
};

/** A typed fault. `retryAfterMs` is what the other side asked for. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly type: FailureType;
  readonly retryAfterMs: number | null;

  constructor(type: FailureType, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = type;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/**
 * Milliseconds to wait before the attempt after `attempt` (from 1), or null if there is none.
 * What the other side asked for counts, within `askedWaitMs`.
 */
export function nextDelayMs(type: FailureType, attempt: number, retryAfterMs: number | null): number | null {
  const rule = RETRY_RULES[type];
  if (rule.attempts !== null && attempt >= rule.attempts) return null;
  const backoff = Math.min(rule.delayMs * 2 ** Math.min(attempt - 1, 20), rule.maxDelayMs);
  return Math.max(backoff, askedWaitMs(retryAfterMs));
}

/** The wait in milliseconds that the other side asked for, but never more than an hour: a clock gone wrong must not stop a sweep. */
export function askedWaitMs(retryAfterMs: number | null): number {
  return Math.min(retryAfterMs ?? 0, 3_600_000);
}
