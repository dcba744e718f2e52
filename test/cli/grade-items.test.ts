import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readItems } from '../../cli/grade-items.js';
import type { GradeRow } from '../../domain/grade.js';
import { findSuite } from '../../infra/datasets/registry.js';
import { temporaryHomes } from '../infra/store/home.js';

const newFolder = temporaryHomes();

const TASK = {
  task_id: 'B/0',
  complete_prompt: 'import math\nONE = 1\ndef task_func(x):\n    """Adds one."""\n',
  code_prompt: 'import math\nONE = 1\ndef task_func(x):\n',
  instruct_prompt: 'Adds one.',
  canonical_solution: '    return x + ONE\n',
  prompt: 'import math\nONE = 1\ndef task_func(x):\n    """Adds one."""\n',
  test: 'class TestCases:\n    def test(self): assert task_func(1) == 2\n',
  entry_point: 'task_func',
  doc_struct: '{}',
  libs: "['math']",
};
const BARE = 'def task_func(x):\n    return x + ONE\n';

interface Read {
  /** Of each line, or why it is unscored. */
  readonly programs: readonly string[];
  readonly rows: readonly GradeRow[];
}

async function read(id: string, tasks: readonly object[], samples: readonly object[]): Promise<Read> {
  const folder = newFolder();
  const write = (name: string, lines: readonly object[]): string => {
    const path = join(folder, name);
    writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
    return path;
  };
  const suite = { id, file: write('tasks.jsonl', tasks) };
  const loaded = await findSuite(id).load({ home: folder, file: suite.file });
  const programs: string[] = [];
  const rows: GradeRow[] = [];
  const file = write('samples.jsonl', samples);
  for await (const each of readItems({ suite, file, assembly: 'parsed' }, loaded)) {
    if ('verdict' in each) rows.push(each);
    else programs.push(each.item.program);
  }
  return { programs, rows };
}

test.each(['bigcodebench', 'bigcodebench-instruct', 'bigcodebench-hard'])(
  '%s: a solution without the imports of its prompt gets them, as in the suite’s own run; one that begins so stays as it is',
  async (suite) => {
    const whole = `${TASK.code_prompt}    return x + ONE\n`;
    const later = `from __future__ import annotations\n${BARE}`;
    const { programs } = await read(
      suite,
      [TASK],
      [BARE, whole, later].map((solution) => ({ task_id: 'B/0', solution })),
    );
    const before = 'import math\nONE = 1\n\n\n';
    expect(programs).toEqual([before + BARE, whole, `from __future__ import annotations\n${before}${BARE}`]);
  },
);

test('elsewhere a solution is a program of its own, and a completion continues the prompt', async () => {
  const { programs } = await read(
    'humaneval',
    [TASK],
    [
      { task_id: 'B/0', solution: BARE },
      { task_id: 'B/0', completion: '    return 2\n' },
    ],
  );
  expect(programs).toEqual([BARE, `${TASK.prompt}    return 2\n`]);
});

test('a line of a task that can’t be used is unscored by the task’s fault, and the others are graded', async () => {
  const { programs, rows } = await read(
    'bigcodebench',
    [TASK, { ...TASK, task_id: 'B/1', test: 'x = 1' }],
    ['B/1', 'B/0', 'B/1'].map((task_id) => ({ task_id, solution: BARE })),
  );
  expect(programs).toHaveLength(1);
  const row = { taskId: 'B/1', verdict: 'unscored', fault: 'task', errorClass: 'task-broken' };
  const message = expect.stringMatching(/^The task "B\/1" can't be used: .*tasks\.jsonl, line 2, field "test": has no/);
  expect(rows).toMatchObject([
    { ...row, message, line: 1, sample: 0 },
    { ...row, message, line: 3, sample: 1 },
  ]);
});

test('a task that there is not is an error', async () => {
  const reading = read('bigcodebench', [TASK], [{ task_id: 'B/7', solution: BARE }]);
  await expect(reading).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/samples\.jsonl, line 1: there is no task "B\/7"/),
  });
});

test('tasks of MBPP that can’t be used are known by the ids that a samples file has', async () => {
  const line = { text: 'Adds one.', code: 'def f(x):\n    return x + 1\n', test_list: ['assert f(1) == 2'] };
  const { rows } = await read(
    'mbpp',
    [
      { ...line, task_id: 1 },
      { ...line, task_id: 2, test_list: ['assert g(1) == 2'] },
    ],
    [{ task_id: 'Mbpp/2', solution: BARE }],
  );
  expect(rows).toMatchObject([{ taskId: 'Mbpp/2', fault: 'task' }]);
});
