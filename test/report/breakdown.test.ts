import { expect, test } from '@jest/globals';
import { cellFacts } from '../../domain/cell-facts.js';
import { SweepTally } from '../../report/arm-tally.js';
import { armsOf, byName } from '../../report/arms.js';
import { breakdownOf, tallyArm } from '../../report/breakdown.js';
import { syntheticCells } from '../support/synthetic-sweep.js';

test('arms that are tallied side by side say the same as each by itself', () => {
  const results = syntheticCells('demo', 0, 400, 200);
  const tally = new SweepTally();
  for (const result of results) tally.add(cellFacts(result));
  const together = tally.arms().map((arm) => breakdownOf('demo', arm));
  const apart = armsOf('demo', results).map((arm) => ({
    ...breakdownOf('demo', tallyArm(arm)),
    arm: { ...arm, results: undefined },
  }));
  expect(together.toSorted((a, b) => byName(a.arm, b.arm))).toEqual(apart);
  expect(apart).toHaveLength(20);
  expect(apart.some(({ repair }) => repair.rounds.length === 3 && repair.followed > 0)).toBe(true);
  expect(apart.every(({ repair, domains }) => repair.outcomes.length > 1 && domains.length > 1)).toBe(true);
});
