import { sum } from '../domain/metrics.js';

/** 97.5 % point of the standard normal distribution: two-sided 95 %. */
const Z95 = 1.959_963_984_540_054;
const RESAMPLES = 2_000;
const SEED = 20_240_604;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A mean over tasks with its 95 % interval; nulls if there is no task to take it over. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly method: 'wilson' | 'bootstrap';
  /** Number of tasks that the mean is taken over. */
  readonly tasks: number;
}

/**
 * Probability that at least one of `k` samples passes, estimated without bias from `c` passes among `n` samples:
 * 1 - C(n-c, k) / C(n, k), computed as a product so that nothing overflows. Needs 1 <= k <= n and 0 <= c <= n.
 * Chen et al. 2021, "Evaluating Large Language Models Trained on Code", arXiv 2107.03374, section 2.1.
 */
export function passAtK(n: number, c: number, k: number): number {
  if (n - c < k) return 1;
  let allFail = 1;
  for (let i = n - c + 1; i <= n; i += 1) allFail *= 1 - k / i;
  return 1 - allFail;
}

/**
 * Wilson's score interval at 95 % for a share `p` of `n` > 0 independent trials (Wilson 1927, "Probable inference, the
 * law of succession, and statistical inference", JASA 22). Unlike p +- z * s it stays within [0, 1] and keeps its width
 * at p = 0 and p = 1.
 */
export function wilson(p: number, n: number): Interval {
  const z2 = Z95 * Z95;
  const centre = p + z2 / (2 * n);
  const spread = Z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // Rounding may put a bound just past the share at p = 0 or 1.
  return {
    low: Math.max(0, Math.min(p, (centre - spread) / scale)),
    high: Math.min(1, Math.max(p, (centre + spread) / scale)),
  };
}

/**
 * Percentile bootstrap interval at 95 % for the mean over tasks (Efron 1979): whole tasks are drawn with replacement,
 * as samples of one task are not independent. 2,000 draws with a fixed seed: the same values give the same interval.
 */
export function bootstrap(values: readonly number[]): Interval {
  const random = mulberry32(SEED);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let total = 0;
    for (let i = 0; i < values.length; i += 1) total += values[Math.floor(random() * values.length)] ?? 0;
    return total / values.length;
  }).sort();
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/**
 * The mean of one value a task, with its interval: Wilson's where each task has one sample (`isSingle`); else the
 * bootstrap over tasks, or Wilson's with the tasks as trials where all tasks have the same value and a bootstrap would
 * have no width (it is then too wide rather than too narrow).
 */
export function estimate(values: readonly number[], isSingle: boolean): Estimate {
  const tasks = values.length;
  const isConstant = values.every((value) => value === values[0]);
  const method = isSingle || isConstant ? 'wilson' : 'bootstrap';
  if (tasks === 0) return { value: null, low: null, high: null, method, tasks };
  const value = sum(values) / tasks;
  return { value, ...(method === 'wilson' ? wilson(value, tasks) : bootstrap(values)), method, tasks };
}

/** Quantile by linear interpolation between the two nearest of the sorted values. */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** A small random generator (mulberry32): uniform in [0, 1), the same sequence for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
