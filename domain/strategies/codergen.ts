import type { Attempt, Check, Plan } from '../attempt.js';
import type { ErrorClass } from '../error-class.js';
import { bestOf, lastProgram, loop, runOf } from './loop.js';
import { type Action, type CellState, laterTemperature, type Part, type Step, type StrategySpec } from './strategy.js';

/**
 * CoderGen (arXiv 2406.04712): run, trace the error to its cause, look up what the libraries really offer, repair. Each step
 * is a fresh sample that is told what is known of the failures, a repair with the trace in a prompt of its own, or a program after
 * another plan, by what the error's class and the cell's earlier attempts say. The best program so far is kept: what breaks it is undone.
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
  const { action, reason, base } = decide(spec, state.attempts, check);
  const told = action === 'hint' ? state.attempts.at(-1) : state.attempts.find(({ attempt }) => attempt === base);
  const isOpen = told !== undefined && told.lookups === undefined && told.generation.programSha256 !== null;
  if (isOpen && state.hasLibraries && has(spec, 'lookup') && LOOKED_UP.has(errorOf(told, check))) {
    return { do: 'retrieve', attempt: told.attempt, query: null };
  }
  return { do: 'generate', plan: { action, reason, base, temperature: laterTemperature(spec) } };
}

type Decision = Pick<Plan, 'action' | 'reason' | 'base'>;

/**
 * What to do next, and why. Small models give a program back unchanged when they are asked to repair it, and fail again where
 * they failed: then something else is tried at once. Fresh samples that are told what is known of the failures come first, and a
 * repair of the best program after every two of them (docs/decisions/028; docs/results.md has what came of it).
 */
function decide(spec: StrategySpec, attempts: readonly Attempt[], check: Check | null): Decision {
  const best = kept(spec, attempts, check);
  const last = attempts.at(-1);
  if (best === null || last === undefined) return { action: 'fresh', reason: 'no answer held a program', base: null };
  const error = errorOf(best, check);
  const repair = (reason: string): Decision => ({ action: 'repair', reason, base: best.attempt });
  if (!has(spec, 'fresh')) return repair(`${error}: repaired with its trace`);
  const sample = (reason: string): Decision => ({ action: has(spec, 'hints') ? 'hint' : 'fresh', reason, base: null });
  const stuck = stuckAt(last, attempts, check);
  if (stuck !== null) return sample(stuck);
  if (REPLANNED.has(error) && !attempts.some(({ plan }) => plan?.action === 'plan')) {
    return { action: 'plan', reason: `${error}: another way of solving it`, base: null };
  }
  const repairs = attempts.filter(({ plan }) => plan?.action === 'repair').length;
  const samples = attempts.length - 1 - repairs;
  return samples < SAMPLES_PER_REPAIR * (repairs + 1)
    ? sample(`${error}: a fresh sample`)
    : repair(`${error}: repaired with its trace, after fresh samples`);
}

/** Where both were tried at a model of 1.5 billion parameters a fresh sample passed several times as often for its tokens. */
const SAMPLES_PER_REPAIR = 2;

/** Why the last attempt shows that more of the same is of no use; null if it does not. */
function stuckAt(last: Attempt, attempts: readonly Attempt[], check: Check | null): string | null {
  if (last.generation.programSha256 === null) return 'the last answer held no program';
  if (last.plan?.action !== 'repair') return null;
  const earlier = attempts.filter(({ attempt }) => attempt < last.attempt);
  if (earlier.some(({ generation }) => generation.programSha256 === last.generation.programSha256)) {
    return 'the repair gave an earlier program back';
  }
  const base = earlier.find(({ attempt }) => attempt === last.plan?.base);
  const [then, now] = [base, last].map((attempt) => (attempt && check ? runOf(attempt, check) : undefined));
  const isSame = now?.errorClass === then?.errorClass && (now?.casesPassed ?? 0) <= (then?.casesPassed ?? 0);
  return isSame ? 'the repair met the same error' : null;
}

function errorOf(attempt: Attempt, check: Check | null): ErrorClass {
  return (check === null ? undefined : runOf(attempt, check))?.errorClass ?? 'none';
}

function has({ without = [] }: StrategySpec, part: Part): boolean {
  return !without.includes(part);
}

/** The program's way is wrong, not a line of it. */
const REPLANNED: ReadonlySet<ErrorClass> = new Set(['cpu-time', 'wall-time', 'memory', 'processes', 'output']);
/** Errors that the documentation of a library may explain. */
const LOOKED_UP: ReadonlySet<ErrorClass> = new Set(['import', 'name', 'type', 'value', 'attribute', 'exception']);
