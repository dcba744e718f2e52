import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { pairedDifference, signFlip, type Tally, type TaskPair } from '../../report/paired.js';
import { smallestMeanDifference, tasksNeededByMeans } from '../../report/power.js';
import { mulberry32 } from '../../report/random.js';

/** Passes and samples of a task in either arm. */
type Counts = readonly [passesA: number, samplesA: number, passesB: number, samplesB: number];
const pairsOf = (tasks: readonly Counts[]): TaskPair[] =>
  tasks.map(([a, ofA, b, ofB], at) => ({ taskId: `t${at}`, a: { n: ofA, c: a }, b: { n: ofB, c: b } }));

function found(pairs: readonly TaskPair[]) {
  const difference = pairedDifference(pairs);
  if (difference === null) throw new Error('no difference');
  return difference;
}

const tallies: fc.Arbitrary<Tally> = fc
  .tuple(fc.integer({ min: 2, max: 20 }), fc.nat())
  .map(([n, c]) => ({ n, c: c % (n + 1) }));
const comparisons = fc.array(fc.record({ taskId: fc.constant('t'), a: tallies, b: tallies }), {
  minLength: 1,
  maxLength: 8,
});

describe('a difference of several samples a task', () => {
  test('lies in an interval with a width, has no p that signs could not come to, and turns its sign with the arms', () => {
    fc.assert(
      fc.property(comparisons, (pairs) => {
        const { value, low, high, p } = found(pairs);
        expect(low <= value + 1e-12 && value <= high + 1e-12).toBe(true);
        expect(high - low).toBeGreaterThan(1e-6);
        expect(-1 <= low && high <= 1).toBe(true);
        const differing = pairs.filter(({ a, b }) => a.c * b.n !== b.c * a.n).length;
        expect(p).toBeGreaterThanOrEqual(Math.min(1, 2 / 2 ** differing) - 1e-12);
        const back = found(pairs.map(({ taskId, a, b }) => ({ taskId, a: b, b: a })));
        expect(back.p).toBe(p);
        expect(back.value).toBeCloseTo(-value, 12);
        expect(back.low).toBeCloseTo(-high, 9);
      }),
      { numRuns: 50 },
    );
  });

  test('comes from drawing tasks, not samples', () => {
    const tasks = Array.from({ length: 30 }, (_, at): Counts => [at % 3, 4, Math.min(4, (at % 3) + (at % 4)), 4]);
    const { value, low, p, ...rest } = found(pairsOf(tasks));
    expect(rest).toMatchObject({ method: 'bootstrap', test: 'sign-flip' });
    // 1.5 of 4 samples more in the mean, in no task less.
    expect(value).toBeCloseTo(0.35, 1);
    expect(low).toBeGreaterThan(0.2);
    expect(p).toBeLessThan(1e-5);
  });

  test('is exactly 0 where gains and losses cancel out', () => {
    const rest: Counts[] = [
      [2, 5, 2, 5],
      [0, 5, 0, 5],
    ];
    expect(found(pairsOf([[0, 5, 1, 5], [3, 5, 2, 5], ...rest]))).toMatchObject({ value: 0, p: 1 });
    expect(found(pairsOf([[0, 5, 1, 5], [1, 5, 3, 5], [4, 5, 1, 5], ...rest]))).toMatchObject({ value: 0, p: 1 });
  });

  test('that is the same in every task has the interval that parts of a task gained give', () => {
    const starts = [0, 1, 2, 3, 4];
    const alike = found(pairsOf(starts.map(() => [0, 5, 1, 5])));
    // 1 / 7 -+ 1.96 sqrt((5 * 0.04 + 1) / 7 - (1 / 7)^2) / sqrt(7)
    expect(alike).toMatchObject({ value: 0.2, method: 'agresti-min', p: 0.0625 });
    expect(alike.low).toBeCloseTo(-0.145026, 6);
    expect(alike.high).toBeCloseTo(0.430741, 6);
    expect(found(pairsOf(starts.map((c) => [c, 5, c + 1, 5])))).toEqual(alike);
    expect(found(pairsOf(starts.map((c) => [c, 5, 2 * c + 2, 10])))).toEqual(alike);
  });

  test('has an exact p where arms have other numbers of samples in every task', () => {
    const samples = [12, 20, 16, 13, 13, 20];
    expect(found(pairsOf(samples.map((n) => [2, n, 12, 20]))).p).toBeCloseTo(2 / 2 ** 6, 12);
    expect(found(pairsOf(samples.map((n) => [12, 20, 2, n]))).p).toBeCloseTo(2 / 2 ** 6, 12);
  });
});

describe('what a number of tasks can show of several samples each', () => {
  const SAMPLES = 5;

  /** Variance of a task's difference, where its samples pass with any chance p from 0 to 1 - gain, and then with p + gain. */
  const varianceOf = (gain: number): number => (1 - gain - (2 / 3) * (1 - gain) ** 2) / SAMPLES;

  /** The gain that so many tasks show, if it is as they say. */
  function shown(tasks: number): number {
    let gain = 0.3;
    for (let step = 0; step < 12; step += 1) gain = smallestMeanDifference(tasks, varianceOf(gain)) ?? Number.NaN;
    return gain;
  }

  function power(tasks: number, gain: number, experiments: number): number {
    const random = mulberry32(tasks);
    const passed = (p: number): number => Array.from({ length: SAMPLES }, random).filter((one) => one < p).length;
    const isFound = (): boolean => {
      const differences = Array.from({ length: tasks }, () => {
        const p = random() * (1 - gain);
        return (passed(p + gain) - passed(p)) / SAMPLES;
      });
      return signFlip(differences, SAMPLES) < 0.05;
    };
    return Array.from({ length: experiments }, isFound).filter(Boolean).length / experiments;
  }

  test.each([6, 12, 20, 50])('is found by the sign-flip test in 80 %% of experiments: %d tasks', (tasks) => {
    const share = power(tasks, shown(tasks), 600);
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.92);
  });

  test('is nothing for five tasks, however many samples: signs come to p = 2 / 2^5 at the least', () => {
    expect(smallestMeanDifference(5, 0.001)).toBeNull();
    expect(tasksNeededByMeans(0.001, 1)).toBe(6);
  });

  test('is a difference that can be, however much tasks vary', () => {
    expect(smallestMeanDifference(6, 1)).toBeLessThan(1);
    expect(smallestMeanDifference(20, 1)).toBeLessThan(smallestMeanDifference(12, 1) ?? 0);
  });
});
