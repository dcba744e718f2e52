import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { bootstrap, clopperPearson, clustered, estimate, passAtK, wilson } from '../../report/statistics.js';

/** Share of the k-subsets of n samples, the first c of which pass, that hold a pass: by counting all of them. */
function enumerated(n: number, c: number, k: number): number {
  let [subsets, withPass] = [0, 0];
  for (let subset = 0; subset < 2 ** n; subset += 1) {
    const members = Array.from({ length: n }, (_, index) => index).filter((index) => (subset & (1 << index)) !== 0);
    if (members.length !== k) continue;
    subsets += 1;
    if (members.some((index) => index < c)) withPass += 1;
  }
  return withPass / subsets;
}

const tallies = fc
  .tuple(fc.integer({ min: 1, max: 10 }), fc.nat(), fc.nat())
  .map(([n, c, k]) => ({ n, c: c % (n + 1), k: 1 + (k % n) }));

describe('pass@k', () => {
  test('is the share of k-subsets with a pass', () => {
    fc.assert(fc.property(tallies, ({ n, c, k }) => expect(passAtK(n, c, k)).toBeCloseTo(enumerated(n, c, k), 12)));
  });

  test('of one sample is the share of passes, and grows with k', () => {
    fc.assert(
      fc.property(tallies, ({ n, c, k }) => {
        expect(passAtK(n, c, 1)).toBeCloseTo(c / n, 12);
        if (k > 1) expect(passAtK(n, c, k)).toBeGreaterThanOrEqual(passAtK(n, c, k - 1) - 1e-12);
      }),
    );
  });

  test('does not overflow with many samples', () => {
    expect(passAtK(100_000, 1, 10)).toBeCloseTo(1e-4, 10);
    expect(passAtK(2_000, 1_000, 1_000)).toBeCloseTo(1, 12);
  });
});

describe("Wilson's interval", () => {
  test('lies in [0, 1], holds the share, and mirrors it', () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 1_000_000 }), (p, n) => {
        const { low, high } = wilson(p, n);
        expect(0 <= low && low <= p && p <= high && high <= 1 && low < high).toBe(true);
        const mirrored = wilson(1 - p, n);
        expect(mirrored.low).toBeCloseTo(1 - high, 9);
      }),
    );
  });

  test('narrows with more trials', () => {
    const width = (n: number): number => wilson(0.5, n).high - wilson(0.5, n).low;
    expect(width(400)).toBeLessThan(width(100));
  });

  test('gives published values', () => {
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I: 81/263, 15/148, 0/20, 1/29.
    const published = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [c, n, low, high] of published) {
      expect(wilson(c / n, n).low).toBeCloseTo(low, 4);
      expect(wilson(c / n, n).high).toBeCloseTo(high, 4);
    }
  });
});

describe('the bootstrap', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

  test('is the same every time and lies within the values', () => {
    fc.assert(
      fc.property(values, (values) => {
        const interval = bootstrap(values);
        expect(bootstrap(values)).toEqual(interval);
        expect(interval.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
        expect(interval.high).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
      }),
      { numRuns: 30 },
    );
  });

  test("is close to the normal interval of the mean's standard error where there are many tasks", () => {
    const many = Array.from({ length: 400 }, (_, index) => (index % 5) / 4);
    const mean = 0.5;
    const variance = many.reduce((total, value) => total + (value - mean) ** 2, 0) / many.length;
    const halfWidth = 1.96 * Math.sqrt(variance / many.length);
    const { low, high } = bootstrap(many);
    expect(Math.abs(low - (mean - halfWidth))).toBeLessThan(0.005);
    expect(Math.abs(high - (mean + halfWidth))).toBeLessThan(0.005);
  });
});

describe('the interval for clustered samples', () => {
  test("is Wilson's with Student's quantile where each value is 0 or 1, but for n - 1", () => {
    const values = Array.from({ length: 400 }, (_, index) => Number(index % 4 > 0));
    const { low, high } = clustered(values);
    expect(low).toBeCloseTo(wilson(0.75, 400).low, 3);
    expect(high).toBeCloseTo(wilson(0.75, 400).high, 3);
  });

  test('is the narrower the less tasks differ, and never without a width', () => {
    const width = (values: number[]): number => clustered(values).high - clustered(values).low;
    expect(width([0.4, 0.6, 0.4, 0.6, 0.5])).toBeLessThan(width([0, 1, 0, 1, 0.5]));
    expect(width([1, 1, 1])).toBeGreaterThan(0.1);
    expect(width([0.5])).toBeGreaterThan(0.1);
  });
});

describe('an estimate', () => {
  test("is Wilson's for one sample a task, with Clopper and Pearson's beside it; clustered for more", () => {
    expect(estimate([1, 0, 1, 1], true)).toEqual({
      value: 0.75,
      ...wilson(0.75, 4),
      method: 'wilson',
      tasks: 4,
      exact: clopperPearson(3, 4),
    });
    const values = [1, 0.5, 0, 1];
    const several = { value: 0.625, ...clustered(values), method: 'clustered', tasks: 4, bootstrap: bootstrap(values) };
    expect(estimate(values, false)).toEqual(several);
  });

  test('over no task is no number', () => {
    expect(estimate([], true)).toEqual({ value: null, low: null, high: null, method: 'wilson', tasks: 0 });
  });
});
