import { expect, test } from '@jest/globals';
import { armsOf } from '../../../report/arms.js';
import { breakdownOf, tallyArm } from '../../../report/breakdown.js';
import { pageFigures } from '../../../report/page/figures.js';
import { summarise } from '../../support/summarise.js';
import { lost, resultsOf, withoutLastRun } from '../../support/made-up-results.js';

const results = resultsOf((text) => text);
const figuresOf = (of: typeof results) =>
  pageFigures({ sweepId: 'sweep', planned: 9, version: '0', limited: [], results: of });
const figures = figuresOf(results);

test('the figures are those of the report', () => {
  const { groups } = summarise('sweep', results);
  expect(figures.arms.map(({ passAt }) => passAt[0])).toEqual(groups.map((group) => group['pass@1']?.all));
  expect(figures.arms.map(({ ofJudged }) => ofJudged)).toEqual(groups.map((group) => group['pass@1']?.judged));
  const breakdowns = armsOf('sweep', results).map((arm) => breakdownOf('sweep', tallyArm(arm)));
  expect(figures.arms.map(({ domains, rounds }) => ({ domains, rounds }))).toEqual(
    breakdowns.map(({ domains, repair }) => ({ domains, rounds: repair.rounds })),
  );
  expect(figures.sweep).toMatchObject({ planned: 9, finished: 4, samples: 1, startedAt: 0, endedAt: 1_000 });
});

test('each task has its judged cells and passes in each arm, and arms their difference to the first', () => {
  expect(figures.tasks.map(({ id }) => id)).toEqual(['one', 'two']);
  expect(figures.arms.map(({ grid }) => grid)).toEqual([
    [
      [1, 1],
      [1, 0],
    ],
    [
      [1, 1],
      [1, 1],
    ],
  ]);
  expect(figures.arms.map(({ against }) => against?.value ?? null)).toEqual([null, 0.5]);
  expect(figures.findings).toHaveLength(1);
});

test('what a round came to and turned into adds up to its cells', () => {
  const [arm] = armsOf('sweep', results).filter(({ strategy }) => strategy.startsWith('react'));
  const { rounds, outcomes, flows } = breakdownOf('sweep', tallyArm(arm ?? ({} as never))).repair;
  for (const { round, cells } of rounds) {
    expect(outcomes.filter((each) => each.round === round).reduce((total, each) => total + each.cells, 0)).toBe(cells);
  }
  expect(flows).toEqual([{ round: 2, from: 'assertion', to: 'none', cells: 1 }]);
});

test('a program that never ran came to nothing, and no error turned into it', () => {
  const cut = results.map((result) =>
    result.attempts.length === 2 ? lost(result, withoutLastRun(result.attempts)) : result,
  );
  const [, react] = figuresOf(cut).arms;
  expect(react?.rounds.map(({ cells }) => cells)).toEqual([2, 1]);
  expect(react?.outcomes).toEqual([
    { round: 1, errorClass: 'assertion', cells: 1 },
    { round: 1, errorClass: 'none', cells: 1 },
  ]);
  expect(react?.flows).toEqual([]);
});

test('an arm is a baseline where others are told against it, also where they share no judged task', () => {
  const of = (model: string, strategies: readonly string[], tasks: readonly string[]) =>
    results
      .filter(({ cell }) => strategies.includes(cell.strategy.id))
      .map((result) => {
        const cell = { ...result.cell, model, cellId: `${model}/${result.cell.cellId}` };
        return tasks.includes(cell.taskId) ? { ...result, cell } : lost({ ...result, cell });
      });
  const { arms } = figuresOf([
    ...of('alone', ['direct'], ['one', 'two']),
    ...of('apart', ['direct'], ['one']),
    ...of('apart', ['react'], ['two']),
    ...of('shared', ['direct', 'react'], ['one', 'two']),
  ]);
  expect(arms.map(({ model, isBaseline, against }) => [model, isBaseline, against?.value ?? null])).toEqual([
    ['alone', false, null],
    ['apart', true, null],
    ['apart', false, null],
    ['shared', true, null],
    ['shared', false, 0.5],
  ]);
});
