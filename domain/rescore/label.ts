import type { Fault } from '../verdict.js';

/** What a reader found of a recorded run by hand. */
export interface HandLabel {
  readonly taskId: string;
  readonly isPass: boolean;
  /** Null on a pass. */
  readonly fault: Fault | null;
  /** The kind of cause, named more closely. */
  readonly detail: string;
  readonly isCertain: boolean;
  /** The reference's own run went through its test to the end, and did something. */
  readonly isReferenceComplete: boolean;
}
