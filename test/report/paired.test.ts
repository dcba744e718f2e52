import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { noise } from '../../report/noise.js';
import { agrestiMin, holm, pairedDifference, type TaskPair } from '../../report/paired.js';
import { mcnemarPower, smallestDifference, tasksNeeded } from '../../report/power.js';

const single = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 60 });
const pairsOf = (passes: readonly (readonly [boolean, boolean])[]): TaskPair[] =>
  passes.map(([a, b], at) => ({ taskId: `t${at}`, a: { n: 1, c: Number(a) }, b: { n: 1, c: Number(b) } }));
const swapped = (pairs: readonly TaskPair[]): TaskPair[] => pairs.map(({ taskId, a, b }) => ({ taskId, a: b, b: a }));

describe('a paired difference', () => {
  test('turns its sign when the arms are swapped, and lies in its interval', () => {
    fc.assert(
      fc.property(single, (passes) => {
        const pairs = pairsOf(passes);
        const [there, back] = [pairedDifference(pairs), pairedDifference(swapped(pairs))];
        if (there === null || back === null) throw new Error('no difference');
        expect(back.value).toBeCloseTo(-there.value, 12);
        expect(back.low).toBeCloseTo(-there.high, 9);
        expect(back.p).toBeCloseTo(there.p, 12);
        expect(there.low <= there.value + 1e-12 && there.value <= there.high + 1e-12).toBe(true);
      }),
    );
  });

  test('of arms that never differ is 0, with p = 1 and a width', () => {
    const same = pairedDifference(pairsOf(Array.from({ length: 20 }, () => [true, true] as const)));
    expect(same).toMatchObject({ value: 0, p: 1 });
    expect((same?.high ?? 0) - (same?.low ?? 0)).toBeGreaterThan(0.1);
    expect(pairedDifference([])).toBeNull();
  });
});

test("Agresti and Min's interval by hand: 11 gained and 2 lost of 164", () => {
  const { low, high } = agrestiMin(Array.from({ length: 164 }, (_, at) => Number(at < 11) - Number(at >= 162)));
  // (11.5 - 2.5) / 166 -+ 1.96 sqrt((11.5 + 2.5) / 166 - (9 / 166)^2) / sqrt(166)
  expect(low).toBeCloseTo(0.010816, 6);
  expect(high).toBeCloseTo(0.097618, 6);
});

test("Holm's p values keep the order, never fall below the raw ones, and are 1 at most", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
      const adjusted = holm(ps);
      ps.forEach((p, at) => {
        expect(adjusted[at]).toBeGreaterThanOrEqual(p);
        expect(adjusted[at]).toBeLessThanOrEqual(1);
        ps.forEach((q, other) => {
          if (p < q) expect(adjusted[at] ?? 2).toBeLessThanOrEqual(adjusted[other] ?? -1);
        });
      });
    }),
  );
});

describe('what a number of tasks can show of one sample each', () => {
  test('is found in 80 % of experiments, and shrinks with more tasks', () => {
    let before = 1;
    for (const tasks of [20, 50, 164, 500]) {
      const smallest = smallestDifference(tasks, 0.15) ?? Number.NaN;
      expect(mcnemarPower(tasks, Math.max(0.15, smallest), smallest)).toBeGreaterThanOrEqual(0.8);
      expect(mcnemarPower(tasks, Math.max(0.15, smallest - 0.002), smallest - 0.002)).toBeLessThan(0.8);
      expect(smallest).toBeLessThan(before);
      before = smallest;
    }
  });

  test('is nothing for five tasks: McNemar’s test needs six that differ', () => {
    expect(smallestDifference(5, 0.5)).toBeNull();
    expect(smallestDifference(6, 0.5)).not.toBeNull();
  });

  test('agrees with the tasks that a difference needs', () => {
    const needed = tasksNeeded(0.15, 0.08);
    expect(mcnemarPower(needed, 0.15, 0.08)).toBeGreaterThan(0.74);
    expect(mcnemarPower(needed, 0.15, 0.08)).toBeLessThan(0.82);
  });
});

describe('noise', () => {
  test('of samples is seen only where tasks have several, and is less than that of tasks', () => {
    const tallies = [0, 1, 2, 3, 4, 4, 0, 2].map((c) => ({ n: 4, c }));
    const { tasks, samples, flake } = noise(tallies, { pairs: 0, disagreeing: 0 });
    expect(samples).toBeGreaterThan(0);
    expect(samples ?? 1).toBeLessThan(tasks ?? 0);
    expect(flake).toBeNull();
    expect(noise([{ n: 1, c: 1 }, { n: 1, c: 0 }], { pairs: 0, disagreeing: 0 }).samples).toBeNull(); // prettier-ignore
  });

  test('of reruns comes from programs that ran twice', () => {
    const { flake, reruns } = noise([{ n: 1, c: 1 }, { n: 1, c: 0 }], { pairs: 100, disagreeing: 1 }); // prettier-ignore
    expect(flake).toMatchObject({ pairs: 100, disagreeing: 1 });
    expect(flake?.high).toBeCloseTo(0.0545, 3);
    expect(reruns).toBeCloseTo(1.96 * Math.sqrt(0.0545 / 2 / 2), 3);
  });
});
