import type { Check } from '../attempt.js';
import type { Action, CellState, Step, StrategySpec } from './strategy.js';

/**
 * A plain ReAct loop (arXiv 2210.03629) whose only action is to run a program: each answer's code block is run, what
 * was observed goes back into the conversation, until the feedback passes or the rounds are used up.
 * Whatever the feedback was, the last program is judged by the tests.
 */
export const react: Step = (spec, state) => {
  const last = state.attempts.at(-1);
  if (last === undefined) return { do: 'generate' };
  if (last.generation.programSha256 === null) return again(spec, state) ?? { do: 'finish' };
  const check = feedbackCheck(spec, state);
  const seen = last.executions.at(-1);
  if (seen === undefined) return { do: 'execute', check: check ?? 'tests' };
  if (seen.check === check && seen.verdict !== 'pass') {
    const next = again(spec, state);
    if (next !== null) return next;
  }
  return seen.check === 'tests' ? { do: 'finish' } : { do: 'execute', check: 'tests' };
};

function feedbackCheck(spec: StrategySpec, state: CellState): Check | null {
  if (spec.feedback === 'none') return null;
  if (spec.feedback === 'tests') return 'tests';
  return state.hasExamples ? 'examples' : null;
}

function again(spec: StrategySpec, state: CellState): Action | null {
  return state.attempts.length < spec.rounds ? { do: 'generate' } : null;
}
