import type { Check } from '../attempt.js';
import type { FinishReason } from '../candidate.js';
import type { TestReport } from '../test-report.js';

/** One earlier round of a cell: what the model answered, the program made of it, and what was seen when that ran. */
export interface Turn {
  readonly completion: string;
  readonly finishReason: FinishReason;
  /** Null if the answer held no code. */
  readonly program: string | null;
  /** Null if nothing ran, or nothing of it may be seen. */
  readonly run: { readonly report: TestReport; readonly check: Check } | null;
  /** What was looked up afterwards, as texts. */
  readonly lookups: readonly string[];
}
