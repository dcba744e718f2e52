import { mean, sum } from '../domain/metrics.js';
import { betaQuantile, normalCdf, tQuantile } from './distributions.js';
import { mulberry32 } from './random.js';

/** 97.5 % point of the standard normal distribution: two-sided 95 %. */
export const Z95 = 1.959_963_984_540_054;
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
  readonly method: 'wilson' | 'clustered';
  /** Number of tasks that the mean is taken over. */
  readonly tasks: number;
  /** Clopper-Pearson's interval, where each task has one sample. */
  readonly exact?: Interval;
  /** The bootstrap over tasks, where tasks have several; drawn when it is asked for, as JSON does and tables do not. */
  readonly bootstrap?: Interval;
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
 * at p = 0 and p = 1. `n` need not be whole, and `z` may be another quantile.
 */
export function wilson(p: number, n: number, z = Z95): Interval {
  const z2 = z * z;
  const centre = p + z2 / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // Rounding may put a bound just past the share at p = 0 or 1.
  return {
    low: Math.max(0, Math.min(p, (centre - spread) / scale)),
    high: Math.min(1, Math.max(p, (centre + spread) / scale)),
  };
}

/**
 * Clopper and Pearson's interval at 95 % (1934, Biometrika 26) for `c` successes in `n` > 0 trials: covers in at least
 * 95 % of all cases whatever the true share is, and in most of them in more.
 */
export function clopperPearson(c: number, n: number): Interval {
  return {
    low: c === 0 ? 0 : betaQuantile(0.025, c, n - c + 1),
    high: c === n ? 1 : betaQuantile(0.975, c + 1, n - c),
  };
}

/**
 * 95 % interval for the mean of values in [0, 1], one a task, each of which sums up several samples: Wilson's with as
 * many trials as would have the same standard error, and Student's quantile for the tasks that it was estimated from
 * (Dean and Pagano 2015, "Evaluating confidence interval methods for binomial proportions in clustered surveys",
 * J. Survey Statistics and Methodology 3). The variance is taken with one task more, spread as widely as tasks can be: pass@k is
 * mostly near 1 and seldom 0, and few tasks may show no 0 at all. Where no variance can be seen, a task counts as one trial.
 */
export function clustered(values: readonly number[]): Interval {
  const n = values.length;
  const p = sum(values) / n;
  const seen = sampleVariance(values) * (n - 1);
  const other = (sum(values) + 0.5) / (n + 1);
  const trials = seen > 1e-12 ? (p * (1 - p) * n * n) / (seen + other * (1 - other)) : n;
  return wilson(p, trials, n < 2 ? Z95 : tQuantile(0.975, n - 1));
}

/**
 * Bootstrap interval at 95 % for the mean over tasks: whole tasks are drawn with replacement, as samples of one task are
 * not independent (Efron 1979). Its percentiles are widened to what Student's quantile and n - 1 would give, without
 * which it covers too little below 50 tasks (Hesterberg 2015, "What teachers should know about the bootstrap", The
 * American Statistician 69, section 5.2). 2,000 draws with a fixed seed: the same values give the same interval.
 */
export function bootstrap(values: readonly number[]): Interval {
  const n = values.length;
  const random = mulberry32(SEED);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let total = 0;
    for (let i = 0; i < n; i += 1) total += values[Math.floor(random() * n)] ?? 0;
    return total / n;
  }).sort();
  const tail = n < 2 ? 0.025 : normalCdf(-Math.sqrt(n / (n - 1)) * tQuantile(0.975, n - 1));
  return { low: quantile(means, tail), high: quantile(means, 1 - tail) };
}

/** Variance with n - 1; 0 of fewer than two values. */
export function sampleVariance(values: readonly number[]): number {
  const centre = mean(values) ?? 0;
  return values.length < 2 ? 0 : sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

/**
 * The mean of one value a task, with its interval: Wilson's where each task has one sample (`isSingle`), else the
 * clustered one.
 */
export function estimate(values: readonly number[], isSingle: boolean): Estimate {
  const tasks = values.length;
  const method = isSingle ? 'wilson' : 'clustered';
  if (tasks === 0) return { value: null, low: null, high: null, method, tasks };
  const value = sum(values) / tasks;
  if (isSingle) {
    return { value, ...wilson(value, tasks), method, tasks, exact: clopperPearson(Math.round(sum(values)), tasks) };
  }
  let drawn: Interval | undefined;
  return {
    value,
    ...clustered(values),
    method,
    tasks,
    get bootstrap() {
      return (drawn ??= bootstrap(values));
    },
  };
}

/** Quantile by linear interpolation between the two nearest of the sorted values. */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
