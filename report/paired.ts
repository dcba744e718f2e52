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

/** b's share of passes minus a's, task by task; one division each, so that equal differences are equal numbers. */
export function differences(pairs: readonly TaskPair[]): number[] {
  return pairs.map(({ a, b }) => (b.c * a.n - a.c * b.n) / (a.n * b.n));
}

/**
 * Mean square of differences: their variance, were the arms equal. With half a task more gained, half a one more lost and one
 * unchanged, as Agresti and Min's interval counts: arms may happen not to differ.
 */
export function meanSquare(differences: readonly number[]): number {
  return (sum(differences.map((value) => value * value)) + 1) / (differences.length + 2);
}

/** The mean difference over tasks with its 95 % interval and exact p; null of no pairs. */
export function pairedDifference(pairs: readonly TaskPair[]): PairedDifference | null {
  if (pairs.length === 0) return null;
  const values = differences(pairs);
  const value = exactZero(sum(values) / values.length);
  const [gained, lost] = [values.filter((one) => one > 0).length, values.filter((one) => one < 0).length];
  if (pairs.every(({ a, b }) => a.n === 1 && b.n === 1)) {
    return { value, ...agrestiMin(values), method: 'agresti-min', p: mcnemar(gained, lost), test: 'mcnemar' };
  }
  // Draws of equal differences are all alike: the bootstrap of them has no width.
  const isConstant = values.every((one) => one === values[0]);
  const { low, high } = isConstant ? agrestiMin(values) : bootstrap(values);
  const interval = { low: exactZero(low), high: exactZero(high) };
  const p = signFlip(values, commonSamples(pairs));
  return { value, ...interval, method: isConstant ? 'agresti-min' : 'bootstrap', p, test: 'sign-flip' };
}

/** Means of shares where gains and losses cancel out are 0, but for 1e-17 or so of rounding: most shares have no end in binary. */
function exactZero(mean: number): number {
  return Math.abs(mean) < 1e-12 ? 0 : mean;
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
 * Medicine 24), which holds with few pairs where Wald's own is too narrow. Differences of several samples, in [-1, 1], count
 * as the parts of a task that they are.
 */
export function agrestiMin(differences: readonly number[]): Interval {
  const n = differences.length + 2;
  const centre = sum(differences) / n;
  const half = Z95 * Math.sqrt((meanSquare(differences) - centre * centre) / n);
  return { low: Math.max(-1, centre - half), high: Math.min(1, centre + half) };
}

/**
 * Fisher's sign-flip test, two-sided and exact: were the arms equal, each task's difference could as well have had the
 * other sign. Counts all 2^n choices of signs by the sums that they come to, in steps of 1 / `samples`, to which each
 * difference is rounded by itself and alike for both signs: what is seen has to be one of the sums that are counted.
 */
export function signFlip(values: readonly number[], samples: number): number {
  const signed = values.map((value) => Math.sign(value) * Math.round(Math.abs(value) * samples));
  const seen = Math.abs(sum(signed));
  const steps = signed.map(Math.abs).filter((step) => step > 0);
  const reach = sum(steps);
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

/** Parts of a pass that all differences are multiples of; 2,520 where samples differ too much to be exact. */
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
