import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../domain/verdict.js';
import { armsOf, contestsBetween, contestsWithin } from '../../report/arms.js';
import { compare } from '../../report/compare.js';
import { comparisonDocument } from '../../report/comparison-document.js';
import { renderComparison } from '../../report/render-comparison.js';
import { makeResult } from '../infra/store/results.js';

const react = { id: 'react', rounds: 3, feedback: 'tests' } as const;
const direct = { id: 'direct', rounds: 1, feedback: 'none' } as const;
const context = { warnings: [], uiUrl: 'http://127.0.0.1:1', flips: 10 };

/** Results of `direct` and of `react` by task: "p" pass, "f" fail, "u" unscored. */
function sweepOf(verdicts: { direct: string; react: string }, sweepId = 'demo') {
  const named: Record<string, Verdict> = { p: 'pass', f: 'fail', u: 'unscored' };
  const of = (strategy: typeof react | typeof direct, signs: string) =>
    signs
      .split('')
      .map((sign, at) =>
        makeResult(
          { sweepId, taskId: `t${String(at).padStart(3, '0')}`, strategy },
          { verdict: named[sign] ?? 'fail', errorClass: sign === 'p' ? 'none' : 'assertion' },
        ),
      );
  return [...of(direct, verdicts.direct), ...of(react, verdicts.react)];
}

const within = (verdicts: { direct: string; react: string }) =>
  compare(contestsWithin(armsOf('demo', sweepOf(verdicts)), 'strategy', null));

describe('a comparison within a sweep', () => {
  test('says which is better, by how much and how sure, over tasks judged in both', () => {
    const [result] = within({ direct: `${'f'.repeat(12)}ppppppppu`, react: `${'p'.repeat(12)}pppppppfp` });
    expect(result).toMatchObject({ tasks: 20, unscored: ['t020'] });
    const text = renderComparison(result === undefined ? [] : [result], context);
    expect(text.split('\n').slice(0, 5)).toEqual([
      'starter, m, demo: 20 tasks judged in all of these',
      '                   pass@1  points  95 % interval      p  p (Holm)  gained  lost  tokens',
      '  direct           40.0 %                                                         3,000',
      '  react x3, tests  95.0 %   +55.0   [24.0, 76.0]  0.003     0.003      12     1   3,000',
      'react x3, tests is better than direct by +55.0 points (p 0.003).',
    ]);
    expect(text).toContain('1 tasks went unscored in one of them and were dropped for all: t020.');
    expect(text).toContain(
      'Over all cells, where unscored ones count as no pass: direct 38.1 %, react x3, tests 95.2 %',
    );
    expect(text).toMatch(
      /Flips of react x3, tests, and its cell:\n {2}lost +t019 +pass -> assertion +demo\/starter\/t019\/m\/react\/0\n {2}gained +t000 +assertion -> pass/,
    );
  });

  test('that shows nothing says what would', () => {
    const [result] = within({ direct: `ff${'p'.repeat(18)}`, react: `pf${'p'.repeat(18)}` });
    const text = renderComparison(result === undefined ? [] : [result], context);
    expect(text).toContain('No difference between react x3, tests and direct is shown');
    expect(text).toMatch(
      /20 tasks show \d+\.\d points or more in 4 of 5 experiments\. To show what was seen, run about [\d,]+ tasks/,
    );
  });

  test('takes a baseline by the strategy’s name, and refuses one that is not there', () => {
    const arms = armsOf('demo', sweepOf({ direct: 'pf', react: 'pp' }));
    expect(contestsWithin(arms, 'strategy', 'react')[0]?.baseline.strategy).toBe('react x3, tests');
    expect(contestsWithin(arms, 'strategy', 'codergen')).toEqual([]);
  });
});

describe('a comparison of sweeps', () => {
  test('pairs equal arms, and then the only ones left', () => {
    const first = armsOf('a', sweepOf({ direct: 'pf', react: 'pp' }));
    const second = armsOf('b', sweepOf({ direct: 'ff', react: 'pp' }));
    const names = contestsBetween(first, [second]).map(({ baseline, rivals }) => [
      baseline.strategy,
      rivals[0]?.strategy,
    ]);
    expect(names).toEqual([
      ['direct', 'direct'],
      ['react x3, tests', 'react x3, tests'],
    ]);
    const onlyDirect = first.filter(({ strategy }) => strategy === 'direct');
    const onlyReact = second.filter(({ strategy }) => strategy !== 'direct');
    expect(contestsBetween(onlyDirect, [onlyReact])[0]?.rivals[0]?.strategy).toBe('react x3, tests');
    expect(contestsBetween(onlyDirect, [[]])).toEqual([]);
  });

  test('counts Holm over every duel, and links to both cells of a flip', () => {
    const sweeps = ['pppppppp', 'ffffffff', 'pppppppf'].map((signs, at) =>
      armsOf(`s${at}`, sweepOf({ direct: signs, react: '' }, `s${at}`)),
    );
    const results = compare(contestsBetween(sweeps[0] ?? [], sweeps.slice(1)));
    const ps = results.flatMap(({ duels }) => duels.map(({ difference, holm }) => [difference?.p, holm]));
    const exact = [2 / 256, 4 / 256, 1, 1];
    ps.flat().forEach((p, at) => expect(p).toBeCloseTo(exact[at] ?? -1, 12));
    const document = comparisonDocument(results, context) as {
      comparisons: { rivals: { flips: { task_id: string; from: { urls: string[] }; to: { urls: string[] } }[] }[] }[];
    };
    expect(document.comparisons[0]?.rivals[1]?.flips).toMatchObject([
      {
        task_id: 't007',
        gained: false,
        from: { urls: ['http://127.0.0.1:1/namespaces/default/workflows/s0%2Fstarter%2Ft007%2Fm%2Fdirect%2F0'] },
        to: { error_classes: ['assertion'], cells: ['s2/starter/t007/m/direct/0'] },
      },
    ]);
  });

  test('says what is not the same: tasks and environments', () => {
    const a = sweepOf({ direct: 'pp', react: '' });
    const b = a.map((one) => ({ ...one, cell: { ...one.cell, taskSha256: 'f'.repeat(64), environmentDigest: 'x' } }));
    const [result] = compare(contestsBetween(armsOf('a', a), [armsOf('b', b)]));
    expect(result).toMatchObject({ changed: ['t000', 't001'], environments: ['python'] });
  });
});
