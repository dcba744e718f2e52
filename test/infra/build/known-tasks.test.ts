import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { known, NEAR_DUPLICATE, resemblance } from '../../../domain/build/resemblance.js';
import { knownTasks, ofUser } from '../../../infra/build/known-tasks.js';
import { program } from '../datasets/aicodereval-programs.js';
import { temporaryHomes } from '../store/home.js';

const newHome = temporaryHomes();
const PROSE = 'The sum of the squares of all even numbers of a list, and of nothing else.';
const HEAD = `def squares(values):\n    """${PROSE}"""\n`;
const BODY = '    return sum(value * value for value in values if value % 2 == 0)\n';
const NEW = known('new', { prompt: HEAD.replaceAll('squares(', 'f('), reference: HEAD + BODY, entryPoint: 'f' });

/** The known tasks of a file, without those of this program. */
async function knownIn(text: string) {
  const home = newHome();
  const file = join(home, 'mine.jsonl');
  writeFileSync(file, text);
  const all = await knownTasks([file], { home });
  expect(all.length).toBeGreaterThan(100);
  return ofUser(all);
}

const lineOf = (id: string, parts: Parameters<typeof program>[0]): string =>
  `${JSON.stringify({ task_id: id, content: program({ function_code: HEAD + BODY, ...parts }) })}\n`;
const USABLE = lineOf('usable', { function_code: 'def half(x):\n    """Half of it."""\n    return x / 2' });

test.each([
  ['that needs packages which no environment has', { requirements_file: 'requirements = ["diffusers"]' }],
  ['whose test asserts nothing', { test_function_code: 'def test_half():\n    squares([2])' }],
  ['that is no Python', { test_function_code: 'def test_half(:\n    squares([2])' }],
])('a task %s is compared too', async (_, parts) => {
  for (const before of [USABLE, '']) {
    const all = await knownIn(before + lineOf('mine', parts));
    expect(all.map(({ id }) => id.split('/').at(-1))).toEqual([...(before === '' ? [] : ['usable']), 'mine']);
    expect(resemblance(NEW, all.at(-1) ?? NEW)).toBeGreaterThanOrEqual(NEAR_DUPLICATE);
  }
});

test('so is a line of tasks whose reference defines another function', async () => {
  const line = { task_id: 'mine', prompt: HEAD, entry_point: 'squares', tests: ['assert squares([2]) == 4'] };
  const other = { ...line, task_id: 'usable', canonical_solution: BODY };
  const reference = `def other(values):\n${BODY}`;
  const all = await knownIn(`${JSON.stringify(other)}\n${JSON.stringify({ ...line, reference })}\n`);
  expect(all.map(({ id }) => id.split('/').at(-1))).toEqual(['usable', 'mine']);
  expect(resemblance(NEW, all[1] ?? NEW)).toBeGreaterThanOrEqual(NEAR_DUPLICATE);
});

test('a file of another format is refused, though its code could be read', async () => {
  const line = {
    task_id: 1,
    text: 'Write a function to halve.',
    code: 'def half(x):\n    return x / 2',
    test_list: [],
  };
  await expect(knownIn(`${JSON.stringify(line)}\n`)).rejects.toThrow('No tasks can be read from');
});
