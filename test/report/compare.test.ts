import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../domain/verdict.js';
import { armsOf, contestsBetween, contestsWithin } from '../../report/arms.js';
import { compare } from '../../report/compare.js';
import { comparisonDocument } from '../../report/comparison-document.js';
import { renderComparison } from '../../report/render-comparison.js';
import { makeResult } from '../infra/store/results.js';

const react = { id: 'react', rounds: 3, feedback: 'tests' } as const;
const direct = { id: 'direct', rounds: 1, feedback: 'none' } as const;
const context = { warnings: [], uiUrl: 'http://127.0.0.1:1', isUp: true, flips: null, limited: [] };

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
    expect(text.split('\n').slice(0, 6)).toEqual([
      'starter, m, demo: 20 tasks judged in all of these',
      'react x3, tests is better than direct by 55.0 points (95 % interval +24.0 to +76.0); p 0.003.',
      '',
      '                   pass@1  points  95 % interval      p  gained  lost  tokens',
      '  direct           40.0 %                                               3,000',
      '  react x3, tests  95.0 %   +55.0   [24.0, 76.0]  0.003      12     1   3,000',
    ]);
    expect(text).toContain('1 task went unscored in one of them and was dropped for all: t020.');
    expect(text).toContain(
      'Over all cells, where unscored ones count as no pass: direct 38.1 %, react x3, tests 95.2 %',
    );
    expect(text).toMatch(
      /Flips of react x3, tests, and its cell in the UI:\n {2}lost +t019 +pass -> assertion +http:\/\/127.0.0.1:1\/\S+\/demo%2Fstarter%2Ft019%2Fm%2Freact%2F0\n {2}gained +t000 +assertion -> pass/,
    );
  });

  test('that shows nothing says what would', () => {
    const [result] = within({ direct: `ff${'p'.repeat(18)}`, react: `pf${'p'.repeat(18)}` });
    const text = renderComparison(result === undefined ? [] : [result], context);
    expect(text.replaceAll('\n', ' ')).toMatch(
      /No difference is shown\. react x3, tests is ahead of direct by 5\.0 points \(95 % interval -\d+\.\d to \+\d+\.\d\), but were they equal, every comparison would look like this; p 1\.000\. To know more: 20 tasks show \d+\.\d points or more in 4 of 5 experiments\. To show what was seen, run the same under another name \(--name\) with about [\d,]+ tasks like these \(another suite\), or with samples: 5/,
    );
    const limited = renderComparison(result === undefined ? [] : [result], { ...context, limited: ['starter'] });
    expect(limited.replaceAll('\n', ' ')).toContain('tasks like these (a higher limit of the suite)');
  });

  test('whose interval and test do not agree says which of them decides', () => {
    const [result] = within({ direct: 'ffffppppppp', react: 'ppppppppppp' });
    const text = renderComparison(result === undefined ? [] : [result], context).replaceAll('\n', ' ');
    expect(text).toContain('1 comparison in 8 would look like this; p 0.125.');
    expect(text).toContain('The interval leaves out 0; with so few flips the exact test decides.');
  });

  test('that is worse is told from the side of the better, with the interval turned round', () => {
    const [result] = within({ direct: 'p'.repeat(20), react: `${'f'.repeat(12)}${'p'.repeat(8)}` });
    const [, sentence] = renderComparison(result === undefined ? [] : [result], context).split('\n');
    const { low = 0, high = 0 } = result?.duels[0]?.difference ?? {};
    expect(sentence).toBe(
      `direct is better than react x3, tests by 60.0 points (95 % interval +${(-100 * high).toFixed(1)} to +${(-100 * low).toFixed(1)}); p <0.001.`,
    );
  });

  test('fits on a screen, however much has changed', () => {
    const [result] = within({ direct: 'f'.repeat(500), react: 'p'.repeat(500) });
    const lines = renderComparison(result === undefined ? [] : [result], context).split('\n');
    expect(lines.length).toBeLessThan(24);
    expect(lines.at(-1)).toContain('and 490 more (--flips 500, or --json)');
  });

  test('takes a baseline by the strategy’s name, and refuses one that is not there', () => {
    const arms = armsOf('demo', sweepOf({ direct: 'pf', react: 'pp' }));
    expect(contestsWithin(arms, 'strategy', 'react')[0]?.baseline.strategy).toBe('react x3, tests');
    expect(contestsWithin(arms, 'strategy', 'codergen')).toEqual([]);
  });
});

describe('a comparison of several samples a task', () => {
  /** Of five samples (or so many) of each task, how many pass. */
  function withSamples(passes: { direct: readonly number[]; react: readonly number[] }, samples = 5) {
    const numbers = Array.from({ length: samples }, (_, at) => at);
    const signs = (of: readonly number[], sample: number): string => of.map((c) => (sample < c ? 'p' : 'f')).join('');
    const results = numbers.flatMap((sample) =>
      sweepOf({ direct: signs(passes.direct, sample), react: signs(passes.react, sample) }).map((result) => ({
        ...result,
        cell: { ...result.cell, sample },
      })),
    );
    return compare(contestsWithin(armsOf('demo', results), 'strategy', null));
  }
  const textOf = (results: ReturnType<typeof withSamples>): string =>
    renderComparison(results, context).replaceAll('\n', ' ');

  test('came to the same where gains and losses cancel out, and needs no tasks to show it', () => {
    const results = withSamples({ direct: [0, 1, 4, 2, 5, 0, 1], react: [1, 3, 1, 2, 5, 0, 1] });
    expect(results[0]?.duels[0]).toMatchObject({ tasksNeeded: null, samplesNeeded: null });
    expect(textOf(results)).toMatch(
      /came to the same \(95 % interval -\d+\.\d to \+\d+\.\d\)\. To know more: 7 tasks show \d+\.\d points or more in 4 of 5 experiments\. /,
    );
  });

  test('of five tasks can show nothing, with any number of samples', () => {
    const results = withSamples({ direct: [0, 1, 0, 2, 1], react: [3, 4, 4, 5, 3] });
    expect(results[0]?.duels[0]).toMatchObject({ smallest: null, samplesNeeded: null });
    expect(textOf(results)).toMatch(
      /5 tasks can show no difference at all\. .* with about \d+ tasks like these \(another suite\)\./,
    );
    expect(textOf(within({ direct: 'fffff', react: 'ppppf' }))).toMatch(/tasks like these \(another suite\)\./);
  });

  test('whose samples all come out alike can show what one sample of each task can', () => {
    const [direct, react] = ['ffffppppppp', 'ppfppppppfp'];
    const passes = (signs: string): number[] => signs.split('').map((sign) => (sign === 'p' ? 5 : 0));
    const [alike] = withSamples({ direct: passes(direct), react: passes(react) });
    const { smallest, tasksNeeded } = within({ direct, react })[0]?.duels[0] ?? {};
    expect(alike?.duels[0]).toMatchObject({ smallest, tasksNeeded, samplesNeeded: null });
  });

  test('says how many samples would show it where the noise of samples hides it', () => {
    const direct = [1, 0, 2, 1, 0, 2, 1, 1, 0, 2, 1, 0];
    const react = [2, 1, 1, 2, 1, 1, 0, 2, 1, 2, 2, 1];
    const { smallest, tasksNeeded, samplesNeeded, difference } = withSamples({ direct, react }, 2)[0]?.duels[0] ?? {};
    expect(smallest).toBeGreaterThan(difference?.value ?? 1);
    // With the difference d of 5 / 24 and the variance (2.75 - 12 d^2) / 11 = 0.203: ((1.96 sqrt(0.203 + d^2) + 0.842 sqrt(0.203)) / d)^2.
    expect(tasksNeeded).toBe(43);
    // 12 tasks show d with a variance of 0.87 d^2; one sample of each brings 0.458, and all of the variance is theirs.
    expect(samplesNeeded).toBe(13);
  });

  test('whose interval holds 0 where the test finds a difference says which of them decides', () => {
    expect(textOf(withSamples({ direct: [0, 1, 2, 3, 4, 0], react: [1, 2, 3, 4, 5, 1] }))).toContain(
      'is better than direct by 20.0 points (95 % interval -10.2 to +40.2); p 0.031. The interval holds 0; the exact test decides.',
    );
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
