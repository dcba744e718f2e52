import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { clopperPearson, wilson } from '../../report/statistics.js';
import { summarise } from '../support/summarise.js';
import { makeExecution, makeGeneration, makeResult, results } from '../infra/store/results.js';

const group = (...rows: ReturnType<typeof makeResult>[]) => summarise('demo', rows).groups[0];

describe('a summary', () => {
  test('counts every verdict and keeps both denominators', () => {
    const rows = (['pass', 'pass', 'fail', 'unverified', 'unscored'] as const).map((verdict, index) =>
      makeResult({ taskId: `t${index}` }, { verdict }),
    );
    expect(group(...rows)).toMatchObject({
      suite: 'starter',
      model: 'm',
      strategy: 'direct',
      feedback: 'none',
      rounds: 1,
      cells: 5,
      judged: 4,
      pass: 2,
      fail: 1,
      unverified: 1,
      unscored: 1,
      'pass@1': {
        all: { value: 0.4, ...wilson(0.4, 5), method: 'wilson', tasks: 5, exact: clopperPearson(2, 5) },
        judged: { value: 0.5, ...wilson(0.5, 4), method: 'wilson', tasks: 4, exact: clopperPearson(2, 4) },
      },
      sr_all: { all: 0.4, judged: 0.5 },
    });
  });

  test('gives pass@k up to the number of samples, over tasks that have enough of them', () => {
    const rows = ['a', 'b', 'c'].flatMap((taskId, task) =>
      [0, 1, 2].map((sample) => makeResult({ taskId, sample }, { verdict: sample < task ? 'pass' : 'fail' })),
    );
    const full = group(...rows);
    expect(Object.keys(full ?? {}).filter((name) => name.startsWith('pass@'))).toEqual(['pass@1', 'pass@2', 'pass@3']);
    expect(full?.['pass@1']?.all.value).toBeCloseTo((0 + 1 / 3 + 2 / 3) / 3, 12);
    expect(full?.['pass@2']?.all.value).toBeCloseTo((0 + 2 / 3 + 1) / 3, 12);
    expect(full?.['pass@3']?.all).toMatchObject({ value: 2 / 3, tasks: 3, method: 'clustered' });
    const [first, ...others] = rows;
    if (first === undefined) throw new Error('no row');
    const short = group({ ...first, verdict: 'unscored' }, ...others);
    expect(short?.['pass@3']?.judged).toMatchObject({ value: 1, tasks: 2 });
  });

  test('counts a case that passed in a failed run, but not in an unverified one or in an earlier attempt', () => {
    const failing = makeExecution({ verdict: 'fail', casesPassed: 1 });
    const attempt = { attempt: 1, generation: makeGeneration(), executions: [failing] };
    const noCode = { attempt: 2, generation: makeGeneration({ programSha256: null }), executions: [] };
    const rows = [
      makeResult({ taskId: 'a' }, { verdict: 'fail', attempts: [attempt] }),
      makeResult({ taskId: 'b' }, { verdict: 'unverified', attempts: [attempt] }),
      makeResult({ taskId: 'c' }, { verdict: 'fail', attempts: [attempt, noCode] }),
      makeResult({ taskId: 'd' }, { verdict: 'fail', attempts: [] }),
    ];
    expect(group(...rows)).toMatchObject({ sr_any: { all: 0.25, judged: 0.25 }, sr_all: { all: 0, judged: 0 } });
  });

  test('adds up tokens, money and time over every attempt, and measures the last programs alone', () => {
    const attempts = [1, 2].map((attempt) => ({
      attempt,
      generation: makeGeneration({ codeLines: attempt * 10, codeTokens: attempt * 100 }),
      executions: [makeExecution()],
    }));
    const rows = [
      makeResult({ taskId: 'a' }, { attempts, startedAt: 1_000, finishedAt: 5_000 }),
      makeResult({ taskId: 'b' }, { verdict: 'unscored', startedAt: 2_000, finishedAt: 9_500 }),
    ];
    expect(group(...rows)).toMatchObject({
      cl: 20,
      ct: 200,
      tokens: { prompt: 200, completion: 100 },
      cost: 0.02,
      seconds: { generate: 2, execute: 0.4, wall: 8.5 },
    });
  });

  test('has no number where there is nothing to divide by', () => {
    expect(group(makeResult({}, { verdict: 'unscored' }))).toMatchObject({
      judged: 0,
      cl: null,
      ct: null,
      sr_all: { all: 0, judged: null },
      'pass@1': { all: { value: 0 }, judged: { value: null, tasks: 0 } },
    });
    expect(summarise('demo', [])).toEqual({ format: 1, sweep_id: 'demo', groups: [] });
  });

  test('keeps settings of one strategy apart, in an order of its own', () => {
    const react = (rounds: number, feedback: 'tests' | 'examples') =>
      makeResult({ strategy: { id: 'react', rounds, feedback } });
    const { groups } = summarise('demo', [react(10, 'tests'), react(3, 'tests'), makeResult(), react(3, 'examples')]);
    expect(groups.map(({ strategy, feedback, rounds }) => [strategy, feedback, rounds])).toEqual([
      ['direct', 'none', 1],
      ['react', 'examples', 3],
      ['react', 'tests', 3],
      ['react', 'tests', 10],
    ]);
  });

  test('does not depend on the order of the rows', () => {
    const fewTasks = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.constantFrom('pass', 'fail', 'unscored' as const)), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(fewTasks, fc.infiniteStream(fc.nat()), (drawn, order) => {
        const rows = drawn.map(([task, verdict], sample) =>
          makeResult({ taskId: `t${task}`, sample }, { verdict, attempts: [] }),
        );
        const shuffled = rows
          .map((row) => ({ row, key: order.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        expect(summarise('demo', shuffled)).toEqual(summarise('demo', rows));
      }),
      { numRuns: 30 },
    );
  });

  test('accounts for every row that the types allow', () => {
    fc.assert(
      fc.property(fc.array(results, { maxLength: 10 }), (rows) => {
        const { groups } = summarise('demo', rows);
        const counted = groups.flatMap(({ pass, fail, unverified, unscored }) => [pass, fail, unverified, unscored]);
        expect(counted.reduce((total, n) => total + n, 0)).toBe(rows.length);
      }),
    );
  });
});
