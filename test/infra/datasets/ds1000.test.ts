import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snippetProgram } from '../../../domain/snippet.js';
import type { Task } from '../../../domain/task.js';
import { judge } from '../../../domain/verdict.js';
import { ds1000 } from '../../../infra/datasets/ds1000.js';
import { taskSchema } from '../../../infra/parse/task.js';
import { SNIPPETS } from '../../contracts/answers.js';
import { suiteContract } from '../../contracts/suite-contract.js';
import { TestSandbox } from '../../support/test-sandbox.js';
import { DATA, fileText, PLAIN } from './ds1000-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'ds1000-'));
afterAll(() => rm(folder, { recursive: true }));

function load(...lines: readonly object[]) {
  const file = join(folder, 'tasks.jsonl');
  writeFileSync(file, fileText(lines));
  return ds1000.load({ home: folder, file });
}

const [median, product] = PLAIN;

suiteContract(ds1000, () => load(...PLAIN), null, 'of the standard library', SNIPPETS);

describe('a task', () => {
  test('shows the problem and asks for a snippet; its cases are the two ways of testing', async () => {
    const { tasks, unusable } = await load(...PLAIN);
    expect(unusable).toEqual([]);
    expect(tasks).toMatchObject([
      { taskId: 'DS-1000/0', domain: 'statistics', prompt: median?.prompt, environment: 'base', cases: 1 },
      { taskId: 'DS-1000/1', domain: 'math', libraries: [], answer: 'snippet', grading: 'in-process', cases: 2 },
    ]);
    expect(tasks.map((task) => taskSchema.parse(JSON.parse(JSON.stringify(task))))).toEqual(tasks);
  });

  test('runs in the smallest environment that has its libraries', async () => {
    const torch = { ...median, metadata: { problem_id: 9, library: 'Pytorch' } };
    const imports = 'import torch\nfrom mpl_toolkits.mplot3d import Axes3D\n';
    const { tasks } = await load(...DATA, { ...torch, code_context: imports + torch.code_context });
    expect(tasks.map(({ environment, libraries }) => [environment, ...libraries])).toEqual([
      ['data', 'numpy', 'pandas'],
      ['data', 'numpy'],
      ['data', 'numpy', 'scipy'],
      ['data', 'matplotlib'],
      ['ml', 'matplotlib', 'torch'],
    ]);
  });

  test.each([
    ['JSON', JSON.stringify({ problem_id: '7', library: 'Numpy' })],
    ['Python', "{'problem_id': 7, 'library': 'Numpy', 'test_case_cnt': None}"],
  ])('its metadata may be text, as %s writes them', async (_, metadata) => {
    const { tasks } = await load({ ...median, metadata });
    expect(tasks).toMatchObject([{ taskId: 'DS-1000/7', domain: 'numpy' }]);
  });
});

describe('what can’t be used', () => {
  test.each([
    ['a library that no environment has', `import nosuchlibrary\n${median?.code_context}`, /imports: nosuchlibrary$/],
    ['no test', 'exec_context = "[insert]"', /does not define test_execution/],
    ['no place for the snippet', 'def test_execution(solution): pass', /has no \[insert\]/],
  ])('%s is told with file, line and field', async (_, code_context, why) => {
    const { tasks, unusable } = await load(product ?? {}, { ...median, code_context });
    expect(tasks).toHaveLength(1);
    expect(unusable).toEqual([
      {
        taskId: 'DS-1000/0',
        where: expect.stringMatching(/tasks\.jsonl, line 2, field "code_context"$/),
        why: expect.stringMatching(why),
      },
    ]);
  });

  test.each([
    [{ prompt: '' }, /line 2: field "prompt"|line 2: field "prompt": /],
    [{ reference_code: undefined }, /line 2: field "reference_code": /],
    [{ code_context: 7 }, /line 2: field "code_context": /],
    [{ metadata: 'library: Numpy' }, /line 2: field "metadata": /],
    [{ metadata: { problem_id: 3 } }, /line 2: field "metadata.library": /],
    [{ metadata: { library: 'Numpy' } }, /line 2: field "metadata.problem_id": /],
    [{ metadata: product?.metadata }, /line 2: field "metadata.problem_id": "1" stands twice, first in .*line 1/],
  ])('a malformed line, %j, is an error', async (fields, message) => {
    await expect(load(product ?? {}, { ...median, ...fields })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exitCode: 2,
    });
  });

  test('without a file a commit of the hub is asked for', async () => {
    await expect(ds1000.load({ home: folder, file: null })).rejects.toThrow(/commit of xlangai\/DS-1000/);
  });
});

describe('a snippet that is wrong', () => {
  const sandbox = new TestSandbox();
  let tasks: readonly Task[] = [];
  beforeAll(async () => {
    ({ tasks } = await load(...PLAIN));
  });
  afterAll(() => sandbox.close());

  const verdict = async (at: number, snippet: string) => {
    const task = tasks[at];
    if (task === undefined) throw new Error('no such task');
    const [report] = await sandbox.runAll([{ ...task, program: snippetProgram(snippet) }]);
    if (report === undefined) throw new Error('no report');
    return [judge(report), ...report.cases];
  };

  test('fails the case that it is wrong in, and only that', async () => {
    expect(await verdict(0, 'result = statistics.median(data)')).toEqual(['fail', 'failed']);
    expect(await verdict(1, '    return sum(data)')).toEqual(['fail', 'failed', 'passed']);
    const loop = '    product = 1\n    for each in data: product *= each\n    return product';
    expect(await verdict(1, loop)).toEqual(['fail', 'passed', 'failed']);
    expect(await verdict(1, 'return 1')).toEqual(['fail', 'error', 'passed']);
    expect(await verdict(0, '')).toEqual(['fail', 'error']);
  });

  test.each([
    ['ends the process', 'raise SystemExit'],
    ['ends it at once', 'import os\nos._exit(0)'],
    ['replaces the check by way of __main__', 'import __main__\n__main__.exec_test = lambda *_: 1\nresult = 0'],
    [
      'replaces it by way of the modules',
      'import sys\nvars(sys.modules["__main__"])["exec_test"] = lambda *_: 1\nresult = 0',
    ],
    ['replaces it by its frame', 'import sys\nsys._getframe(2).f_globals["exec_test"] = lambda *_: 1\nresult = 0'],
    [
      'replaces it by a traceback',
      'try: 1 / 0\nexcept Exception as e: e.__traceback__.tb_frame.f_back.f_back.f_globals["exec_test"] = lambda *_: 1\nresult = 0',
    ],
    ['reads what is expected in a frame', 'import sys\nresult = sys._getframe(2).f_locals["expected_result"]'],
    ['replaces a module’s function', 'statistics.median = lambda _: 0\nresult = 0'],
    ['replaces a built-in', 'import builtins\nbuiltins.exec = builtins.compile = lambda *_: None\nresult = 0'],
    ['changes its own built-ins', '__builtins__.exec = lambda *_: None\nresult = 0'],
    ['prints what a test prints', 'print("Testing case [1/1] started.")\nresult = 0'],
    ['skips the rest', 'result = 0\nraise StopIteration'],
  ])('and %s is no pass', async (_, snippet) => {
    expect((await verdict(0, snippet))[0]).not.toBe('pass');
  });

  test('and replaces what a swallowed assertion uses is no pass', async () => {
    const patches = '    math.isclose = lambda *_: True\n    return 0';
    expect((await verdict(1, patches))[0]).not.toBe('pass');
  });

  // Documented in docs/sandbox.md: in one process a result can lie by its own methods.
  test('passes by a result that equals everything, as in all in-process grading', async () => {
    const liar = 'class Liar:\n    def __eq__(self, other): return True\nresult = Liar()';
    expect(await verdict(0, liar)).toEqual(['pass', 'passed']);
  });
});
