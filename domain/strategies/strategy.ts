import type { Attempt, Check } from '../attempt.js';

/** What a strategy may see of a run: nothing, the examples that the prompt shows, or the benchmark's own tests. */
export const FEEDBACKS = ['none', 'examples', 'tests'] as const;
export type Feedback = (typeof FEEDBACKS)[number];

export const STRATEGY_IDS = ['direct', 'react'] as const;
export type StrategyId = (typeof STRATEGY_IDS)[number];

export interface StrategySpec {
  readonly id: StrategyId;
  /** Generations at most. */
  readonly rounds: number;
  readonly feedback: Feedback;
}

/** What a strategy decides on: small facts, no texts. */
export interface CellState {
  readonly attempts: readonly Attempt[];
  /** The prompt's docstring holds examples that can be run. */
  readonly hasExamples: boolean;
}

export type Action =
  { readonly do: 'generate' } | { readonly do: 'execute'; readonly check: Check } | { readonly do: 'finish' };

/** A strategy is a pure step function: the state so far in, the next action out. */
export type Step = (spec: StrategySpec, state: CellState) => Action;
