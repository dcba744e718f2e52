import type { Attempt, Execution } from './attempt.js';
import type { Cell, CellResult } from './cell.js';
import { decisiveExecution, finalAttempt, usage, type Usage } from './metrics.js';
import { labelOf } from './strategies/strategy.js';
import type { Verdict } from './verdict.js';

/** What an arm of a sweep is told by: suite, model, and strategy with its settings. */
export interface ArmIdentity {
  readonly suite: string;
  readonly model: string;
  /** The strategy's label. */
  readonly strategy: string;
  readonly feedback: string;
  readonly rounds: number;
}

/** What a cell used, see `Usage`. NaN where nobody knows: a sum with one of them is none. */
type Used = Exclude<keyof Usage, 'cpuMs' | 'peakMemoryBytes'>;

/**
 * What figures are made of: one finished cell, without texts and hashes. Times are milliseconds. Numbers throughout, as a
 * million cells go through it: what is absent has a number of its own.
 */
export interface CellFacts extends Record<Used, number> {
  readonly arm: ArmIdentity;
  readonly taskId: string;
  readonly domain: string;
  readonly libraries: readonly string[];
  readonly verdict: Verdict;
  readonly errorClass: string;
  readonly fault: string | null;
  /** Number of the attempt whose program was handed in; 0 if none was. */
  readonly finalAttempt: number;
  /** Of the run that the verdict rests on; 0 without one. */
  readonly casesPassed: number;
  /** Of the program that was handed in; 0 without one. */
  readonly codeLines: number;
  readonly codeTokens: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Tests and environment as one number: see `fingerprint`. */
  readonly conditions: number;
  readonly attempts: readonly AttemptFacts[];
}

/** What figures need of one round. */
export interface AttemptFacts {
  /** From 1. */
  readonly attempt: number;
  /** Of the run that the strategy saw, the first; else what an answer without a program came to. Says nothing of one that never ran. */
  readonly errorClass: string;
  /** Share of that run's cases that passed; 0 without one. */
  readonly cases: number;
  /** What the strategy asked for; `chat` in versions that had no plans. */
  readonly action: string;
  /** The attempt that it repairs; 0 for none. */
  readonly base: number;
  /** A program of it was run. */
  readonly wasRun: boolean;
  /** It is an answer to the task: neither a turn that asks for documentation or for the end, nor a program that was never run. */
  readonly isTry: boolean;
  readonly tokens: number;
  readonly ms: number;
  /** NaN where nobody knows it. */
  readonly costUsd: number;
  /** Another cell had paid for the answer. */
  readonly shared: boolean;
  /** Look-ups after it, and those of them that found nothing. */
  readonly lookups: number;
  readonly emptyLookups: number;
  /** The program as one number; -1 without one. */
  readonly program: number;
  /** Runs of the tests, and a bit for each that passed, the lowest for the first. */
  readonly runs: number;
  readonly passes: number;
}

/** What figures are made of, of a result. */
export function cellFacts(result: CellResult): CellFacts {
  const { cell, verdict, errorClass, fault, startedAt, finishedAt, attempts } = result;
  const final = finalAttempt(result);
  const { cpuMs: _cpu, peakMemoryBytes: _peak, cachedTokens, reasoningTokens, costUsd, ...used } = usage(attempts);
  return {
    arm: armIdentity(cell),
    taskId: cell.taskId,
    domain: cell.domain,
    libraries: cell.libraries,
    verdict,
    errorClass,
    fault,
    finalAttempt: final?.attempt ?? 0,
    casesPassed: decisiveExecution(result)?.casesPassed ?? 0,
    codeLines: final?.generation.codeLines ?? 0,
    codeTokens: final?.generation.codeTokens ?? 0,
    ...used,
    cachedTokens: cachedTokens ?? Number.NaN,
    reasoningTokens: reasoningTokens ?? Number.NaN,
    costUsd: costUsd ?? Number.NaN,
    startedAt,
    finishedAt,
    conditions: conditionsOf(cell.taskSha256, cell.environmentDigest),
    attempts: attempts.map(attemptFacts),
  };
}

/** The arm that a cell belongs to. */
export function armIdentity({ suite, model, strategy }: Cell): ArmIdentity {
  return { suite, model, strategy: labelOf(strategy), feedback: strategy.feedback, rounds: strategy.rounds };
}

function attemptFacts(of: Attempt): AttemptFacts {
  const { attempt, plan, generation, executions, lookups = [] } = of;
  const [seen] = executions;
  const { promptTokens, completionTokens, generateMs, executeMs } = usage([of]);
  const runs = executions.filter(({ check }) => check === 'tests');
  return {
    attempt,
    errorClass: seenClass(seen?.errorClass, generation.finishReason),
    cases: casesShare(seen),
    action: plan?.action ?? 'chat',
    base: plan?.base ?? 0,
    wasRun: seen !== undefined,
    isTry: isTry(generation.tool !== undefined, generation.programSha256 !== null, seen !== undefined),
    tokens: promptTokens + completionTokens,
    ms: generateMs + executeMs,
    costUsd: generation.costUsd ?? Number.NaN,
    shared: generation.shared === true,
    lookups: lookups.length,
    emptyLookups: lookups.filter(({ entries }) => entries.length === 0).length,
    program: generation.programSha256 === null ? -1 : fingerprint(generation.programSha256),
    runs: runs.length,
    passes: runs.reduce((bits, { verdict }, at) => bits | (Number(verdict === 'pass') << at), 0),
  };
}

/** Whether an attempt tried to solve its task, as far as anything is known of it. */
export function isTry(hasTool: boolean, hasProgram: boolean, wasRun: boolean): boolean {
  return !hasTool && hasOutcome(hasProgram, wasRun);
}

/** Whether anybody knows what an attempt came to: of a program that never ran, as where its sandbox was lost, nobody does. */
export function hasOutcome(hasProgram: boolean, wasRun: boolean): boolean {
  return wasRun || !hasProgram;
}

/** The class of the run that a strategy saw; without one, what an answer that holds no program came to. */
export function seenClass(ofRun: string | undefined, finishReason: string): string {
  return ofRun ?? (finishReason === 'length' ? 'truncated' : 'no-code');
}

function casesShare(run: Execution | undefined): number {
  return run === undefined ? 0 : run.casesPassed / Math.max(1, run.casesTotal);
}

/** Number for tests in an environment, below 2^52. */
export function conditionsOf(taskSha256: string, environmentDigest: string): number {
  let hash = 0;
  for (let at = 0; at < environmentDigest.length; at += 1) hash = (hash * 31 + environmentDigest.charCodeAt(at)) >>> 0;
  return (fingerprint(taskSha256) + hash * 65_537) % FINGERPRINTS;
}

/** How many fingerprints there are: 52 bits. */
export const FINGERPRINTS = 2 ** 52;

/** The first 52 bits of a SHA-256 in hex: of a million programs two share one in one sweep of ten thousand. */
export function fingerprint(sha256: string): number {
  return Number.parseInt(sha256.slice(0, 13), 16);
}
