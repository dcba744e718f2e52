import type { FinishReason } from './candidate.js';
import type { ErrorClass } from './error-class.js';
import type { EndOfRun } from './test-report.js';
import type { Fault, Verdict } from './verdict.js';

/** Which tests a run of a program executes: the benchmark's own, or only the examples that the prompt shows. */
export type Check = 'tests' | 'examples';

/** What a generation leaves behind: references and small facts; the texts are in the store. */
export interface Generation {
  readonly promptId: string;
  readonly promptSha256: string;
  readonly completionSha256: string;
  /** The assembled program; null if the answer held no code. */
  readonly programSha256: string | null;
  readonly finishReason: FinishReason;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly costUsd: number;
  /** Milliseconds that the model took; the time of the first request if the answer was found in the store. */
  readonly generateMs: number;
  readonly codeLines: number;
  readonly codeTokens: number;
  readonly worker: string;
}

/** What a run leaves behind. */
export interface Execution {
  readonly check: Check;
  readonly verdict: Exclude<Verdict, 'unscored'>;
  readonly errorClass: ErrorClass;
  /** Whose fault it is; null on a pass. Earlier versions did not record it. */
  readonly fault?: Fault | null | undefined;
  readonly endOfRun: EndOfRun;
  /** Line of the candidate, from 1, where it went wrong; null if unknown. */
  readonly errorLine: number | null;
  readonly casesTotal: number;
  readonly casesPassed: number;
  readonly asserts: number;
  readonly executeMs: number;
  readonly cpuMs: number;
  readonly peakMemoryBytes: number;
  readonly reportSha256: string;
  readonly worker: string;
  /** "cpu", or the id of the GPU that it had to itself. */
  readonly device: string;
}

/** One round of a cell, numbered from 1: a generation and the runs of its program. */
export interface Attempt {
  readonly attempt: number;
  readonly generation: Generation;
  readonly executions: readonly Execution[];
}

/** The last run of the newest attempt that ran at all. */
export function lastExecution(attempts: readonly Attempt[]): Execution | null {
  for (const attempt of attempts.toReversed()) {
    const execution = attempt.executions.at(-1);
    if (execution !== undefined) return execution;
  }
  return null;
}

/** References to one earlier round of a cell, from which the next prompt is rendered. */
export interface TurnRef {
  readonly completionSha256: string;
  /** The report of the run that the strategy may see; null if there was none. */
  readonly reportSha256: string | null;
}

/** The rounds so far as the next prompt may show them: only runs of the check that the feedback allows. */
export function turnRefs(attempts: readonly Attempt[], visible: Check | null): TurnRef[] {
  return attempts.map(({ generation, executions }) => ({
    completionSha256: generation.completionSha256,
    reportSha256: executions.findLast(({ check }) => check === visible)?.reportSha256 ?? null,
  }));
}
