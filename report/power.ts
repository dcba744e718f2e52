import { binomialPmf, invert, normalQuantile } from './distributions.js';
import { mcnemar } from './paired.js';
import { Z95 } from './statistics.js';

/** How often a true difference is to be found. */
export const POWER = 0.8;
const Z_POWER = normalQuantile(POWER);
/** With fewer tasks not even a gain in all of them is found: McNemar's p of five, and the sign-flip test's, is 2 / 2^5 at the least. */
const FEWEST_TASKS = 6;

/**
 * Chance that McNemar's exact test finds (p < 0.05, two-sided) a true difference between paired arms: `differing` is the
 * share of tasks on which they differ, `difference` how many more of them one arm solves; |difference| <= differing.
 * Summed over how many of the `tasks` differ and how these fall (Duffy 1984, Biometrics 40).
 */
export function mcnemarPower(tasks: number, differing: number, difference: number): number {
  const share = differing === 0 ? 0.5 : (1 + difference / differing) / 2;
  let power = 0;
  for (const [discordant, weight] of likely(tasks, differing)) {
    const limit = criticalLosses(discordant);
    if (limit < 0) continue;
    let tail = 0;
    for (let k = 0; k <= limit; k += 1) {
      tail += binomialPmf(k, discordant, share) + binomialPmf(k, discordant, 1 - share);
    }
    power += weight * tail;
  }
  return power;
}

/** Values of a binomial variable that are worth counting, with their chances. */
function likely(n: number, p: number): [number, number][] {
  const reach = 8 * Math.sqrt(n * p * (1 - p)) + 8;
  const from = Math.max(0, Math.floor(n * p - reach));
  const length = Math.min(n, Math.ceil(n * p + reach)) - from + 1;
  return Array.from({ length }, (_, at) => [from + at, binomialPmf(from + at, n, p)]);
}

/** The most losses among tasks that differ with which McNemar's test still says p < 0.05; -1 if none are few enough. */
function criticalLosses(discordant: number): number {
  let k = Math.max(-1, Math.floor(discordant / 2 - Math.sqrt(discordant) * 1.5) - 2);
  while (2 * (k + 1) < discordant && mcnemar(discordant - k - 1, k + 1) < 0.05) k += 1;
  return k;
}

/**
 * The smallest true difference (a share of tasks) that `tasks` would show in `POWER` of all experiments, where the arms
 * differ on the share `differing` of tasks, or on as many as the difference needs; null if no difference would be found.
 */
export function smallestDifference(tasks: number, differing: number): number | null {
  const power = (difference: number): number => mcnemarPower(tasks, Math.max(differing, difference), difference);
  // Halving to 0.01 points is finer than anybody reads, and each step sums a distribution.
  if (power(1) < POWER) return null;
  let [low, high] = [0, 1];
  while (high - low > 1e-4) {
    const middle = (low + high) / 2;
    if (power(middle) < POWER) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Tasks that it takes to find a difference in `POWER` of all experiments, about: Connor 1987 (Biometrics 43), whose formula
 * is for McNemar's test without correction. `variance` is that of the differences of single tasks when the arms are equal:
 * the share that differs, where each task has one sample.
 */
export function tasksNeeded(variance: number, difference: number): number {
  const z = Z95 * Math.sqrt(variance) + Z_POWER * Math.sqrt(Math.max(0, variance - difference ** 2));
  return Math.max(FEWEST_TASKS, Math.ceil((z / difference) ** 2));
}

/**
 * The same for differences that are means over samples, by their `variance` around their own mean. Were the arms equal, signs
 * would be chance and the differences as large: their variance would be greater by the difference's square, but 1 at the most.
 */
export function tasksNeededByMeans(variance: number, difference: number): number {
  return tasksNeeded(Math.min(1, variance + difference ** 2), difference);
}

/** The same question the other way round: what `tasks` can show of means with this `variance`; null if nothing. */
export function smallestMeanDifference(tasks: number, variance: number): number | null {
  if (tasks < FEWEST_TASKS) return null;
  return invert((difference) => -tasksNeededByMeans(variance, difference), -tasks, 1e-4, 1);
}
