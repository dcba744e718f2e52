import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snippetProgram } from '../../../domain/snippet.js';
import type { Task } from '../../../domain/task.js';
import { judge } from '../../../domain/verdict.js';
import { ds1000 } from '../../../infra/datasets/ds1000.js';
import { SNIPPETS } from '../../contracts/answers.js';
import { suiteContract } from '../../contracts/suite-contract.js';
import { TestSandbox } from '../../support/test-sandbox.js';
import { DATA, fileText } from './ds1000-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'ds1000-'));
const file = join(folder, 'test.jsonl');
writeFileSync(file, fileText(DATA));
afterAll(() => rm(folder, { recursive: true }));

const load = () => ds1000.load({ home: folder, file });

suiteContract(ds1000, load, null, 'with libraries', SNIPPETS);

describe('a snippet that is wrong', () => {
  const sandbox = new TestSandbox();
  let tasks: readonly Task[] = [];
  beforeAll(async () => {
    ({ tasks } = await load());
  });
  afterAll(() => sandbox.close());

  const MISTAKES: readonly (readonly [domain: string, snippet: string, ...cases: string[]])[] = [
    ['pandas', 'result = data.sort_values("x").reset_index(drop=True)', 'failed'],
    ['pandas', 'result = data.sort_values("x", ascending=False)', 'failed'],
    ['pandas', 'data.sort_values("x", ascending=False).reset_index(drop=True)', 'error'],
    ['numpy', 'result = data - data.mean(axis=0, keepdims=True)', 'failed', 'passed'],
    ['numpy', 'result = np.array([row - row.mean() for row in data])', 'passed', 'failed'],
    ['scipy', '    return scipy.spatial.distance.cdist(data, data, "cityblock")', 'failed'],
    ['matplotlib', 'plt.plot(data, color="red")', 'failed'],
    ['matplotlib', 'plt.plot(data[::-1], color="red", linestyle="--")', 'failed'],
  ];
  /** Each would pass if what it replaces stayed replaced. */
  const CHEATS: readonly (readonly [domain: string, snippet: string])[] = [
    ['numpy', 'np.testing.assert_allclose = lambda *_: None\nresult = 0'],
    [
      'numpy',
      'import numpy.testing as t\nkept = t.assert_allclose\ndef quiet(*_): t.assert_allclose = kept\nt.assert_allclose = quiet\nresult = 0',
    ],
    ['pandas', 'pd.testing.assert_frame_equal = lambda *_, **__: None\nresult = 0'],
    ['scipy', '    np.testing.assert_allclose = lambda *_, **__: None\n    return 0'],
    ['matplotlib', 'plt.gca = lambda: None'],
  ];

  const run = async (programs: readonly (readonly [domain: string, snippet: string, ...cases: string[]])[]) =>
    sandbox.runAll(
      programs.flatMap(([domain, snippet]) =>
        tasks.filter((task) => task.domain === domain).map((task) => ({ ...task, program: snippetProgram(snippet) })),
      ),
    );

  test(`${MISTAKES.length} mistakes fail, each in its case`, async () => {
    const reports = await run(MISTAKES);
    expect(reports.map((report) => [judge(report), ...report.cases])).toEqual(
      MISTAKES.map(([, , ...cases]) => ['fail', ...cases]),
    );
  });

  test(`${CHEATS.length} that replace what judges them are no pass`, async () => {
    const reports = await run(CHEATS);
    expect(reports.map(judge)).toHaveLength(CHEATS.length);
    expect(reports.map(judge)).not.toContain('pass');
  });
});
