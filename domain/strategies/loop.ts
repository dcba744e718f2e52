import type { Attempt, Check, Execution, Plan } from '../attempt.js';
import { sum } from '../metrics.js';
import type { Action, CellState, StrategySpec } from './strategy.js';

/** What every strategy begins with: as `direct` does, so that all are compared on the same first answer. */
export const FIRST: Plan = { action: 'direct', reason: 'the first answer', base: null, temperature: null };

/**
 * The loop of every strategy that goes on: run what was written, stop at the first program that the feedback passes, ask
 * `next` how to go on while the budget lasts, and have the chosen program judged by the tests. Whatever the feedback was, what
 * the tests say of the program that is handed in is the verdict.
 */
export function loop(
  spec: StrategySpec,
  state: CellState,
  next: (check: Check | null) => Action,
  choose: (check: Check | null) => Attempt | null,
): Action {
  const check = feedbackCheck(spec, state);
  const last = state.attempts.at(-1);
  if (last === undefined) return { do: 'generate', plan: FIRST };
  const isProgram = last.generation.programSha256 !== null;
  if (check !== null && isProgram && runOf(last, check) === undefined) {
    return { do: 'execute', attempt: last.attempt, check };
  }
  const passed = state.attempts.find((attempt) => check !== null && runOf(attempt, check)?.verdict === 'pass');
  if (passed !== undefined) return conclude(passed);
  // Where nothing can be seen of a run, one program is as good as another.
  const isDone = check === null && state.attempts.some(({ generation }) => generation.programSha256 !== null);
  return isDone || isSpent(spec, state.attempts) ? conclude(choose(check)) : next(check);
}

/** Hands in a program: its tests are run unless that was done. */
export function conclude(attempt: Attempt | null): Action {
  if (attempt === null || runOf(attempt, 'tests') !== undefined) {
    return { do: 'finish', attempt: attempt?.attempt ?? null };
  }
  return { do: 'execute', attempt: attempt.attempt, check: 'tests' };
}

/** The check that a strategy may see; null for none, also where a task shows no examples. */
function feedbackCheck({ feedback }: StrategySpec, { hasExamples }: CellState): Check | null {
  if (feedback === 'none') return null;
  if (feedback === 'tests') return 'tests';
  return hasExamples ? 'examples' : null;
}

/** No further generation is to be begun. */
function isSpent({ rounds, tokens, costUsd }: StrategySpec, attempts: readonly Attempt[]): boolean {
  const used = sum(attempts.map(({ generation }) => generation.promptTokens + generation.completionTokens));
  const paid = sum(attempts.map(({ generation }) => generation.costUsd ?? 0));
  return attempts.length >= rounds || used >= (tokens ?? Infinity) || (costUsd !== undefined && paid >= costUsd);
}

/** The run of an attempt's program under a check, if there was one. */
export function runOf({ executions }: Attempt, check: Check): Execution | undefined {
  return executions.find((execution) => execution.check === check);
}

/** The attempt that got furthest, the earliest of equals; one that ran goes before one that did not. Null if none holds a program. */
export function bestOf(attempts: readonly Attempt[], check: Check | null): Attempt | null {
  const written = attempts.filter(({ generation }) => generation.programSha256 !== null);
  const score = (attempt: Attempt): number => (check === null ? 0 : scoreOf(runOf(attempt, check)));
  return written.reduce<Attempt | null>(
    (best, attempt) => (best === null || score(attempt) > score(best) ? attempt : best),
    null,
  );
}

/** The last attempt that holds a program; null if none does. */
export function lastProgram(attempts: readonly Attempt[]): Attempt | null {
  return attempts.findLast(({ generation }) => generation.programSha256 !== null) ?? null;
}

/**
 * How far a run got: by the cases that passed, then by the assertions that held (many tests are one case with all assertions, up to the
 * first that fails), then by whether anything was raised.
 */
export function scoreOf(run: Execution | undefined): number {
  if (run === undefined) return -1;
  if (run.verdict === 'pass') return Infinity;
  const held = run.asserts + (run.endOfRun === 'ok' || run.errorClass === 'assertion' ? 0.5 : 0);
  return run.casesPassed + held / (held + 1);
}
