import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { recordedRun, type RunParts } from '../support/recorded-run.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rescore-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function logs(name: string, lines: readonly unknown[]): Promise<string> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const file = join(folder, name);
  await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

function line(taskId: string, parts: RunParts): unknown {
  const { program, prediction, stdout, stderr } = recordedRun(parts);
  return { task_id: taskId, model: 'm', name: 'count', program, prediction, stdout, stderr };
}

test('one rule as a document, from a zipped file', async () => {
  const file = await logs('two.jsonl.gz', [
    line('a', { stderr: '/lib/x.py:1: UserWarning: Error\n' }),
    line('b', { test: '    return 1' }),
  ]);
  const { code, stdout } = await runCli(['rescore', '--logs', file, '--rule', 'strict', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    rule: 'strict',
    total: 2,
    passed: 1,
    rows: [
      { task_id: 'a', model: 'm', verdict: 'pass', fault: null, error_class: 'none', confidence: 'high', evidence: '' },
      {
        task_id: 'b',
        model: 'm',
        verdict: 'unverified',
        fault: 'task',
        error_class: 'unverified',
        confidence: 'high',
        evidence: 'program: the test does not call the function',
      },
    ],
  });
});

test('without a rule all of them, and where they disagree', async () => {
  const file = await logs('all.jsonl', [line('a', { stderr: '/lib/x.py:1: UserWarning: Error\n' }), line('b', {})]);
  const text = await runCli(['rescore', '--logs', file]);
  expect(text.stdout).toContain('authors-v3   1 of 2 pass (50.0 %)');
  expect(text.stdout).toContain('strict       2 of 2 pass (100.0 %)');
  expect(text.stdout).toMatch(/^a\tfail\tfail\tpass\t/m);
  const { stdout } = await runCli(['rescore', '--logs', file, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    total: 2,
    passed: { 'authors-v3': 1, 'authors-v4': 0, strict: 2 },
    faithful: { sr_all: 1, sr_any: 1, unmarked: 2 },
    tokenizer: 'words-numbers-signs',
  });
});

test('outputs alone are enough for the authors’ rules', async () => {
  const file = await logs('bare.jsonl', [
    { stdout: 'Testing finish', stderr: '' },
    { stdout: 'failed', stderr: '' },
  ]);
  const { stdout } = await runCli(['rescore', '--logs', file, '--rule', 'authors-v3', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    passed: 1,
    rows: [
      { task_id: 'line 1', verdict: 'pass' },
      { task_id: 'line 2', verdict: 'fail', evidence: 'failed' },
    ],
  });
});

test('tasks say which packages were asked for', async () => {
  const run = {
    ...(line('a', {}) as object),
    stderr:
      'Traceback (most recent call last):\n  File "./c.py", line 1, in <module>\n    import gtts\nModuleNotFoundError: No module named \'gtts\'\n',
  };
  const file = await logs('package.jsonl', [run]);
  const tasks = await logs('tasks.jsonl', [{ task_id: 'a', requirements: ['gTTS'] }]);
  const { stdout } = await runCli(['rescore', '--logs', file, '--tasks', tasks, '--rule', 'strict', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ rows: [{ fault: 'environment', confidence: 'high' }] });
});

test.each([
  ['a field that is missing', '{"task_id":"a","stdout":""}', 'field "stderr"'],
  ['a line that is no JSON', '{', 'is not valid JSON'],
])('%s is refused by file, line and field', async (_, second, problem) => {
  const file = join(folder, 'bad.jsonl');
  await writeFile(file, `{"stdout":"","stderr":""}\n${second}\n`);
  const { code, stderr, stdout } = await runCli(['rescore', '--logs', file]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`${file}, line 2:`);
  expect(stderr).toContain(problem);
});

test('a file that is not there, and a rule that is none', async () => {
  expect((await runCli(['rescore', '--logs', join(folder, 'none.jsonl')])).code).toBe(2);
  expect((await runCli(['rescore', '--logs', 'x', '--rule', 'mild'])).code).toBe(2);
});
