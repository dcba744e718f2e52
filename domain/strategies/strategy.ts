import type { Attempt, Check, Plan } from '../attempt.js';

/** What a strategy may see of a run: nothing, the examples that the prompt shows, or the benchmark's own tests. */
export const FEEDBACKS = ['none', 'examples', 'tests'] as const;
export type Feedback = (typeof FEEDBACKS)[number];

export const STRATEGY_IDS = ['direct', 'resample', 'react', 'codergen'] as const;
export type StrategyId = (typeof STRATEGY_IDS)[number];

/** Parts of `codergen` that an experiment may leave out, to see what each is worth. */
export const PARTS = ['tracing', 'locals', 'lookup', 'undo', 'fresh', 'plan', 'repair'] as const;
export type Part = (typeof PARTS)[number];

export interface StrategySpec {
  readonly id: StrategyId;
  /** Name on rows; tells two settings of one strategy apart. The id unless given. */
  readonly label?: string | undefined;
  /** Generations at most. */
  readonly rounds: number;
  readonly feedback: Feedback;
  /** Of generations after the first, which has the model's own, as has `codergen`'s other plan; 0.8 unless given. */
  readonly temperature?: number | undefined;
  /** Prompt and completion tokens of a cell: none is begun once they are used up. No limit unless given. */
  readonly tokens?: number | undefined;
  /** The same in US dollars. */
  readonly costUsd?: number | undefined;
  readonly without?: readonly Part[] | undefined;
}

/** What a strategy decides on: small facts, no texts. */
export interface CellState {
  readonly attempts: readonly Attempt[];
  /** The prompt's docstring holds examples that can be run. */
  readonly hasExamples: boolean;
  /** The task is about third-party libraries, whose documentation can be looked up. */
  readonly hasLibraries: boolean;
}

/** `attempt` is the number of one there is; with `finish` the one that the verdict rests on, null if none holds a program. */
export type Action =
  | { readonly do: 'generate'; readonly plan: Plan }
  | { readonly do: 'execute'; readonly attempt: number; readonly check: Check }
  | { readonly do: 'retrieve'; readonly attempt: number; readonly query: string | null }
  | { readonly do: 'finish'; readonly attempt: number | null };

/** A strategy is a pure step function: the state so far in, the next action out. */
export type Step = (spec: StrategySpec, state: CellState) => Action;

const TEMPERATURE = 0.8;

/** Temperature of all generations but the first, and but another plan. */
export function laterTemperature({ temperature = TEMPERATURE }: StrategySpec): number {
  return temperature;
}

/** The name that rows, tables and cell ids know a strategy by. */
export function labelOf({ id, label = id }: StrategySpec): string {
  return label;
}
