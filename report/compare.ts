import type { CellResult } from '../domain/cell.js';
import { groupBy } from '../domain/group-by.js';
import { mean, sum } from '../domain/metrics.js';
import type { Arm, Contest } from './arms.js';
import {
  differences,
  holm,
  meanSquare,
  type PairedDifference,
  pairedDifference,
  type Tally,
  type TaskPair,
} from './paired.js';
import { smallestDifference, smallestMeanDifference, tasksNeeded, tasksNeededByMeans } from './power.js';
import { estimate, type Estimate, sampleVariance } from './statistics.js';

/** A task that one arm solved in more of its samples than the other. */
export interface Flip {
  readonly taskId: string;
  readonly isGained: boolean;
  readonly from: Outcome;
  readonly to: Outcome;
}

/** What an arm came to on a task, and the cells that show it. */
interface Outcome extends Tally {
  /** Error classes of the cells that did not pass, the commonest first. */
  readonly errorClasses: readonly string[];
  readonly cellIds: readonly string[];
}

/** An arm's score over the tasks that are compared, and over all of its cells, where an unscored one counts as no pass. */
interface Score {
  readonly arm: Arm;
  readonly passAt1: Estimate;
  readonly ofAllCells: number | null;
  readonly tokens: number;
}

/** One arm against the baseline. Differences are shares: 0.01 is one point. */
export interface Duel {
  readonly score: Score;
  /** Null where no task was judged in both. */
  readonly difference: PairedDifference | null;
  /** The difference's p with Holm's correction over all duels of the comparison. */
  readonly holm: number;
  readonly flips: readonly Flip[];
  /** Smallest difference that this many tasks would show in 4 of 5 experiments; null where they can show none. */
  readonly smallest: number | null;
  /** Tasks that it takes to show the difference seen in 4 of 5 experiments; null where none was seen. */
  readonly tasksNeeded: number | null;
  /** Samples of each task that would do it as well; null where the data can't tell, or no number would. */
  readonly samplesNeeded: number | null;
}

/** A contest's outcome. */
export interface Result {
  readonly baseline: Score;
  readonly duels: readonly Duel[];
  /** Tasks that were judged in every arm: those that count. */
  readonly tasks: number;
  /** Tasks that went unscored in one arm, and were dropped for all. */
  readonly unscored: readonly string[];
  /** Tasks that not every arm has. */
  readonly missing: number;
  /** Tasks whose text or tests are not the same in every arm. */
  readonly changed: readonly string[];
  readonly environments: readonly string[];
}

/** Compares arms task by task. */
export function compare(contests: readonly Contest[]): Result[] {
  const results = contests.map(contest);
  const ps = results.flatMap(({ duels }) => duels.map(({ difference }) => difference?.p ?? 1));
  const adjusted = holm(ps);
  let at = 0;
  return results.map((result) => ({
    ...result,
    duels: result.duels.map((duel) => ({ ...duel, holm: adjusted[at++] ?? 1 })),
  }));
}

type ByTask = ReadonlyMap<string, readonly CellResult[]>;

function contest({ baseline, rivals }: Contest): Result {
  const arms = [baseline, ...rivals];
  const byTask = arms.map(({ results }): ByTask => groupBy(results, ({ cell }) => cell.taskId));
  const all = [...new Set(byTask.flatMap((of) => [...of.keys()]))].sort();
  const shared = all.filter((task) => byTask.every((of) => of.has(task)));
  const isUnscored = (task: string): boolean =>
    byTask.some((of) => of.get(task)?.some(({ verdict }) => verdict === 'unscored') === true);
  const tasks = shared.filter((task) => !isUnscored(task));
  const [first = new Map<string, CellResult[]>(), ...others] = byTask;
  return {
    baseline: score(baseline, first, tasks),
    duels: rivals.map((rival, at) => duel(rival, first, others[at] ?? new Map(), tasks)),
    tasks: tasks.length,
    unscored: shared.filter(isUnscored),
    missing: all.length - shared.length,
    changed: tasks.filter((task) => facts(byTask, task, ({ cell }) => cell.taskSha256).size > 1),
    environments: tasks.length === 0 ? [] : environments(byTask, tasks),
  };
}

function facts(byTask: readonly ByTask[], task: string, of: (result: CellResult) => string): Set<string> {
  return new Set(byTask.flatMap((arm) => (arm.get(task) ?? []).map(of)));
}

/** Environments in which one task's programs ran with other packages in one arm than in another. */
function environments(byTask: readonly ByTask[], tasks: readonly string[]): string[] {
  const differing = tasks.filter((task) => facts(byTask, task, ({ cell }) => cell.environmentDigest).size > 1);
  return [...new Set(differing.flatMap((task) => [...facts(byTask, task, ({ cell }) => cell.environment)]))];
}

function score(arm: Arm, byTask: ByTask, tasks: readonly string[]): Score {
  const tallies = tasks.map((task) => outcome(byTask.get(task) ?? []));
  const isSingle = tallies.every(({ n }) => n === 1);
  const attempts = tasks.flatMap((task) => byTask.get(task) ?? []).flatMap((result) => result.attempts);
  return {
    arm,
    passAt1: estimate(
      tallies.map(({ n, c }) => c / n),
      isSingle,
    ),
    ofAllCells: mean(arm.results.map(({ verdict }) => Number(verdict === 'pass'))),
    tokens: sum(attempts.map(({ generation }) => generation.promptTokens + generation.completionTokens)),
  };
}

function outcome(results: readonly CellResult[]): Outcome {
  const wrong = groupBy(
    results.filter(({ verdict }) => verdict !== 'pass'),
    ({ errorClass }) => errorClass,
  );
  return {
    n: results.length,
    c: results.filter(({ verdict }) => verdict === 'pass').length,
    errorClasses: [...wrong].toSorted(([, a], [, b]) => b.length - a.length).map(([name]) => name),
    cellIds: results.map(({ cell }) => cell.cellId),
  };
}

function duel(rival: Arm, baseline: ByTask, byTask: ByTask, tasks: readonly string[]): Duel {
  const outcomes = tasks.map((taskId) => ({
    taskId,
    a: outcome(baseline.get(taskId) ?? []),
    b: outcome(byTask.get(taskId) ?? []),
  }));
  const difference = pairedDifference(outcomes);
  const flips = outcomes.flatMap(({ taskId, a, b }): Flip[] => {
    const gain = b.c / b.n - a.c / a.n;
    return gain === 0 ? [] : [{ taskId, isGained: gain > 0, from: a, to: b }];
  });
  return { score: score(rival, byTask, tasks), difference, holm: 1, flips, ...prospects(outcomes, difference) };
}

/** What these tasks can show, and what it would take to show the difference that was seen. */
function prospects(pairs: readonly TaskPair[], difference: PairedDifference | null) {
  const values = differences(pairs);
  const seen = Math.abs(difference?.value ?? 0);
  // One sample a task, or several that all came out alike: the sign-flip test is McNemar's then, whose power is exact.
  const isWhole = values.every(Number.isInteger);
  const spread = meanSquare(values);
  // At least what a task more would bring, half of it gained and half lost: arms may happen to differ alike everywhere.
  const variance = Math.max(sampleVariance(values), 1 / (values.length + 2));
  const needed = isWhole ? tasksNeeded(spread, seen) : tasksNeededByMeans(variance, seen);
  return {
    smallest: isWhole ? smallestDifference(values.length, spread) : smallestMeanDifference(values.length, variance),
    tasksNeeded: seen === 0 ? null : needed,
    samplesNeeded: seen === 0 || difference?.test === 'mcnemar' ? null : samplesNeeded(pairs, variance, seen),
  };
}

/** Samples a task with which the variance between samples no longer hides the difference. */
function samplesNeeded(pairs: readonly TaskPair[], variance: number, seen: number): number | null {
  const within = ({ n, c }: Tally): number => (n < 2 ? 0 : ((c / n) * (1 - c / n) * n) / (n - 1));
  const one = mean(pairs.map(({ a, b }) => within(a) + within(b))) ?? 0;
  const now = mean(pairs.map(({ a, b }) => within(a) / a.n + within(b) / b.n)) ?? 0;
  const between = Math.max(0, variance - now);
  // The tasks needed grow with the variance: the largest that these tasks can bear, 0 where they are too few for any.
  let [low, high] = [0, variance];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (tasksNeededByMeans(middle, seen) <= pairs.length) low = middle;
    else high = middle;
  }
  return low <= between ? null : Math.ceil(one / (low - between));
}
