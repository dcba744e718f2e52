import { afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userTasks } from '../../../infra/datasets/user-tasks.js';
import { packagePath } from '../../../infra/package-path.js';

const folder = mkdtempSync(join(tmpdir(), 'user-tasks-'));
afterAll(() => rm(folder, { recursive: true }));

const LINE = {
  task_id: 'a',
  prompt: 'import math\n\n\ndef f(x):\n    """Doc."""\n',
  entry_point: 'f',
  canonical_solution: '    return x\n',
  tests: ['assert f(1) == 1'],
};

function load(...lines: readonly object[]) {
  const file = join(folder, 'tasks.jsonl');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return userTasks.load({ home: folder, file });
}

test('the page that explains the format shows a line of the example', () => {
  const page = readFileSync(packagePath('docs/add-a-dataset.md'), 'utf8');
  const shown = /```json\n([^]*?)```/.exec(page)?.[1] ?? '';
  const [first] = readFileSync(packagePath('examples/own-tasks.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(shown)).toEqual(JSON.parse(first ?? ''));
});

test('the page lists every field, and no other', async () => {
  const page = readFileSync(packagePath('docs/add-a-dataset.md'), 'utf8');
  const rows = page.split('\n').filter((row) => row.startsWith('| `'));
  const fields = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  const values = { domain: 'nlp', libraries: ['numpy'], environment: 'data', grading: 'in-process' };
  const full = { ...LINE, instruction: 'Do.', examples: ['assert f(2) == 2'], ...values };
  expect(new Set(fields)).toEqual(new Set([...Object.keys(full), 'reference', 'test']));
  const { tasks } = await load(full);
  expect(tasks).toEqual([
    expect.objectContaining({
      ...values,
      instruction: 'Do.',
      examples: 'print("Testing case [1/1] started.")\nassert f(2) == 2\n',
      reference: LINE.prompt + LINE.canonical_solution,
      cases: 1,
    }),
  ]);
});

test('a class may be asked for', async () => {
  const { tasks } = await load({ ...LINE, prompt: 'class f:\n', canonical_solution: '    pass\n' });
  expect(tasks.map(({ prompt }) => prompt)).toEqual(['class f:\n']);
});

describe('a line that can’t be used', () => {
  test.each([
    ['whose prompt begins another function', { prompt: 'def g(x):\n' }, /line 2, field "prompt"/, /does not begin f/],
    [
      'whose reference defines another',
      { canonical_solution: undefined, reference: 'def g(x): return x\n' },
      /field "reference"/,
      /does not define f/,
    ],
  ])('%s is left out and named', async (_name, changes, where, why) => {
    const { tasks, unusable } = await load(LINE, { ...LINE, task_id: 'b', ...changes });
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['a']);
    expect(unusable).toMatchObject([
      { taskId: 'b', where: expect.stringMatching(where), why: expect.stringMatching(why) },
    ]);
  });

  test('is an error where there is no other', async () => {
    await expect(load({ ...LINE, prompt: 'def g(x):\n' })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/no task that can be used.*does not begin f/),
    });
  });
});

test.each([
  ['both a solution and a reference', { reference: 'def f(x): return x' }, /field "reference": give either/],
  ['neither', { canonical_solution: undefined }, /field "reference": give either/],
  ['no test', { tests: undefined }, /field "test": give either/],
  ['a field that is not listed', { timeout: 3 }, /timeout/],
  ['an unknown grading', { grading: 'none' }, /field "grading"/],
  ['no assertion', { tests: [] }, /field "tests"/],
])('%s is an error', async (_name, changes, message) => {
  await expect(load({ ...LINE, ...changes })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(message),
  });
});

test('a number and its text are one id', async () => {
  await expect(load({ ...LINE, task_id: 1 }, { ...LINE, task_id: '1' })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/line 2: field "task_id": "1" stands twice, first in .*line 1/),
    // There is no published data of this suite to fall back on.
    hint: 'Correct that line.',
  });
});

test('without a file there are no tasks', async () => {
  await expect(userTasks.load({ home: folder, file: null })).rejects.toMatchObject({ exitCode: 2 });
});
