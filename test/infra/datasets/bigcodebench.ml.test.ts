import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prelude } from '../../../domain/prelude.js';
import type { Task } from '../../../domain/task.js';
import { judge } from '../../../domain/verdict.js';
import { bigcodebench, bigcodebenchInstruct } from '../../../infra/datasets/bigcodebench.js';
import { suiteContract } from '../../contracts/suite-contract.js';
import { sharedData } from '../../support/shared-data.js';
import { TestSandbox } from '../../support/test-sandbox.js';

/** References that don't pass without a network: see docs/measurement.md. */
const NEED_NETWORK = [101, 176, 734];
/** Tests that never call the function, or that a function without a body passes. */
const VACUOUS = { neverCalled: 272, passedByNothing: 59 } as const;
/** A test on random data that a reference passes nearly always. */
const FLAKY = 236;
/** More than a program of the suite needs; the first task's reference takes 8 s on an idle core. */
const LIMITS = { cpuSeconds: 60, wallSeconds: 180 };

/** A slip in the reference of a task: what stands there, and what is written in its place. */
const SLIPS: readonly (readonly [task: number, was: string, becomes: string])[] = [
  [52, 'text.lower()', 'text'],
  [120, 'for _ in range(num_days)', 'for _ in range(num_days + 1)'],
  [126, 'statistics.median(counts)', 'statistics.mean(counts)'],
  [137, 'df.columns[-1]', 'df.columns[0]'],
  [140, 'scaler.fit_transform(df[cols])', 'df[cols]'],
  [148, 'le.fit_transform(df[column_name])', 'df[column_name]'],
  [149, 'len(x))', '1)'],
  [185, 'np.random.uniform(lat_min, lat_max)', 'np.random.uniform(lon_min, lon_max)'],
  [199, '%H:%M:%S %Z', '%H:%M:%S'],
  [212, 'itemgetter(1)', 'itemgetter(0)'],
  [225, 'df.replace(dct)', 'df.copy()'],
  [241, 'preprocessing.normalize([arr])[0]', 'arr / arr.max()'],
  [264, 'scale=float(value)', 'scale=1.0'],
  [309, 'feature_range=(0, 1)', 'feature_range=(-1, 1)'],
  [311, 'np.median', 'np.mean'],
  [340, "blake3_hex.encode('utf-8')", "json_req_data.encode('utf-8')"],
  [360, 'np.std(df[column])', 'df[column].std()'],
  [384, 'random.randint(1, max_count)', 'random.randint(0, max_count)'],
  [390, 'by=sort_by_column', 'by=sort_by_column, ascending=False'],
  [420, 'errors="coerce"', 'errors="ignore"'],
  [446, 'random_state=random_seed', 'random_state=0'],
  [457, 'len(np.unique(flattened))', '10'],
  [464, 'obj.isoformat()', 'str(obj)'],
  [507, 'np.sum(column_data)', 'np.mean(column_data)'],
  [508, 'file1_hash == file2_hash', 'file_path1 == file_path2'],
  [538, 'numerical_columns.remove("id")', 'pass'],
  [614, 'penalties.get(team, 0)', 'goals.get(team, 0)'],
  [642, 'sha256', 'md5'],
  [703, 'eps=3', 'eps=0.5'],
  [727, '[s] + SENTENCES', 'SENTENCES + [s]'],
  [744, "word.startswith('$') and not", "word.startswith('$') or not"],
  [817, 'letter_frequencies[element]', 'len(letter_frequencies)'],
  [856, 'combinations(values, 2)', 'combinations(values, 1)'],
  [875, "['float64', 'int64']", "['int64']"],
  [912, 'range(repetitions)', 'range(1)'],
  [935, 'index(char) + 1', 'index(char)'],
  [970, 'np.any(data < 0)', 'np.any(data <= 0)'],
  [1001, '.std()', '.var()'],
];

const file = sharedData('bigcodebench/BigCodeBench-200.jsonl.gz');
const idOf = (number: number): string => `BigCodeBench/${number}`;

if (file !== null) {
  const ctx = { home: '/nonexistent', file };
  const outside = new Set([...NEED_NETWORK, ...Object.values(VACUOUS), FLAKY].map(idOf));

  describe('the 200 tasks', () => {
    const sandbox = new TestSandbox();
    let tasks: readonly Task[] = [];
    beforeAll(async () => {
      ({ tasks } = await bigcodebench.load(ctx));
    });
    afterAll(() => sandbox.close());

    /** Verdict of each task's program, with how many cases it had. */
    const verdicts = async (program: (task: Task) => string, of = tasks) => {
      const runs = of.map((task) => ({ ...task, program: program(task), prelude: prelude(task), limits: LIMITS }));
      const reports = await sandbox.runAll(runs);
      return new Map(reports.map((report, index) => [of[index]?.taskId, `${judge(report)} of ${report.cases.length}`]));
    };

    test('every reference passes in as many cases as the task says, but for those that are known', async () => {
      const found = await verdicts(({ reference }) => reference);
      const wanted = new Map(tasks.map(({ taskId, cases }) => [taskId, `pass of ${cases}`]));
      for (const id of NEED_NETWORK.map(idOf)) wanted.set(id, (wanted.get(id) ?? '').replace('pass', 'fail'));
      wanted.set(idOf(VACUOUS.neverCalled), 'unverified of 5');
      found.delete(idOf(FLAKY));
      wanted.delete(idOf(FLAKY));
      expect(found).toEqual(wanted);
    });

    test.each([
      ['returns nothing', 'return None', [idOf(VACUOUS.passedByNothing)]],
      ['raises', 'raise NotImplementedError', []],
    ])('a function that %s passes no test that checks something', async (_, body, vacuous) => {
      const found = await verdicts(({ prompt }) => `${prompt}    ${body}\n`);
      expect([...found].filter(([, verdict]) => verdict.startsWith('pass')).map(([id]) => id)).toEqual(vacuous);
    });

    test(`${SLIPS.length} references with a slip in them fail`, async () => {
      const slips = new Map(SLIPS.map(([task, ...slip]) => [idOf(task), slip]));
      const slipped = ({ taskId, prompt, reference }: Task): string => {
        const [was = '', becomes = ''] = slips.get(taskId) ?? [];
        expect(reference.slice(prompt.length)).toContain(was);
        return prompt + reference.slice(prompt.length).replaceAll(was, becomes);
      };
      const chosen = tasks.filter(({ taskId }) => slips.has(taskId));
      const found = await verdicts(slipped, chosen);
      expect(found.size).toBe(SLIPS.length);
      expect([...found].filter(([, verdict]) => !verdict.startsWith('fail'))).toEqual([]);
    });
  });

  // Every fourth task, since the contract runs each of them nine times.
  const some = (suite: typeof bigcodebench) => async () => {
    const { tasks, unusable } = await suite.load(ctx);
    return { tasks: tasks.filter(({ taskId }, index) => index % 4 === 1 && !outside.has(taskId)), unusable };
  };
  for (const suite of [bigcodebench, bigcodebenchInstruct]) suiteContract({ ...suite, size: null }, some(suite), null);
}
