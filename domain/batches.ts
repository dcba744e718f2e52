import type { Backend } from './sweep.js';
import type { Limits } from './test-report.js';

/** Programs that one activity runs: their list by its hash in the store. */
export interface Batch {
  readonly sha256: string;
  /** Runs that it comes to, at most. */
  readonly programs: number;
  readonly environment: string;
  readonly digest: string;
  /** What the digest leaves open, as the machine has it that wrote the plan: see `EnvironmentKey`. */
  readonly interpreter: string;
}

/** Programs that no model is asked for, to be run in batches. */
export interface BatchPlan {
  readonly format: 1;
  readonly suite: string;
  readonly backend: Backend;
  readonly limits: Limits;
  readonly batches: readonly Batch[];
}

/** What the heartbeat of a batch under way tells: the programs of it that are done. */
export interface BatchBeat {
  readonly programs: number;
}
