import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Task } from '../../../domain/task.js';
import { judge, type Verdict } from '../../../domain/verdict.js';
import { UserError } from '../../../infra/errors.js';
import { bigcodebench, bigcodebenchHard, bigcodebenchInstruct } from '../../../infra/datasets/bigcodebench.js';
import type { LoadedSuite, Suite } from '../../../infra/datasets/dataset.js';
import { sharedData } from '../../support/shared-data.js';
import { TestSandbox } from '../../support/test-sandbox.js';

const home = '/nonexistent';
const SUITES = [bigcodebench, bigcodebenchInstruct, bigcodebenchHard];
const TEST = `import unittest
class TestCases(unittest.TestCase):
    """def test_of_prose(self): is none"""
    def setUp(self): self.x = 1
    def test_one(self): self.assertEqual(task_func(self.x), 2)
    def helper(self): pass
    async def test_two(self):
        def test_within(): pass
    def test_one(self): self.assertEqual(task_func(2), 3)
`;
const FIELDS = {
  task_id: 'B/0',
  complete_prompt: 'import math\ndef task_func(x):\n    """Adds one.\n\n    >>> task_func(1)\n    2\n    """\n',
  code_prompt: 'import math\ndef task_func(x):\n',
  instruct_prompt:
    'Adds one.\nThe function should output with:\n    int: the sum\nYou should write self-contained code starting with:\n```\nimport math\ndef task_func(x):\n```',
  canonical_solution: '    return x + 1\n',
  test: TEST,
  entry_point: 'task_func',
  doc_struct: '{}',
  libs: "['math', \"sklearn\", 'os.path', 'PIL']",
};
const line = (fields: object = {}): string => JSON.stringify({ ...FIELDS, ...fields });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigcodebench-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function loadAll(suite: Suite, ...lines: string[]): Promise<LoadedSuite> {
  const file = join(folder, 'tasks.jsonl');
  await writeFile(file, lines.join('\n'));
  return suite.load({ home, file });
}

async function load(suite: Suite, ...lines: string[]): Promise<readonly Task[]> {
  return (await loadAll(suite, ...lines)).tasks;
}

test('a task to complete has the documented prompt, and no words', async () => {
  const [task] = await load(bigcodebench, line());
  expect(task).toMatchObject({
    suite: 'bigcodebench',
    taskId: 'B/0',
    libraries: ['sklearn', 'PIL'],
    prompt: FIELDS.complete_prompt,
    instruction: null,
    entryPoint: 'task_func',
    reference: FIELDS.complete_prompt + FIELDS.canonical_solution,
    cases: 2,
    examples: null,
    environment: 'bigcodebench',
    grading: 'in-process',
  });
});

test('an instructed one has the bare signature, and the words without it', async () => {
  const [task] = await load(bigcodebenchInstruct, line());
  expect(task).toMatchObject({
    suite: 'bigcodebench-instruct',
    prompt: FIELDS.code_prompt,
    instruction: 'Adds one.\nThe function should output with:\n    int: the sum',
    reference: FIELDS.code_prompt + FIELDS.canonical_solution,
  });
});

test.each(SUITES)('$id needs a file, and says how to make one', async (suite) => {
  const error = await suite.load({ home, file: null }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('Parquet'),
    hint: expect.stringMatching(/load_dataset\("bigcode\/bigcodebench(-hard)?", .*\.to_json/),
  });
});

test.each([
  ['a missing field', line({ instruct_prompt: undefined }), /line 2: field "instruct_prompt": /],
  ['libraries that are no list', line({ libs: 'numpy' }), /line 2: field "libs": must be a Python list of strings/],
  ['libraries that run on', line({ libs: "['numpy', os]" }), /line 2: field "libs": /],
  ['an id twice', line({ task_id: 'first' }), /line 2: field "task_id": "first" stands twice.*line 1/],
])('%s is told by line and field', async (_, faulty, message) => {
  const loading = load(bigcodebench, line({ task_id: 'first' }), faulty);
  await expect(loading).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
});

test.each<[string, string, [string, string]]>([
  ['a prompt without its function', line({ complete_prompt: 'x = 1\n' }), ['complete_prompt', 'does not define']],
  ['a signature of another function', line({ code_prompt: 'def f():\n' }), ['code_prompt', 'does not define']],
  ['tests of another class', line({ test: 'class T:\n    def test(self): pass\n' }), ['test', 'has no class']],
  ['a class without tests', line({ test: 'class TestCases:\n    pass\ndef test(): pass\n' }), ['test', 'has no class']],
])('a line with %s is left out and named', async (_, faulty, [field, why]) => {
  const { tasks, unusable } = await loadAll(bigcodebench, line({ task_id: 'first' }), faulty);
  expect(tasks.map(({ taskId }) => taskId)).toEqual(['first']);
  expect(unusable).toEqual([
    expect.objectContaining({
      where: expect.stringMatching(`line 2, field "${field}"`),
      why: expect.stringContaining(why),
    }),
  ]);
});

describe('program and test are run as one module', () => {
  const sandbox = new TestSandbox();
  afterAll(() => sandbox.close());

  async function verdict(program: string, test: string): Promise<Verdict> {
    const [task] = await load(bigcodebench, line({ test }));
    const [report] = await sandbox.runAll(task === undefined ? [] : [{ ...task, program, environment: 'base' }]);
    return report === undefined ? 'unscored' : judge(report);
  }
  const cases = (body: string, before = ''): string =>
    `import unittest\nfrom unittest.mock import patch\n${before}\nclass TestCases(unittest.TestCase):\n    ${body}\n`;
  const EQUALS_TWO = cases('def test(self): self.assertEqual(task_func(1), 2)');

  test('a program may use what its test imports', async () => {
    const program = 'def task_func(x):\n    return int(math.sqrt(4 * x))\n';
    expect(await verdict(program, `import math\n${EQUALS_TWO}`)).toBe('pass');
    expect(await verdict(program, EQUALS_TWO)).toBe('fail');
  });

  test('it is not given what its test expects', async () => {
    const program = 'def task_func(x):\n    return EXPECTED\n';
    expect(await verdict(program, cases('def test(self): self.assertEqual(task_func(1), 2)', 'EXPECTED = 2'))).toBe(
      'fail',
    );
  });

  test('what it imported itself stays its own', async () => {
    const program = 'import datetime\ndef task_func(x):\n    return datetime.date(1, 1, 2).day\n';
    expect(await verdict(program, `from datetime import datetime\n${EQUALS_TWO}`)).toBe('pass');
  });

  test.each(['__name__ + ".chosen"', '"__main__.chosen"'])('patch(%s) replaces a name of the program', async (name) => {
    const program =
      'from random import randint\ndef chosen(): return randint(3, 9)\ndef task_func(x): return chosen()\n';
    const source = `@patch(${name}, return_value=2)
    def test_one(self, chosen):
        self.assertEqual(task_func(1), 2)
        chosen.assert_called_once()
    def test_two(self): self.assertGreater(task_func(1), 2)`;
    expect(await verdict(program, cases(source))).toBe('pass');
  });

  test('a second class of tests is not run', async () => {
    const second = 'class MoreCases(unittest.TestCase):\n    def test(self): self.fail()\n';
    expect(await verdict('def task_func(x): return 2\n', EQUALS_TWO + second)).toBe('pass');
  });
});

const file = sharedData('bigcodebench/BigCodeBench-200.jsonl.gz');
if (file !== null) {
  test('the 200 tasks: as many cases as Python itself counts, in either form', async () => {
    const { tasks } = await bigcodebench.load({ home, file });
    const { tasks: instructed } = await bigcodebenchInstruct.load({ home, file });
    expect(tasks).toHaveLength(200);
    expect(instructed.map(({ taskId, cases }) => [taskId, cases])).toEqual(
      tasks.map(({ taskId, cases }) => [taskId, cases]),
    );
    expect(tasks.reduce((sum, { cases }) => sum + (cases ?? 0), 0)).toBe(1_138);
    for (const { instruction } of instructed) expect(instruction).toMatch(/^(?![^]*self-contained code starting)/);
    expect(new Set(tasks.flatMap(({ libraries }) => libraries)).has('os')).toBe(false);
  });
}
