import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { inParallel } from '../../infra/in-parallel.js';

test('every item has its turn once, in order, and as many run at a time as may', async () => {
  const turns = fc.array(fc.nat({ max: 3 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(turns, fc.integer({ min: 1, max: 6 }), async (items, width) => {
      const begun: number[] = [];
      let [running, most] = [0, 0];
      await inParallel(items.entries(), width, async ([at, turns]) => {
        begun.push(at);
        running += 1;
        most = Math.max(most, running);
        for (let turn = 0; turn <= turns; turn += 1) await nextTurn();
        running -= 1;
      });
      expect(begun).toEqual([...items.keys()]);
      expect([running, most]).toEqual([0, Math.min(width, items.length)]);
    }),
  );
});

test('after an error no item is begun', async () => {
  const begun: number[] = [];
  const run = inParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await nextTurn();
    if (item === 2) throw new Error('the third');
    await nextTurn();
  });
  await expect(run).rejects.toThrow('the third');
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
  expect(begun).toEqual([0, 1, 2, 3]);
});
