import { sum } from '../domain/metrics.js';
import { binomialCdf } from './distributions.js';
import { bootstrap, type Interval, Z95 } from './statistics.js';

/** How two arms did on one task: how many of its judged samples passed in each. */
export interface TaskPair {
  readonly taskId: string;
  readonly a: Tally;
  readonly b: Tally;
}

/** Samples of a task, and how many of them passed. */
export interface Tally {
  readonly n: number;
  readonly c: number;
}

/** What b gained over a on tasks judged in both; shares, not points. */
export interface PairedDifference extends Interval {
  readonly value: number;
  readonly method: 'agresti-min' | 'bootstrap';
  /** Two-sided and exact: McNemar's where each task has one sample, else the sign-flip test, which it is a case of. */
  readonly p: number;
  readonly test: 'mcnemar' | 'sign-flip';
}

/** b's share of passes minus a's, task by task. */
export function differences(pairs: readonly TaskPair[]): number[] {
  return pairs.map(({ a, b }) => b.c / b.n - a.c / a.n);
}

/** The mean difference over tasks with its 95 % interval and exact p; null of no pairs. */
export function pairedDifference(pairs: readonly TaskPair[]): PairedDifference | null {
  if (pairs.length === 0) return null;
  const values = differences(pairs);
  const value = sum(values) / values.length;
  const [gained, lost] = [values.filter((one) => one > 0).length, values.filter((one) => one < 0).length];
  if (pairs.every(({ a, b }) => a.n === 1 && b.n === 1)) {
    const interval = agrestiMin(gained, lost, values.length);
    return { value, ...interval, method: 'agresti-min', p: mcnemar(gained, lost), test: 'mcnemar' };
  }
  const isConstant = values.every((one) => one === values[0]);
  const interval = isConstant ? agrestiMin(gained, lost, values.length) : bootstrap(values);
  const p = signFlip(values, commonSamples(pairs));
  return { value, ...interval, method: isConstant ? 'agresti-min' : 'bootstrap', p, test: 'sign-flip' };
}

/**
 * McNemar's exact test, two-sided: of the tasks that differ, half would be gained and half lost if the arms were equal.
 * 1 where none differs. (McNemar 1947, Psychometrika 12.)
 */
export function mcnemar(gained: number, lost: number): number {
  if (gained === lost) return 1;
  return Math.min(1, 2 * binomialCdf(Math.min(gained, lost), gained + lost, 0.5));
}

/**
 * 95 % interval for a difference of paired shares: Wald's with half a task added to each of the four ways in which a task can
 * turn out (Agresti and Min 2005, "Simple improved confidence intervals for comparing matched proportions", Statistics in
 * Medicine 24), which holds with few pairs where Wald's own is too narrow.
 */
export function agrestiMin(gained: number, lost: number, n: number): Interval {
  const [up, down] = [(gained + 0.5) / (n + 2), (lost + 0.5) / (n + 2)];
  const centre = up - down;
  const half = Z95 * Math.sqrt((up + down - centre * centre) / (n + 2));
  return { low: Math.max(-1, centre - half), high: Math.min(1, centre + half) };
}

/**
 * Fisher's sign-flip test, two-sided and exact: were the arms equal, each task's difference could as well have had the
 * other sign. Counts all 2^n choices of signs by the sums that they come to, in steps of 1 / `samples`.
 */
export function signFlip(values: readonly number[], samples: number): number {
  const steps = values.map((value) => Math.round(Math.abs(value) * samples)).filter((step) => step > 0);
  const reach = sum(steps);
  const seen = Math.abs(Math.round(sum(values) * samples));
  let chances = new Float64Array(2 * reach + 1);
  chances[reach] = 1;
  let spread = 0;
  for (const step of steps) {
    const next = new Float64Array(chances.length);
    for (let at = reach - spread; at <= reach + spread; at += 1) {
      const half = (chances[at] ?? 0) / 2;
      if (half === 0) continue;
      next[at + step] = (next[at + step] ?? 0) + half;
      next[at - step] = (next[at - step] ?? 0) + half;
    }
    chances = next;
    spread += step;
  }
  return Math.min(1, sum([...chances].filter((_, at) => Math.abs(at - reach) >= seen)));
}

/** The finest step that all differences are multiples of; 2,520 where samples differ too much to be exact. */
function commonSamples(pairs: readonly TaskPair[]): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  const counts = new Set(pairs.flatMap(({ a, b }) => [a.n, b.n]));
  return [...counts].reduce((common, n) => Math.min(2_520, (common * n) / divisor(common, n)), 1);
}

/** Holm's step-down correction (1979, Scand. J. Statistics 6): p values that hold over all comparisons together, in their order. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).toSorted((a, b) => a.p - b.p);
  const adjusted = ps.map(() => 1);
  let largest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * p));
    adjusted[index] = largest;
  }
  return adjusted;
}
