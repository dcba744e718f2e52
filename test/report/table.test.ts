import { describe, expect, test } from '@jest/globals';
import { summarise } from '../support/summarise.js';
import { renderTable } from '../../report/table.js';
import { makeResult } from '../infra/store/results.js';

const react = { id: 'react', rounds: 3, feedback: 'tests' } as const;
const [small, large] = ['embedded:qwen2.5-coder-0.5b', 'embedded:qwen2.5-coder-1.5b'];
const rows = ['a', 'b', 'c', 'd', 'e'].flatMap((taskId, index) => [
  makeResult({ taskId, model: small }, { verdict: index < 3 ? 'pass' : 'fail' }),
  makeResult({ taskId, model: small, strategy: react }, { verdict: index < 4 ? 'pass' : 'unscored' }),
  makeResult({ taskId, model: large }, { verdict: index < 4 ? 'pass' : 'unverified' }),
]);
const summary = summarise('demo', rows);

describe('the table', () => {
  test('shows verdicts, the interval, tokens and seconds under their headings', () => {
    expect(renderTable(summary).split('\n')).toEqual([
      '                   pass@1  95 % interval  pass  fail  unverified  unscored  tokens  seconds',
      'starter, embedded:qwen2.5-coder-0.5b',
      '  direct           60.0 %   [23.1, 88.2]     3     2           0         0     750        6',
      '  react x3, tests  80.0 %   [37.6, 96.4]     4     0           0         1     600        5',
      'starter, embedded:qwen2.5-coder-1.5b',
      '  direct           80.0 %   [37.6, 96.4]     4     0           1         0     750        6',
      '',
      'pass@1 over all cells; unverified and unscored cells never count as a pass.',
      'Seconds: model and sandbox together.',
      'starter, embedded:qwen2.5-coder-0.5b, react x3, tests: pass@1 over the 4 judged cells is 100.0 %.',
    ]);
  });

  test('calls what judged cells come to what it is: the mean over tasks, not their share', () => {
    const verdicts = { a: ['pass', 'pass'], b: ['fail', 'unscored'] } as const;
    const sampled = Object.entries(verdicts).flatMap(([taskId, of]) =>
      of.map((verdict, sample) => makeResult({ taskId, sample }, { verdict })),
    );
    expect(renderTable(summarise('demo', sampled)).split('\n').at(-1)).toBe(
      'starter, m, direct: pass@1 over the 3 judged cells is 50.0 %.',
    );
  });

  test('says how many answers held no code', () => {
    const result = makeResult({}, { verdict: 'fail', errorClass: 'no-code' });
    const attempts = result.attempts.map((one) => ({ ...one, generation: { ...one.generation, programSha256: null } }));
    const counted = summarise('demo', [{ ...result, attempts }, makeResult({ taskId: 'b' }, { verdict: 'fail' })]);
    expect(counted.groups[0]).toMatchObject({ fail: 2, no_code: 1 });
    expect(renderTable(counted)).toContain(', direct: in 1 of the failed cells the answer held no code.');
    expect(renderTable(summary)).not.toContain('held no code');
  });

  test('fits its width, with every figure whole', () => {
    const table = (width: number): string[] => renderTable(summary, width).split('\n\n')[0]?.split('\n') ?? [];
    const figures = (lines: string[]): string[][] =>
      lines.map((line) => line.match(/[\d.]+(?= %)|\b\d+(?=\s|$)/g) ?? []);
    for (const width of [71, 80, 100, 300]) {
      expect(Math.max(...table(width).map((line) => line.length))).toBeLessThanOrEqual(Math.min(width, 100));
      expect(figures(table(width).slice(2, 3))).toEqual(figures(table(100).slice(2, 3)));
    }
  });

  test('shortens a long name in its middle', () => {
    const model = `openai:${'x'.repeat(200)}-instruct`;
    const line = renderTable(summarise('demo', [makeResult({ model })])).split('\n')[1];
    expect(line).toMatch(/^starter, openai:x+…x+-instruct$/);
    expect(line).toHaveLength(100);
  });

  test('says so before the first cell', () => {
    expect(renderTable(summarise('demo', []))).toBe('No cells have finished yet.');
  });

  test('groups thousands', () => {
    const many = Array.from({ length: 1_234 }, (_, sample) => makeResult({ taskId: `t${sample}` }));
    expect(renderTable(summarise('demo', many))).toMatch(/ 1,234 +0 +0 +0 +185,100 +1,481\n/);
  });
});
