import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { packagePath } from '../../infra/package-path.js';
import { readResults } from '../../infra/arrow/results.js';
import { writeSegment } from '../../infra/arrow/segments.js';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile } from '../support/sweep-files.js';
import { syntheticCells, writeSyntheticSweep } from '../support/synthetic-sweep.js';

/** 32 answers of the embedded 0.5B model to the suite `starter`: temperature 0.8, three samples. */
const RECORDED = packagePath('test/golden/recorded/starter.embedded-qwen2.5-coder-0.5b.jsonl.gz');
const TASKS = ['warmup_schedule', 'wav_rms', 'beam_search'];
const newHome = homesWithTools();
let home = '';

/** Runs a sweep of recorded answers; `label` is the model's. */
async function replay(name: string, file: string, label: string) {
  const sweep = writeSweepFile(home, {
    name,
    suites: [{ id: 'starter', tasks: TASKS }],
    models: [{ id: `replay:${file}`, label, temperature: 0.8, max_tokens: 320, stop: ['\n```\n'] }],
    strategies: [{ id: 'direct' }],
    samples: 3,
  });
  const { code, stderr } = await runCli(['run', sweep, '--home', home, '--json']);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}

const cli = (...args: string[]) => runCli([...args, '--home', home]);
const verdicts = async (name: string): Promise<string[]> =>
  (await readResults(home, name)).map(
    ({ cell, verdict, errorClass }) => `${cell.taskId} ${cell.sample} ${verdict} ${errorClass}`,
  );

beforeAll(async () => {
  home = await newHome();
  await replay('first', RECORDED, 'qwen');
}, 120_000);

test('answers that a sweep had come to the same verdicts when they are replayed, under another label', async () => {
  const out = join(home, 'answers.jsonl.gz');
  const written = await cli('export', 'first', '--format', 'replay', '--suite', 'starter', '--out', out, '--json');
  expect(JSON.parse(written.stdout)).toEqual({ file: out, rows: 9 });
  await replay('second', out, 'somebody-else');
  const once = await verdicts('first');
  expect(once.filter((line) => line.includes('pass')).length).toBeGreaterThan(0);
  expect(once.filter((line) => line.includes('fail')).length).toBeGreaterThan(0);
  expect(await verdicts('second')).toEqual(once);
  const again = join(home, 'again.jsonl');
  await cli('export', 'second', '--format', 'replay', '--suite', 'starter', '--out', again);
  const lines = (text: string): string[] => text.split('\n').sort();
  expect(lines(readFileSync(again, 'utf8'))).toEqual(lines(gunzipSync(readFileSync(out)).toString()));
  const { stdout } = await cli('compare', 'first', join(home, 'sweeps', 'second'), '--json');
  const document = JSON.parse(stdout) as { warnings: string[]; comparisons: { tasks: number; rivals: object[] }[] };
  expect(document.comparisons).toMatchObject([{ tasks: 3, rivals: [{ gained: 0, lost: 0, flips: [], p_holm: 1 }] }]);
  expect(document.warnings).toEqual([]);
}, 180_000);

test('a report breaks a sweep down, for people and for scripts', async () => {
  const { stdout } = await cli('report', 'first');
  expect(stdout).toMatch(/starter, qwen\n {2}direct +22\.2 %/);
  expect(stdout).toMatch(/by kind of work +pass@1 +95 % interval +tasks\n/);
  expect(stdout).toMatch(/error class +fault +cells\n/);
  const { stdout: json } = await cli('report', 'first', '--json');
  expect(JSON.parse(json)).toMatchObject({
    sweep_id: 'first',
    breakdowns: [{ repair: { rounds: [{ cells: 9, solved: 2 }] } }],
  });
});

test('a report of a sweep that is not over says how far it is and what that does to its figures', async () => {
  await writeSyntheticSweep(home, 'underway', 100);
  await writeSegment(home, 'underway', 0, syntheticCells('underway', 0, 40, 100));
  const { stdout } = await cli('report', 'underway');
  expect(stdout).toMatch(/^40 of 100 cells so far\. What ends first is not a fair part/);
  expect(JSON.parse((await cli('report', 'underway', '--json')).stdout)).toMatchObject({ planned_cells: 100 });
  const { stdout: compared } = await cli('compare', 'underway', '--by', 'model', '--json');
  expect((JSON.parse(compared) as { warnings: string[] }).warnings).toEqual([
    expect.stringMatching(/^underway: 40 of 100 cells so far\./),
  ]);
  expect((await cli('report', 'first')).stdout).not.toContain('so far.');
});

test('rows go to CSV and JSONL', async () => {
  const [csv, jsonl] = [join(home, 'rows.csv'), join(home, 'rows.jsonl')];
  await cli('export', 'first', '--format', 'csv', '--out', csv);
  await cli('export', 'first', '--format', 'jsonl', '--table', 'attempts', '--out', jsonl);
  const [heading = '', ...rows] = readFileSync(csv, 'utf8').trim().split('\n');
  expect(heading).toMatch(/^sweep_id,cell_id,suite,task_id,/);
  expect(rows).toHaveLength(9);
  const actions = readFileSync(jsonl, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { action: string }).action); // prettier-ignore
  expect(new Set(actions)).toEqual(new Set(['generate', 'execute']));
});

/** A home in which the first sweep has ended with these results alone. */
async function homeWith(results: readonly CellResult[]): Promise<string> {
  const other = await newHome();
  const [from, to] = [home, other].map((each) => join(each, 'sweeps', 'first'));
  mkdirSync(to ?? '', { recursive: true });
  copyFileSync(join(from ?? '', 'manifest.json'), join(to ?? '', 'manifest.json'));
  await writeSegment(other, 'first', 0, results);
  return other;
}

test('of a sweep that is not over, only tasks of which every cell has ended can be taken', async () => {
  const results = await readResults(home, 'first');
  const [last] = results.slice(-1);
  const out = join(home, 'complete.jsonl');
  const args = ['export', 'first', '--format', 'jsonl', '--complete', '--out', out, '--home'];
  await runCli([...args, await homeWith(results.slice(0, -1))]);
  const rows = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { task_id: string });
  expect(rows.map(({ task_id: task }) => task).sort()).toEqual(
    TASKS.filter((task) => task !== last?.cell.taskId)
      .sort()
      .flatMap((task) => [task, task, task]),
  );
  const { code, stderr } = await runCli([...args, await homeWith(results.filter(({ cell }) => cell.sample !== 0))]);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no task with all its cells finished'),
  });
});

test.each([
  [['compare', 'first', 'nobody'], 'There is no sweep "nobody"'],
  [['compare', 'first'], 'nothing to be compared with'],
  [['compare', 'first', '--by', 'strategy'], 'There is nothing to compare'],
  [['compare', 'first', 'first', '--by', 'model'], '--by compares within one sweep'],
  [['report', '/no/such/sweeps/x'], 'There is no sweep'],
  [['export', 'first', '--format', 'replay', '--out', '/tmp/x'], 'Which suites'],
  [['export', 'first', '--format', 'csv', '--suite', 'humaneval', '--out', '/tmp/x'], 'no finished cell of that suite'],
  [['export', 'first', '--format', 'xlsx', '--out', '/tmp/x'], 'Allowed choices'],
  [['export', 'first', '--format', 'csv', '--out', 'HOME/sweeps'], 'sweeps: a folder is there.'],
  [['export', 'first', '--format', 'parquet', '--out', 'HOME/home.json/rows'], 'a file is where a folder has to be.'],
  [['export', 'first', '--format', 'jsonl', '--out', '/proc/rows.jsonl.gz'], 'Cannot write /proc/rows.jsonl.gz: '],
  [
    ['export', 'first', '--format', 'inspect', '--suite', 'starter', '--out', 'HOME/home.json'],
    'home.json: a file is where a folder has to be.',
  ],
  [['report', 'first', '--html', 'HOME/sweeps'], 'sweeps: a folder is there.'],
  [['report', 'first', '--html', '/proc/none/page.html'], 'Cannot write /proc/none/page.html: '],
])('%j is refused', async (args, message) => {
  const { code, stderr, stdout } = await cli(...args.map((arg) => arg.replace('HOME', home)));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('samples go to the layouts of Inspect and EvalPlus, a file for each arm', async () => {
  const [inspect, evalplus] = [join(home, 'inspect'), join(home, 'evalplus')];
  await cli('export', 'first', '--format', 'inspect', '--suite', 'starter', '--out', inspect);
  await cli('export', 'first', '--format', 'evalplus', '--suite', 'starter', '--out', evalplus);
  const passed = (await readResults(home, 'first')).filter(({ verdict }) => verdict === 'pass');

  expect(readdirSync(inspect)).toEqual(['starter_qwen_direct.json']);
  const log = JSON.parse(readFileSync(join(inspect, 'starter_qwen_direct.json'), 'utf8')) as {
    samples: { id: string; epoch: number; input: object[]; scores: { verdict: { value: string; answer: string } } }[];
  };
  expect(log).toMatchObject({ version: 2, status: 'success', eval: { model: 'qwen', config: { epochs: 3 } } });
  const correct = log.samples.filter(({ scores }) => scores.verdict.value === 'C');
  expect(new Set(correct.map(({ id, epoch }) => `${id} ${epoch}`))).toEqual(
    new Set(passed.map(({ cell }) => `${cell.taskId} ${cell.sample + 1}`)),
  );
  expect(correct[0]?.scores.verdict.answer).toContain('def ');
  expect(correct[0]?.input).toMatchObject([{ role: 'user' }]);

  expect(readdirSync(evalplus)).toEqual(['starter_qwen_direct.jsonl', 'starter_qwen_direct_eval_results.json']);
  const read = JSON.parse(readFileSync(join(evalplus, 'starter_qwen_direct_eval_results.json'), 'utf8')) as {
    eval: Record<string, { base_status: string; solution: string }[]>;
  };
  expect(Object.keys(read.eval).sort()).toEqual(TASKS.toSorted());
  expect(Object.values(read.eval).flat().filter((each) => each.base_status === 'pass')).toHaveLength(passed.length); // prettier-ignore
  const solutions = readFileSync(join(evalplus, 'starter_qwen_direct.jsonl'), 'utf8').trim().split('\n');
  expect(solutions.map((line) => (JSON.parse(line) as { solution: string }).solution)).toEqual(
    TASKS.toSorted().flatMap((task) => read.eval[task]?.map(({ solution }) => solution)),
  );
});
