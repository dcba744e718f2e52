import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { packagePath } from '../../infra/package-path.js';
import { betaCdf, binomialCdf, normalCdf, normalQuantile, tQuantile } from '../../report/distributions.js';
import { noise } from '../../report/noise.js';
import { agrestiMin, holm, mcnemar, signFlip } from '../../report/paired.js';
import { mcnemarPower, smallestDifference, tasksNeeded } from '../../report/power.js';
import { clopperPearson, clustered, passAtK, wilson } from '../../report/statistics.js';

/** Numbers of scipy and statsmodels: test/golden/statistics/make.py made them. */
const golden = JSON.parse(readFileSync(packagePath('test/golden/statistics/numbers.json'), 'utf8')) as {
  readonly [name: string]: readonly number[][];
} & {
  readonly holm: readonly [number[], number[]][];
  readonly sign_flip: readonly { values: number[]; samples: number; p: number }[];
  readonly clustered: readonly { shares: number[]; expected: number[] }[];
  readonly sampling: readonly { samples: number; shares: number[]; expected: number[] }[];
};

const pair = ({ low, high }: { low: number; high: number }): number[] => [low, high];

/** The noise that other runs of the same programs make, where so many of the pairs of runs disagreed. */
function ofReruns(disagreeing: number, pairs: number, cells: number): number {
  return noise([{ n: cells, c: 0 }], { pairs, disagreeing }).reruns ?? Number.NaN;
}

/** Differences of n tasks with one sample each. */
function changes(gained: number, lost: number, n: number): number[] {
  return Array.from({ length: n }, (_, at) => Number(at < gained) - Number(at >= n - lost));
}

/** Each function of the arguments that a row begins with; the rest of the row is what it should give. */
const EXACT: [string, (...row: number[]) => number[]][] = [
  ['normal_cdf', (z = 0) => [normalCdf(z)]],
  ['normal_quantile', (q = 0) => [normalQuantile(q)]],
  ['t_quantile', (q = 0, degrees = 0) => [tQuantile(q, degrees)]],
  ['beta_cdf', (x = 0, a = 0, b = 0) => [betaCdf(x, a, b)]],
  ['binomial_cdf', (k = 0, n = 0, p = 0) => [binomialCdf(k, n, p)]],
  ['wilson', (c = 0, n = 0) => pair(wilson(c / n, n))],
  ['clopper_pearson', (c = 0, n = 0) => pair(clopperPearson(c, n))],
  ['mcnemar', (gained = 0, lost = 0) => [mcnemar(gained, lost)]],
  ['pass_at_k', (n = 0, c = 0, k = 0) => [passAtK(n, c, k)]],
  ['agresti_min', (gained = 0, lost = 0, n = 0) => pair(agrestiMin(changes(gained, lost, n)))],
  ['reruns', (disagreeing = 0, pairs = 0, cells = 0) => [ofReruns(disagreeing, pairs, cells)]],
  ['tasks_needed', (variance = 0, difference = 0) => [tasksNeeded(variance, difference)]],
  ['power', (tasks = 0, differing = 0, difference = 0) => [mcnemarPower(tasks, differing, difference)]],
];

test.each(EXACT)('%s agrees with scipy or statsmodels to 1e-9', (name, of) => {
  const rows = golden[name] ?? [];
  expect(rows.length).toBeGreaterThanOrEqual(4);
  for (const row of rows) {
    const found = of(...row);
    for (const [at, expected] of row.slice(row.length - found.length).entries()) {
      const error = Math.abs((found[at] ?? Number.NaN) - expected) / Math.max(1, Math.abs(expected));
      expect({ row, isClose: error < 1e-9 }).toEqual({ row, isClose: true });
    }
  }
});

test.each(golden.clustered)('the interval of several samples a task: $shares', ({ shares, expected }) => {
  const found = pair(clustered(shares));
  for (const [at, bound] of expected.entries()) expect(Math.abs((found[at] ?? 9) - bound)).toBeLessThan(1e-9);
});

test.each(golden.sampling)('noise of tasks and of samples apart: $shares', ({ samples, shares, expected }) => {
  const tallies = shares.map((share) => ({ n: samples, c: Math.round(share * samples) }));
  const found = noise(tallies, { pairs: 0, disagreeing: 0 });
  expect(Math.abs((found.tasks ?? 9) - (expected[0] ?? 0))).toBeLessThan(1e-9);
  expect(Math.abs((found.samples ?? 9) - (expected[1] ?? 0))).toBeLessThan(1e-9);
});

// It is sought to 0.01 points, on the side that is found often enough.
test.each(golden['smallest_difference'] ?? [])('%d tasks of which %d differ show a difference of %d', (...row) => {
  const [tasks = 0, differing = 0, expected = 0] = row;
  const found = (smallestDifference(tasks, differing) ?? 9) - expected;
  expect(found).toBeGreaterThanOrEqual(-1e-6);
  expect(found).toBeLessThan(1.1e-4);
});

test.each(golden.holm)("Holm's correction of %j", (ps, adjusted) => {
  for (const [at, p] of holm(ps).entries()) expect(p).toBeCloseTo(adjusted[at] ?? Number.NaN, 12);
});

test.each(golden.sign_flip)('the sign-flip test counts every choice of signs: $values', ({ values, samples, p }) => {
  expect(signFlip(values, samples)).toBeCloseTo(p, 9);
});

test('the sign-flip test of one sample a task is McNemar’s', () => {
  expect(signFlip(changes(9, 2, 13), 1)).toBeCloseTo(mcnemar(9, 2), 12);
});
