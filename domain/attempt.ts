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
  /** What the model was asked, by which its answer is stored; left out by earlier versions. */
  readonly requestSha256?: string | undefined;
  readonly completionSha256: string;
  /** True if another cell had asked the same: its tokens and cost were paid there. Left out by earlier versions. */
  readonly shared?: boolean | undefined;
  /** The assembled program; null if the answer held no code. */
  readonly programSha256: string | null;
  readonly finishReason: FinishReason;
  readonly promptTokens: number;
  /** Of the prompt's tokens: those that the host had in its cache; null or left out where it does not say. */
  readonly cachedTokens?: number | null | undefined;
  readonly completionTokens: number;
  /** Of the completion's tokens: those of its thinking; null or left out where the host does not say. */
  readonly reasoningTokens?: number | null | undefined;
  /** Null where nobody knows the price. */
  readonly costUsd: number | null;
  /** Milliseconds that the model took; the time of the first request if the answer was found in the store. */
  readonly generateMs: number;
  readonly codeLines: number;
  readonly codeTokens: number;
  readonly worker: string;
  /** What an answer without a program asks for, in strategies that have tools. */
  readonly tool?: ToolCall | undefined;
}

/** A model's wish, as a small fact: its words are cut to 200 characters. */
export interface ToolCall {
  readonly name: 'read_docs' | 'finish';
  readonly query: string;
}

/** What kind of generation comes next; `direct` and `fresh` have one prompt, the others one of their own. `chat` goes on with a conversation. */
export const PLAN_ACTIONS = ['direct', 'fresh', 'repair', 'plan', 'chat'] as const;

/** Why a strategy asks for a generation, and for which. */
export interface Plan {
  readonly action: (typeof PLAN_ACTIONS)[number];
  /** In a few words, for people. */
  readonly reason: string;
  /** The attempt that is repaired; null for none. */
  readonly base: number | null;
  /** Null for the model's own. */
  readonly temperature: number | null;
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
  /** Earlier versions did not record it. */
  readonly plan?: Plan | undefined;
  readonly generation: Generation;
  readonly executions: readonly Execution[];
  /** Looked up after this attempt's failure, or as it asked. */
  readonly lookups?: readonly Lookup[] | undefined;
}

/** What was found in the documentation of the installed libraries. */
export interface Lookup {
  readonly query: string;
  /** Qualified names, best first, at most 5; empty if nothing fits. */
  readonly entries: readonly string[];
  /** The text that a prompt shows. */
  readonly textSha256: string;
  /** What was looked up in; "" where there is no index. */
  readonly indexDigest: string;
  readonly ms: number;
}

/** References to one earlier round of a cell, from which the next prompt is rendered. */
export interface TurnRef {
  readonly completionSha256: string;
  /** Left out by earlier versions. */
  readonly finishReason?: FinishReason | undefined;
  /** The report of the run that the strategy may see; null if there was none. */
  readonly reportSha256: string | null;
  /** Left out by earlier versions. */
  readonly programSha256?: string | null | undefined;
  /** Texts of what was looked up. */
  readonly lookups?: readonly string[] | undefined;
}

/**
 * The earlier rounds that the next prompt needs, as it may show them: only runs of the check that the feedback allows. A repair
 * needs the one that it repairs, a conversation all, others none.
 */
export function turnRefs(attempts: readonly Attempt[], plan: Plan, visible: Check | null): TurnRef[] {
  const isNeeded = ({ attempt }: Attempt): boolean =>
    plan.action === 'chat' || (plan.action === 'repair' && attempt === plan.base);
  return attempts.filter(isNeeded).map(({ generation, executions, lookups = [] }) => ({
    completionSha256: generation.completionSha256,
    finishReason: generation.finishReason,
    reportSha256: executions.findLast(({ check }) => check === visible)?.reportSha256 ?? null,
    programSha256: generation.programSha256,
    lookups: lookups.filter(({ entries }) => entries.length > 0).map(({ textSha256 }) => textSha256),
  }));
}
