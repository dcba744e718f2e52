import type { Attempt, Check, Plan } from '../attempt.js';
import type { ErrorClass } from '../error-class.js';
import { bestOf, lastProgram, loop, runOf, scoreOf } from './loop.js';
import { type Action, type CellState, laterTemperature, type Part, type Step, type StrategySpec } from './strategy.js';

/**
 * CoderGen (arXiv 2406.04712): run, trace the error to its cause, look up what the libraries really offer, repair. Each step
 * is a program after another plan, a fresh sample, or a repair with the trace in a prompt of its own, by what the cell's earlier
 * attempts say. The best program so far is kept: what breaks it is undone.
 */
export const codergen: Step = (spec, state) =>
  loop(
    spec,
    state,
    (check) => goOn(spec, state, check),
    (check) => kept(spec, state.attempts, check),
  );

/** The program that is repaired and handed in. */
function kept(spec: StrategySpec, attempts: readonly Attempt[], check: Check | null): Attempt | null {
  return has(spec, 'undo') ? bestOf(attempts, check) : lastProgram(attempts);
}

function goOn(spec: StrategySpec, state: CellState, check: Check | null): Action {
  const plan = decide(spec, state.attempts, check);
  const repaired = state.attempts.find(({ attempt }) => attempt === plan.base);
  const isOpen = repaired !== undefined && repaired.lookups === undefined;
  if (isOpen && state.hasLibraries && has(spec, 'lookup') && LOOKED_UP.has(errorOf(repaired, check))) {
    return { do: 'retrieve', attempt: repaired.attempt, query: null };
  }
  return { do: 'generate', plan };
}

/**
 * What to do next, and why. Programs written anew come first, and a repair of the best one after every three of them. Small models give a
 * program back unchanged when they are asked to repair it, or fail again where they failed: then it is not repaired again
 * (docs/decisions/033; docs/results.md has what came of it).
 */
function decide(spec: StrategySpec, attempts: readonly Attempt[], check: Check | null): Plan {
  const best = kept(spec, attempts, check);
  if (best === null) return anew(spec, attempts, 'no answer held a program');
  const error = errorOf(best, check);
  const repair: Plan = {
    action: 'repair',
    reason: `${error}: repaired with its trace`,
    base: best.attempt,
    temperature: laterTemperature(spec),
  };
  if (!has(spec, 'fresh')) return repair;
  if (!has(spec, 'repair')) return anew(spec, attempts, error);
  const repairs = attempts.filter(({ plan }) => plan?.action === 'repair');
  const inQuestion = repairs.filter((one) => one.plan?.base === best.attempt || one === attempts.at(-1));
  if (inQuestion.some((one) => isStuck(one, attempts, check))) {
    return anew(spec, attempts, `${error}: its repair came to nothing`);
  }
  const written = attempts.length - 1 - repairs.length;
  return written < ANEW_PER_REPAIR * (repairs.length + 1) ? anew(spec, attempts, error) : repair;
}

/** Where both were tried at a model of 1.5 billion parameters a fresh sample passed several times as often for its tokens. */
const ANEW_PER_REPAIR = 3;

/**
 * A program written anew, that knows nothing of earlier ones: once by another plan, which is a new question and so gets the model's best answer,
 * at its own temperature; then fresh samples of the first question.
 */
function anew(spec: StrategySpec, attempts: readonly Attempt[], why: string): Plan {
  const isPlanned = !has(spec, 'plan') || attempts.some(({ plan }) => plan?.action === 'plan');
  return isPlanned
    ? { action: 'fresh', reason: `${why}: a fresh sample`, base: null, temperature: laterTemperature(spec) }
    : { action: 'plan', reason: `${why}: another plan, its steps first`, base: null, temperature: null };
}

/** A repair without a program, that gave an earlier one back, or that met the same error and got no further. */
function isStuck(repair: Attempt, attempts: readonly Attempt[], check: Check | null): boolean {
  const { programSha256 } = repair.generation;
  const earlier = attempts.filter(({ attempt }) => attempt < repair.attempt);
  if (programSha256 === null) return true;
  if (earlier.some(({ generation }) => generation.programSha256 === programSha256)) return true;
  const base = earlier.find(({ attempt }) => attempt === repair.plan?.base);
  const [then, now] = [base, repair].map((attempt) => (attempt && check ? runOf(attempt, check) : undefined));
  return now?.errorClass === then?.errorClass && scoreOf(now) <= scoreOf(then);
}

function errorOf(attempt: Attempt, check: Check | null): ErrorClass {
  return (check === null ? undefined : runOf(attempt, check))?.errorClass ?? 'none';
}

function has({ without = [] }: StrategySpec, part: Part): boolean {
  return !without.includes(part);
}

/** Errors that the documentation of a library may explain. */
const LOOKED_UP: ReadonlySet<ErrorClass> = new Set(['import', 'name', 'type', 'value', 'attribute', 'exception']);
