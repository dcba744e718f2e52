import type { Attempt } from './attempt.js';
import type { ErrorClass } from './error-class.js';
import { sum, usage } from './metrics.js';
import type { StrategySpec } from './strategies/strategy.js';
import type { Grading } from './task.js';
import type { Fault, Verdict } from './verdict.js';

/** One cell of a sweep: task x model x strategy x sample. Holds no texts: it is what a workflow starts with. */
export interface Cell {
  readonly sweepId: string;
  /** The workflow id: `<sweep>/<suite>/<task>/<model>/<strategy>/<sample>`, slugged; hashed past 200 characters. */
  readonly cellId: string;
  readonly suite: string;
  readonly taskId: string;
  /** The task's JSON in the store: every worker runs the very task that the sweep was planned with. */
  readonly taskSha256: string;
  readonly domain: string;
  readonly libraries: readonly string[];
  /** The model's label. */
  readonly model: string;
  readonly provider: string;
  readonly strategy: StrategySpec;
  /** From 0. */
  readonly sample: number;
  readonly environment: string;
  /** What the environment holds, hashed; "" in sweeps of versions that did not record it. */
  readonly environmentDigest: string;
  readonly grading: Grading;
  readonly hasExamples: boolean;
  readonly giveUpAfterMs: number;
  /** Wall-clock limit of one program: with it go the time-outs of `execute`. */
  readonly wallSeconds: number;
  /** Class of the GPU that its programs run on, or "any"; none for the processor alone. */
  readonly gpu?: string | undefined;
}

/** Why a cell could not be judged. */
export interface Unscored {
  readonly errorClass: ErrorClass;
  readonly fault: Fault;
  readonly message: string;
}

/** A finished cell, as it is recorded. Times are epoch milliseconds. */
export interface CellResult {
  readonly cell: Cell;
  readonly verdict: Verdict;
  readonly fault: Fault | null;
  readonly errorClass: ErrorClass;
  /** One sentence for an operator: why it is unscored. Null otherwise. */
  readonly message: string | null;
  readonly attempts: readonly Attempt[];
  /** The attempt whose program was handed in; null if none was. Earlier versions did not record it: there it is the last. */
  readonly finalAttempt?: number | null | undefined;
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** How a cell came to its end: the attempt that was handed in (null for none), or why it could not be judged. */
export interface Ending {
  readonly finalAttempt: number | null;
  readonly unscored: Unscored | null;
}

/** The result of a cell whose strategy has finished, or which could not be judged (`unscored`). */
export function concludeCell(
  cell: Cell,
  attempts: readonly Attempt[],
  times: { startedAt: number; finishedAt: number },
  { finalAttempt, unscored }: Ending,
): CellResult {
  const base = { cell, attempts, finalAttempt, ...times };
  if (unscored !== null) return { ...base, verdict: 'unscored', ...unscored };
  const final = attempts.find(({ attempt }) => attempt === finalAttempt);
  const execution = final?.executions.findLast(({ check }) => check === 'tests');
  if (execution === undefined) {
    const errorClass = attempts.at(-1)?.generation.finishReason === 'length' ? 'truncated' : 'no-code';
    return { ...base, verdict: 'fail', fault: 'model', errorClass, message: null };
  }
  const { verdict, errorClass, fault } = execution;
  return { ...base, verdict, fault: verdict === 'pass' ? null : (fault ?? 'model'), errorClass, message: null };
}

/** What a cell added to its sweep's bill: its `totals` without the answers that another cell had paid for. */
export function paid(attempts: readonly Attempt[]): { tokens: number; costUsd: number } {
  return totals(attempts.filter(({ generation }) => generation.shared !== true));
}

/** All tokens, prompt and completion together, and the cost of a cell's attempts, as far as prices are known. */
export function totals(attempts: readonly Attempt[]): { tokens: number; costUsd: number } {
  const { promptTokens, completionTokens } = usage(attempts);
  return {
    tokens: promptTokens + completionTokens,
    costUsd: sum(attempts.map(({ generation }) => generation.costUsd ?? 0)),
  };
}
