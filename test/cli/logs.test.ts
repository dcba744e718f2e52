import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readHostFile } from '../../workers/host.js';
import { runCli, type Running, startCli, until } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { family, processTable } from '../support/process-table.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';
import { roleOf } from '../support/victims.js';

const SECRET = 'sk-secret-0123456789abcdef';
/** Runs a command on a terminal of its own, and copies what that shows. */
const ON_TERMINAL = [
  'python3',
  '-c',
  'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))',
];
const newHome = homesWithTools();
const started: Running[] = [];
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});

/** What `up` says when one of its workers has been killed, and how it ends. */
async function upWithVictim(env: Readonly<Record<string, string>>, via: readonly string[] = []): Promise<string> {
  const home = await newHome();
  const up = startCli(['up', '--home', home], { env, via });
  started.push(up);
  let shown = '';
  up.child.stdout?.on('data', (data: string) => (shown += data));
  const said = (): string => up.said() + shown;
  await until('the workers are up', () => said().includes('Workers are up'));
  const victim = family(await processTable(), up.child.pid ?? 0).find((entry) => roleOf(entry) === 'control');
  process.kill(victim?.pid ?? 0, 'SIGKILL');
  await until('the host says so', () => said().includes('the control worker ended'));
  process.kill((await readHostFile(home))?.pid ?? 0, 'SIGINT');
  await up.ended;
  return said();
}

describe('what goes on behind a command', () => {
  test('is JSON where nobody watches', async () => {
    const said = await upWithVictim({});
    const line = said.split('\n').find((one) => one.includes('the control worker ended')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      level: 'warn',
      name: 'aicodereval',
      signalCode: 'SIGKILL',
      msg: 'the control worker ended; starting it again',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  test('is a coloured line on a terminal, without colour where that is asked for, and JSON too', async () => {
    const [coloured, plain, json] = await Promise.all([
      upWithVictim({ TERM: 'xterm' }, ON_TERMINAL),
      upWithVictim({ TERM: 'xterm', NO_COLOR: '1' }, ON_TERMINAL),
      upWithVictim({ AICODEREVAL_LOG_FORMAT: 'json' }, ON_TERMINAL),
    ]);
    const line = /^\d\d:\d\d:\d\d WARN {2}the control worker ended; starting it again signalCode=SIGKILL$/m;
    const bare = (text: string): string => stripVTControlCharacters(text).replaceAll('\r', '');
    expect(bare(coloured)).toMatch(line);
    expect(bare(plain)).toMatch(line);
    expect(coloured).toContain('\u001B[33mWARN \u001B[39m');
    expect(plain).not.toContain('\u001B[3');
    expect(json).toContain('"msg":"the control worker ended; starting it again"');
    expect(json).not.toContain('\u001B');
  }, 180_000);

  test.each([
    ['AICODEREVAL_LOG', 'loud', 'trace, debug, info, warn, error, fatal, silent'],
    ['AICODEREVAL_LOG_FORMAT', 'xml', 'json, text'],
  ])('%s=%s is refused', async (name, value, choices) => {
    const { code, stderr } = await runCli(['suites'], { env: { [name]: value } });
    expect(stderr).toBe(`error: ${name} is "${value}".\n  hint: It may be ${choices}.\n`);
    expect(code).toBe(2);
  });
});

describe('the log files of a sweep', () => {
  let lines: Record<string, unknown>[] = [];
  let ofModels = '';

  beforeAll(async () => {
    const home = await newHome();
    const answers = join(dirname(home), `answers-${SECRET}.jsonl`);
    const one = { match: 'task 0 of many', completion: ANSWERS.right, prompt_tokens: 1, completion_tokens: 1 };
    writeFileSync(answers, `${JSON.stringify({ ...one, finish_reason: 'stop' })}\n`);
    const file = writeSweepFile(home, {
      name: 'logged',
      suites: [{ id: 'humaneval', file: writeTasks(home, 2) }],
      // The file's name is said when it has no answer: as if somebody had quoted a key.
      models: [{ id: `replay:${answers}`, label: 'recited' }],
      strategies: [{ id: 'direct' }],
    });
    const env = { AICODEREVAL_LOG: 'debug', AICODEREVAL_LOG_FORMAT: 'text', MY_API_KEY: ` ${SECRET}\n` };
    expect((await runCli(['run', file, '--home', home], { env })).code).toBe(0);
    const logs = join(home, 'logs');
    const names = readdirSync(logs).filter((name) => name !== 'temporal.log');
    expect(names.toSorted()).toEqual(['control.log', 'model.log', 'sandbox.log']);
    ofModels = readFileSync(join(logs, 'model.log'), 'utf8');
    const texts = names.map((name) => readFileSync(join(logs, name), 'utf8')).join('');
    lines = texts
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }, 120_000);

  test('are JSON, each line with time, level, name and message', () => {
    expect(lines.length).toBeGreaterThan(10);
    for (const { time, level, name, msg } of lines) {
      expect([time, level, name, msg].every((field) => typeof field === 'string')).toBe(true);
    }
  });

  test('say of every line about a workflow which sweep and which cell it is of', () => {
    const concerned = lines.filter(({ workflowId }) => typeof workflowId === 'string');
    expect(concerned.length).toBeGreaterThan(0);
    expect(concerned.filter(({ sweep }) => sweep !== 'logged')).toEqual([]);
    const cells = concerned.filter(({ workflowType }) => workflowType === 'cellWorkflow');
    expect(new Set(cells.map(({ cell }) => cell))).toEqual(
      new Set(['logged/humaneval/sum-0/recited/direct/0', 'logged/humaneval/sum-1/recited/direct/0']),
    );
    expect(lines.filter((line) => 'taskToken' in line)).toEqual([]);
  });

  test('say what came of each cell, and why one could not be judged', () => {
    const warned = lines.filter(({ msg }) => msg === 'A cell could not be judged');
    expect(warned).toMatchObject([
      { level: 'warn', cell: 'logged/humaneval/sum-1/recited/direct/0', errorClass: 'model-refused' },
    ]);
    expect(String(warned[0]?.['message'])).toContain('No answer to request');
    expect(lines.filter(({ msg }) => msg === 'A cell is finished')).toMatchObject([
      { level: 'debug', cell: 'logged/humaneval/sum-0/recited/direct/0', verdict: 'pass' },
    ]);
    const failed = lines.find(({ msg }) => msg === 'Activity failed');
    expect(failed).toMatchObject({ error: { type: 'ApplicationFailure' } });
    expect(JSON.stringify(failed?.['error'])).toContain('No answer to request');
  });

  test('hold no key of those that ask models', () => {
    expect(ofModels).toContain('answers-[key].jsonl');
    expect(ofModels).not.toContain(SECRET);
  });
});

test('no log file becomes long, neither one of an earlier command nor one that is being written', async () => {
  const home = await newHome();
  const logs = join(home, 'logs');
  const path = (name: string): string => join(logs, `${name}.log`);
  const line = `${JSON.stringify({ time: 'then', level: 'info', name: 'earlier', msg: 'x'.repeat(1_000) })}\n`;
  const long = line.repeat(12_000);
  mkdirSync(logs);
  for (const name of ['temporal', 'sandbox']) writeFileSync(path(name), long);
  const up = startCli(['up', '--home', home], { env: { AICODEREVAL_LOG: 'debug' } });
  started.push(up);
  await until('the workers are up', () => up.said().includes('Workers are up'));
  for (const name of ['temporal', 'sandbox']) {
    expect(statSync(path(name)).size).toBeLessThan(1_000_000);
    const kept = readFileSync(path(`${name}.1`), 'utf8');
    expect(kept.length).toBeGreaterThan(10_000_000);
    expect(kept.length).toBeLessThan(11_000_000);
    expect(long.endsWith(kept) && kept.startsWith('{')).toBe(true);
  }
  await until('the worker writes', () => readFileSync(path('sandbox'), 'utf8').includes('"name":"worker sandbox"'));
  appendFileSync(path('sandbox'), line.repeat(10_600));
  await until('it has been moved', () => readdirSync(logs).includes('sandbox.2.log'));
  up.child.kill('SIGINT');
  await up.ended;
  const after = readFileSync(path('sandbox'), 'utf8');
  expect(after.length).toBeLessThan(1_000_000);
  const names = after
    .trim()
    .split('\n')
    .map((one) => (JSON.parse(one) as { name: string }).name);
  expect(new Set(names)).toEqual(new Set(['worker sandbox']));
}, 120_000);
