import type { Attempt, Execution } from './attempt.js';
import type { CellResult } from './cell.js';

/** What a cell used, summed over its attempts; times in milliseconds. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompts and completions; null where the host of an answer does not say. */
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  /** Null if nobody knows the price of one of them. */
  readonly costUsd: number | null;
  readonly generateMs: number;
  readonly executeMs: number;
  readonly cpuMs: number;
  /** Of the run that took most; null if nothing ran. */
  readonly peakMemoryBytes: number | null;
}

/** The attempt whose program was handed in; null if none was. */
export function finalAttempt({ attempts, finalAttempt: number }: CellResult): Attempt | null {
  // Versions that handed in the last one did not say so.
  const final = number === undefined ? attempts.at(-1) : attempts.find(({ attempt }) => attempt === number);
  return final === undefined || final.generation.programSha256 === null ? null : final;
}

/** The run that a cell's verdict rests on; null if it rests on none (no program was handed in, or unscored). */
export function decisiveExecution(result: CellResult): Execution | null {
  return result.verdict === 'unscored' ? null : (finalAttempt(result)?.executions.at(-1) ?? null);
}

/** Sums over a cell's attempts: repairs are paid for as well. */
export function usage(attempts: readonly Attempt[]): Usage {
  const generations = attempts.map(({ generation }) => generation);
  const executions = attempts.flatMap(({ executions }) => executions);
  const peaks = executions.map(({ peakMemoryBytes }) => peakMemoryBytes);
  return {
    promptTokens: sum(generations.map(({ promptTokens }) => promptTokens)),
    completionTokens: sum(generations.map(({ completionTokens }) => completionTokens)),
    cachedTokens: sumKnown(generations.map(({ cachedTokens }) => cachedTokens)),
    reasoningTokens: sumKnown(generations.map(({ reasoningTokens }) => reasoningTokens)),
    costUsd: sumKnown(generations.map(({ costUsd }) => costUsd)),
    generateMs: sum(generations.map(({ generateMs }) => generateMs)),
    executeMs: sum(executions.map(({ executeMs }) => executeMs)),
    cpuMs: sum(executions.map(({ cpuMs }) => cpuMs)),
    peakMemoryBytes: peaks.length === 0 ? null : Math.max(...peaks),
  };
}

/** Sum of numbers; 0 of none. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Sum of numbers; null if one is not known. */
export function sumKnown(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length < values.length ? null : sum(known);
}

/** Mean of numbers; null of none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}
