import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();

function writeTasks(home: string): string {
  const task = (id: string, solution: string): string =>
    JSON.stringify({
      task_id: id,
      prompt: 'def half(x):\n    """Half of a number."""\n',
      entry_point: 'half',
      reference: solution,
      tests: ['assert half(4) == 2'],
    });
  const file = join(dirname(home), 'tasks.jsonl');
  writeFileSync(
    file,
    `${task('sound', 'def half(x):\n    return x / 2\n')}\n${task('absent', 'def third(x):\n    return x / 3\n')}\n`,
  );
  return file;
}

test('a suite of a file: how many tasks it has, and which can’t be used and why', async () => {
  const home = await newHome();
  const file = writeTasks(home);
  const command = ['suites', '--suite', 'jsonl', '--tasks', file, '--home', home];
  const { code, stdout } = await runCli([...command, '--json']);
  expect(code).toBe(0);
  const unusable = {
    task_id: 'absent',
    where: `${file}, line 2, field "reference"`,
    why: expect.stringContaining('half'),
  };
  expect(JSON.parse(stdout)).toMatchObject({ id: 'jsonl', tasks: 1, unusable: [unusable] });
  expect((await runCli(command)).stdout).toMatch(
    /^jsonl: 1 tasks, and 1 that can't be used\nabsent {2}.*line 2, field "reference": /,
  );
});

test('a file without its suite, and a suite that there is none of: exit 2', async () => {
  const home = await newHome();
  const stray = await runCli(['suites', '--tasks', writeTasks(home), '--home', home]);
  expect(stray).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--suite') });
  const unknown = await runCli(['suites', '--suite', 'nope', '--home', home, '--json']);
  expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('no suite "nope"') });
});
