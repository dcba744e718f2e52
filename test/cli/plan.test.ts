import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { planCells } from '../../cli/plan.js';
import type { Cell } from '../../domain/cell.js';
import { readConfig } from '../../infra/config.js';
import { parseSweep } from '../../infra/parse/sweep-file.js';
import { temporaryHomes } from '../infra/store/home.js';

const newHome = temporaryHomes();

const TASK = {
  prompt: 'def f(x):\n    """Of x."""\n',
  entry_point: 'f',
  canonical_solution: '    return x\n',
  tests: ['assert f(1) == 1'],
};

/** Plans a sweep over tasks of the user's own, a suite for each list of them. */
async function plan(suites: readonly (readonly object[])[], sweep: object = {}): Promise<readonly Cell[]> {
  const home = newHome();
  const files = suites.map((lines, index) => {
    const file = join(home, `tasks-${index}.jsonl`);
    writeFileSync(file, lines.map((line) => JSON.stringify({ ...TASK, ...line })).join('\n'));
    return { id: 'jsonl', file };
  });
  const written = {
    name: 'demo',
    suites: files,
    models: [{ id: 'replay:answers.jsonl', label: 'm' }],
    strategies: [{ id: 'direct' }],
    ...sweep,
  };
  const context = { config: readConfig(home), onProgress: () => {}, say: () => {} };
  return (await planCells(parseSweep(written, 'sweep.yaml'), context)).cells;
}

const idsOf = (cells: readonly Cell[]): string[] => cells.map(({ cellId }) => cellId);

test('ids that tell tasks apart are what they are, whatever they are made of', async () => {
  const cells = await plan([[{ task_id: 'a b' }, { task_id: 'a' }, { task_id: '加法' }]]);
  expect(idsOf(cells)).toEqual(['demo/jsonl/a-b/m/direct/0', 'demo/jsonl/a/m/direct/0', 'demo/jsonl/-/m/direct/0']);
});

test('tasks whose ids come to one get a hash each, but for the one that is written as it is', async () => {
  const lines = ['加法', '减法', 'a b', 'a-b', 'c'].map((task_id) => ({ task_id }));
  const ids = idsOf(await plan([lines]));
  expect(ids).toEqual([
    expect.stringMatching(/^demo\/jsonl\/--[0-9a-f]{8}\/m\/direct\/0$/),
    expect.stringMatching(/^demo\/jsonl\/--[0-9a-f]{8}\/m\/direct\/0$/),
    expect.stringMatching(/^demo\/jsonl\/a-b-[0-9a-f]{8}\/m\/direct\/0$/),
    'demo/jsonl/a-b/m/direct/0',
    'demo/jsonl/c/m/direct/0',
  ]);
  expect(new Set(ids).size).toBe(5);
  // Resuming needs the same ids again, in whatever order the tasks stand.
  expect(idsOf(await plan([lines.toReversed()])).toSorted()).toEqual(ids.toSorted());
});

test('labels of models that come to one get a hash, and so do ids that are cut off for their length', async () => {
  const models = ['gpt 4', 'gpt-4'].map((label) => ({ id: 'replay:answers.jsonl', label }));
  const long = 'x'.repeat(300);
  const cells = await plan([[{ task_id: 'a' }, { task_id: `${long} y` }, { task_id: `${long}-y` }]], { models });
  expect(idsOf(cells).slice(0, 2)).toEqual([
    expect.stringMatching(/^demo\/jsonl\/a\/gpt-4-[0-9a-f]{8}\/direct\/0$/),
    'demo/jsonl/a/gpt-4/direct/0',
  ]);
  expect(new Set(idsOf(cells)).size).toBe(6);
  for (const id of idsOf(cells)) expect(id.length).toBeLessThanOrEqual(200);
});

test('a task that two files of a suite have is refused', async () => {
  await expect(plan([[{ task_id: 'a b' }], [{ task_id: 'a b' }]])).rejects.toMatchObject({
    exitCode: 2,
    message: 'The sweep has the task "a b" of the suite "jsonl" twice.',
  });
});

test('a task that is named and can’t be used is refused with the place and the reason, one that there is not as such', async () => {
  const home = newHome();
  const file = join(home, 'tasks.jsonl');
  const lines = [{ task_id: 'good' }, { task_id: 'bad', prompt: 'def g(x):\n' }];
  writeFileSync(file, lines.map((line) => JSON.stringify({ ...TASK, ...line })).join('\n'));
  const named = (task: string) => plan([], { suites: [{ id: 'jsonl', file, tasks: [task] }] });
  await expect(named('bad')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^The task "bad" can't be used: .*line 2, field "prompt": does not begin f$/),
  });
  await expect(named('none')).rejects.toMatchObject({ exitCode: 2, message: 'The suite jsonl has no task "none".' });
});
