import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prelude } from '../../../domain/prelude.js';
import type { Task } from '../../../domain/task.js';
import { judge } from '../../../domain/verdict.js';
import { humanevalPlus } from '../../../infra/datasets/humaneval-plus.js';
import { mbppPlus } from '../../../infra/datasets/mbpp-plus.js';
import { inputShapes } from '../../../infra/datasets/evalplus-inputs.js';
import { TestSandbox } from '../../support/test-sandbox.js';
import { HUMANEVAL_PLUS, MBPP_PLUS } from './evalplus-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'evalplus-'));
const tasks = new Map<string, Task>();
const sandbox = new TestSandbox();

beforeAll(async () => {
  for (const [suite, lines] of [
    [humanevalPlus, HUMANEVAL_PLUS],
    [mbppPlus, MBPP_PLUS],
  ] as const) {
    const file = join(folder, suite.id);
    writeFileSync(file, lines);
    for (const task of (await suite.load({ home: folder, file })).tasks) tasks.set(task.taskId, task);
  }
});
afterAll(() => Promise.all([sandbox.close(), rm(folder, { recursive: true })]));

async function grade(taskId: string, program: string): Promise<[string | undefined, readonly string[]]> {
  const task = tasks.get(taskId);
  if (task === undefined) throw new Error(`no ${taskId}`);
  const [report] = await sandbox.runAll([{ ...task, program, prelude: prelude(task) }]);
  return [report && judge(report), report?.cases ?? []];
}

const HALVE = (body: string) => `def halve(values):\n    ${body}\n`;

describe("programs by EvalPlus' rules", () => {
  test.each<[string, string, string, string, string[]]>([
    ['right', 'Own/0', HALVE('return [0.5 * value for value in values]'), 'pass', ['passed', 'passed']],
    ['near', 'Own/0', HALVE('return [value / 2 + 1e-9 for value in values]'), 'pass', ['passed', 'passed']],
    ['not near enough', 'Own/0', HALVE('return [value / 2 + 1e-5 for value in values]'), 'fail', ['failed', 'not-run']],
    [
      'of another type',
      'Own/0',
      HALVE('return tuple(value / 2 + 1e-9 for value in values)'),
      'fail',
      ['failed', 'not-run'],
    ],
    [
      'wrong in the added inputs alone',
      'Own/0',
      HALVE('return [value / 2 for value in values if value < 100]'),
      'fail',
      ['passed', 'failed'],
    ],
    [
      'another root',
      'Own/1',
      'def find_zero(xs):\n    return -0.5 if len(xs) == 2 else -2.0\n',
      'pass',
      ['passed', 'passed'],
    ],
    ['no root', 'Own/1', 'def find_zero(xs):\n    return -0.5\n', 'fail', ['passed', 'failed']],
    [
      'integers and floats told apart, as written',
      'Own/2',
      'def kind(value):\n    return "int" if repr(value) == "1" else "float"\n',
      'pass',
      ['passed', 'passed'],
    ],
    ['floats taken for integers', 'Own/2', 'def kind(value):\n    return "int"\n', 'fail', ['passed', 'failed']],
    [
      'in another order',
      'Mbpp/2',
      'def similar_elements(a, b):\n    return [x for x in b if x in a]\n',
      'pass',
      ['passed', 'passed'],
    ],
    ['too few', 'Mbpp/2', 'def similar_elements(a, b):\n    return a[1:2]\n', 'fail', ['failed', 'not-run']],
    ['the reference is no help', 'Mbpp/3000', 'def check(r):\n    return area(r)\n', 'fail', ['error', 'not-run']],
  ])('%s', async (_name, taskId, program, verdict, cases) => {
    expect(await grade(taskId, program)).toEqual([verdict, cases]);
  });
});

test('inputs keep what only Python can read', () => {
  expect(tasks.get('Own/0')?.test).toContain('9007199254740993');
});

test.each([
  { suite: humanevalPlus, lines: HUMANEVAL_PLUS },
  { suite: mbppPlus, lines: MBPP_PLUS },
])('a file of $suite.id that is one JSON list gives the same tasks, numbers as written', async ({ suite, lines }) => {
  const file = join(folder, 'list.json');
  writeFileSync(file, `[\n${lines.trim().split('\n').join(',\n')}\n]\n`);
  const { tasks: listed } = await suite.load({ home: folder, file });
  expect(listed.length).toBeGreaterThan(0);
  for (const task of listed) expect(task).toEqual(tasks.get(task.taskId));
});

test.each([
  ['Mbpp/2', ['tuple']],
  ['Mbpp/124', ['float', 'complex']],
  ['Mbpp/3', ['as-is']],
])('the inputs of %s are %j', (taskId, shapes) => {
  expect(inputShapes(taskId)).toEqual(shapes);
});

test('MBPP+ asks in words, and shows the assertion of its prompt', () => {
  expect(tasks.get('Mbpp/3000')).toMatchObject({
    instruction: 'Write a function for the area of a circle.\nassert math.isclose(check(1), math.pi)',
    examples: 'import math\n\nprint("Testing case [1/1] started.")\nassert math.isclose(check(1), math.pi)\n',
  });
});
