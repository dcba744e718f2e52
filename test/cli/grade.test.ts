import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { type Ended, processesOf, runCli, startCli, until } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeTasks } from '../support/sweep-files.js';
import { PLAIN } from '../infra/datasets/ds1000-lines.js';

const newHome = homesWithTools();
const TASKS = 12;

interface Line {
  readonly task_id: string;
  readonly completion?: string;
  readonly solution?: string;
}

const right = (task: number): Line => ({ task_id: `sum/${task}`, solution: 'def add(a, b):\n    return a + b\n' });
const wrong = (task: number): Line => ({ task_id: `sum/${task}`, completion: '    return "wrong"\n' });

function write(home: string, name: string, lines: readonly unknown[]): string {
  const file = join(home, name);
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

function grade(home: string, file: string, ...flags: readonly string[]): Promise<Ended> {
  return runCli(command(home, file, ...flags));
}

function command(home: string, file: string, ...flags: readonly string[]): string[] {
  const tasks = writeTasks(home, TASKS);
  return ['grade', '--suite', 'humaneval', '--tasks', tasks, '--samples', file, '--home', home, '--json', ...flags];
}

test('completions and solutions, plain and zipped: verdicts, pass@k, a line for each line; the second time nothing is run', async () => {
  const home = await newHome();
  // Task 0: 10 of 10 pass, task 1: 3 of 10, task 2: none.
  const lines = [0, 1, 2].flatMap((task) =>
    Array.from({ length: 10 }, (_, n) => (n < ([10, 3, 0][task] ?? 0) ? right(task) : wrong(task))),
  );
  const file = write(home, 'mine.jsonl.gz', lines);
  const first = await grade(home, file, '--out', join(home, 'out'));
  expect(first.code).toBe(0);
  const found = JSON.parse(first.stdout) as Record<string, unknown>;
  expect(found).toMatchObject({
    suite: 'humaneval',
    programs: 30,
    tasks: 3,
    missing: TASKS - 3,
    verdicts: { pass: 13, fail: 17, unverified: 0, unscored: 0 },
    'pass@1': { value: 13 / 30, method: 'clustered', tasks: 3 },
    // 1 - C(7,10)/C(10,10) = 1 where one of ten passes.
    'pass@10': { value: 2 / 3 },
    programs_per_second: expect.any(Number),
  });
  // Of 30 programs 4 are different ones: the others are known by then.
  expect(found['cached']).toBe(26);
  const results = readFileSync(join(home, 'out', 'mine.jsonl.gz_results.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(results.map((line) => (JSON.parse(line) as { passed: boolean }).passed)).toEqual(
    lines.map((line) => line.solution !== undefined),
  );
  expect(readdirSync(join(home, 'out'))).toContain('verdicts.arrow');
  expect(await processesOf(home)).toEqual([]);
  expect(await grade(home, file, '--out', file)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(`Cannot write ${file}: a file is where a folder has to be.`),
  });
  // Of a grading that nothing is left of there is no speed.
  expect(JSON.parse((await grade(home, file)).stdout)).toMatchObject({ programs: 30, programs_per_second: null });

  const other = write(home, 'other.jsonl', lines.toReversed());
  const second = await grade(home, other);
  expect(JSON.parse(second.stdout)).toMatchObject({ cached: 30, verdicts: { pass: 13, fail: 17 } });
  const fresh = await grade(home, other, '--no-cache', '--fail-under', '0.5');
  expect(fresh.code).toBe(1);
  expect(JSON.parse(fresh.stdout)).toMatchObject({ cached: 0, verdicts: { pass: 13, fail: 17 } });
}, 240_000);

test.each([
  ['', []],
  [', without the cache', ['--no-cache']],
])(
  'killed in the middle%s, the same command goes on: what was known is not run again',
  async (_, flags) => {
    const home = await newHome();
    const slow = (n: number): Line => ({
      task_id: `sum/${n % 3}`,
      solution: `import time\ndef add(a, b):\n    time.sleep(0.08)\n    return a + b\n# ${n}\n`,
    });
    const file = write(
      home,
      'slow.jsonl',
      Array.from({ length: 150 }, (_, n) => slow(n)),
    );
    const run = startCli(command(home, file, ...flags));
    const verdicts = join(home, 'verdicts');
    const known = (): number =>
      readdirSync(verdicts).reduce(
        (sum, name) => sum + readFileSync(join(verdicts, name), 'utf8').split('\n').length - 1,
        0,
      );
    await until('some verdicts are kept', () => {
      try {
        return known() >= 10;
      } catch {
        return false;
      }
    });
    run.child.kill('SIGKILL');
    await run.ended;
    await until('its workers are gone', async () => (await processesOf(home)).length === 0);
    const kept = known();
    expect(kept).toBeLessThan(150);

    const ended = await grade(home, file, ...flags);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ programs: 150, verdicts: { pass: 150 } });
    // A verdict is kept once for each program that was run, but for one line that the kill may have torn.
    expect(known()).toBeGreaterThanOrEqual(150);
    expect(known()).toBeLessThanOrEqual(151);
  },
  240_000,
);

test.each([
  ['no JSON', ['{"task_id": "sum/0", "completion": ""}', '{nope'], 'line 2: is not valid JSON'],
  ['no program', [{ task_id: 'sum/0' }], 'line 1: has neither "completion" nor "solution"'],
  ['an unknown task', [{ task_id: 'sum/999', completion: '' }], 'line 1: there is no task "sum/999"'],
  ['nothing at all', [''], 'holds no programs'],
])('a samples file with %s is told with its place, exit 2', async (_, lines, message) => {
  const home = await newHome();
  const ended = await grade(home, write(home, 'bad.jsonl', lines));
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});

test('a file that is missing, a share that is none, an unknown suite: exit 2', async () => {
  const home = await newHome();
  expect(await grade(home, join(home, 'none.jsonl'))).toMatchObject({ code: 2 });
  const file = write(home, 'one.jsonl', [right(0)]);
  expect(await grade(home, file, '--fail-under', '7')).toMatchObject({ code: 2 });
  expect(await runCli(['grade', '--suite', 'nope', '--samples', file, '--home', home])).toMatchObject({ code: 2 });
});

test('of a suite that asks for snippets, completions and solutions are both the snippet', async () => {
  const home = await newHome();
  const snippet = PLAIN[0]?.reference_code ?? '';
  const file = write(home, 'snippets.jsonl', [
    { task_id: 'DS-1000/0', solution: snippet },
    { task_id: 'DS-1000/0', completion: `${snippet}\n</code>\nAnd so on.` },
    { task_id: 'DS-1000/0', solution: 'result = 0' },
  ]);
  const tasks = write(home, 'test.jsonl', PLAIN);
  const flags = ['--suite', 'ds1000', '--tasks', tasks, '--samples', file, '--home', home, '--json'];
  const { stdout } = await runCli(['grade', ...flags]);
  // The first two are one program, which is run once.
  expect(JSON.parse(stdout)).toMatchObject({ programs: 3, cached: 1, verdicts: { pass: 2, fail: 1 } });
});

test('a program whose task can’t be used is unscored, and the others are graded', async () => {
  const home = await newHome();
  const tasks = readFileSync(writeTasks(home, 2), 'utf8').trim().split('\n');
  const broken = { ...(JSON.parse(tasks[0] ?? '') as object), task_id: 'sum/broken', prompt: 'def other():\n' };
  const mine = write(home, 'tasks.jsonl', [...tasks, broken]);
  const file = write(home, 'samples.jsonl', [{ ...right(0), task_id: 'sum/broken' }, right(0)]);
  const flags = ['--suite', 'humaneval', '--tasks', mine, '--samples', file, '--home', home, '--json'];
  const out = join(home, 'out');
  const ended = await runCli(['grade', ...flags, '--out', out]);
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.stdout)).toMatchObject({
    programs: 2,
    tasks: 2,
    missing: 1,
    verdicts: { pass: 1, fail: 0, unverified: 0, unscored: 1 },
  });
  const [first = ''] = readFileSync(join(out, 'samples.jsonl_results.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(first)).toMatchObject({
    task_id: 'sum/broken',
    line: 1,
    verdict: 'unscored',
    fault: 'task',
    error_class: 'task-broken',
    result: expect.stringContaining('line 3, field "prompt"'),
  });
  // There is nothing about it that another try could change.
  expect(JSON.parse((await runCli(['grade', ...flags])).stdout)).toMatchObject({ programs_per_second: null });
});
