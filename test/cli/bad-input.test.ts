import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ensureTool } from '../../infra/tools/tool.js';
import { runCli } from '../support/cli.js';
import { sharedHome } from '../support/embedded-home.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { expectRefusal } from '../support/refusal.js';
import { sharedTools } from '../support/shared-tools.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';

const newHome = homesWithTools();

const STARTER = { suites: [{ id: 'starter', limit: 1 }], strategies: [{ id: 'direct' }] };
const HOST = { id: 'openai:x', base_url: 'http://127.0.0.1:9/v1' };

/** The sweeps of a home, and what else lies in their folder. */
function sweepsOf(home: string): string[] {
  return existsSync(join(home, 'sweeps')) ? readdirSync(join(home, 'sweeps')) : [];
}

describe('a sweep that cannot be planned is refused with exit 2 and leaves nothing', () => {
  test('an unknown field: file, line and field', async () => {
    const home = await newHome();
    const file = join(dirname(home), 'typo.yaml');
    writeFileSync(
      file,
      'name: typo\nsuites: [{ id: starter }]\nmodels:\n  - id: replay:x\n    temprature: 0.5\nstrategies: [{ id: direct }]\n',
    );
    expectRefusal(await runCli(['run', file, '--home', home]), 2, file, 'line 5', 'models.0.temprature', 'hint: ');
    expect(sweepsOf(home)).toEqual([]);
  });

  test('text that is no YAML: file and line', async () => {
    const home = await newHome();
    const file = join(dirname(home), 'broken.yaml');
    writeFileSync(file, 'name: broken\nsuites: [{ id: starter\nmodels: [\n');
    expectRefusal(await runCli(['run', file, '--home', home]), 2, file, 'line ');
  });

  test('a file that is not there', async () => {
    const home = await newHome();
    expectRefusal(await runCli(['run', join(home, 'none.yaml'), '--home', home]), 2, 'none.yaml', 'hint: ');
  });

  test.each([
    ['an unknown model', { ...STARTER, models: [{ id: 'embedded:gpt-9' }] }, ['embedded:gpt-9', 'qwen2.5-coder-0.5b']],
    ['an unknown provider', { ...STARTER, models: [{ id: 'nobody:x' }] }, ['nobody:x', 'openai:']],
    ['an unknown suite', { ...STARTER, suites: [{ id: 'mbbp' }], models: [HOST] }, ['mbbp', 'starter, humaneval']],
    [
      'an unknown task',
      { ...STARTER, suites: [{ id: 'starter', tasks: ['nope'] }], models: [HOST] },
      ['"nope"', 'starter'],
    ],
    [
      'an unknown strategy',
      { ...STARTER, strategies: [{ id: 'magic' }], models: [HOST] },
      ['strategies.0.id', 'react'],
    ],
    ['a missing key', { ...STARTER, models: [{ id: 'openai:gpt-x' }] }, ['openai:gpt-x', 'OPENAI_API_KEY is not set']],
    ['a missing replay file', { ...STARTER, models: [{ id: 'replay:/no/such.jsonl' }] }, ['/no/such.jsonl']],
  ])('%s', async (_, sweep, parts) => {
    const home = await newHome();
    const file = writeSweepFile(home, { name: 'refused', ...sweep });
    expectRefusal(await runCli(['run', file, '--home', home]), 2, 'hint: ', ...parts);
    expect(sweepsOf(home)).toEqual([]);
  });

  test('a suite with a broken line: file and line', async () => {
    const home = await newHome();
    const suite = writeTasks(home, 2);
    writeFileSync(suite, '{"task_id": "sum/2", "prompt"\n', { flag: 'a' });
    const file = writeSweepFile(home, {
      ...STARTER,
      name: 'refused',
      suites: [{ id: 'humaneval', file: suite }],
      models: [HOST],
    });
    expectRefusal(await runCli(['run', file, '--home', home]), 2, suite, 'line 3', 'hint: ');
    expect(sweepsOf(home)).toEqual([]);
  });

  test('a replay file with a broken line: file and line', async () => {
    const home = await newHome();
    const replay = join(dirname(home), 'answers.jsonl');
    writeFileSync(replay, `${JSON.stringify({ match: 'x', completion: 'y' })}\n{"match": 3}\n`);
    const file = writeSweepFile(home, { ...STARTER, name: 'refused', models: [{ id: `replay:${replay}` }] });
    expectRefusal(await runCli(['run', file, '--home', home]), 2, `${replay}:2`, 'hint: ');
    expect(sweepsOf(home)).toEqual([]);
  });
});

describe('words on the command line', () => {
  test.each([
    ['status', 'nothing'],
    ['pause', 'nothing'],
    ['resume', 'nothing'],
    ['cancel', 'nothing'],
  ])('%s of a sweep that is not there', async (command, sweep) => {
    const home = await newHome();
    expectRefusal(await runCli([command, sweep, '--home', home]), 2, 'There is no sweep "nothing"', home, 'hint: ');
    expect(sweepsOf(home)).toEqual([]);
  });

  test('an unknown command, and a run without a sweep', async () => {
    const home = await newHome();
    expect(await runCli(['dance'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("'dance'") });
    expectRefusal(await runCli(['run', '--home', home]), 2, '--suite and --model');
  });

  test('numbers that are none', async () => {
    const home = await newHome();
    const run = ['run', '--suite', 'starter', '--model', 'openai:x', '--home', home];
    expectRefusal(await runCli([...run, '--samples', 'many']), 2, 'samples');
    expectRefusal(await runCli([...run, '--limit', '-1']), 2, 'limit');
  });

  test.each(['suite', 'model', 'strategy', 'samples', 'limit'])('--%s beside a sweep file', async (name) => {
    const home = await newHome();
    const file = writeSweepFile(home, { ...STARTER, name: 'refused', models: [HOST] });
    expectRefusal(await runCli(['run', file, `--${name}`, '1', '--home', home]), 2, file, `--${name}`, 'hint: ');
    expect(sweepsOf(home)).toEqual([]);
  });
});

/** Walls in the command, as any user may: parts of the file system become read-only, or small. */
async function bwrap(...options: readonly string[]): Promise<string[]> {
  return [await ensureTool('bwrap', { home: sharedHome() }), '--dev-bind', '/', '/', ...options];
}

describe('a home that cannot be used is told with exit 3', () => {
  test.each(['/dev/null/nowhere', '/proc/nowhere/at/all'])('one that cannot be made: %s', async (home) => {
    expectRefusal(await runCli(['suites', '--home', home]), 3, home, 'hint: ', '--home');
  });

  test('one that is read-only', async () => {
    const home = await newHome();
    const file = writeSweepFile(home, { ...STARTER, name: 'refused', models: [HOST] });
    const ended = await runCli(['run', file, '--home', home], { via: await bwrap('--ro-bind', home, home) });
    expectRefusal(ended, 3, home, 'read-only', 'hint: ');
    expect(readdirSync(home)).toEqual(['tools']);
  });

  test('one that a newer version made', async () => {
    const home = await newHome();
    writeFileSync(join(home, 'home.json'), '{"format":99}\n');
    const file = writeSweepFile(home, { ...STARTER, name: 'refused', models: [HOST] });
    expectRefusal(
      await runCli(['run', file, '--home', home]),
      3,
      home,
      'newer version (format 99)',
      'Update aicodereval',
    );
    expect(readdirSync(home).sort()).toEqual(['home.json', 'tools']);
  });

  test('one on a full disk', async () => {
    const home = await newHome();
    const suite = writeTasks(home, 100);
    const file = writeSweepFile(home, {
      ...STARTER,
      name: 'refused',
      suites: [{ id: 'humaneval', file: suite }],
      models: [HOST],
    });
    const small = await bwrap(
      '--size',
      '65536',
      '--tmpfs',
      home,
      '--symlink',
      await sharedTools(),
      join(home, 'tools'),
    );
    // The small disk is gone with its wall, so what is left on it is listed inside.
    const list = ['/bin/sh', '-c', '"$@"; code=$?; ls "$0"/sweeps >&2; exit $code', home];
    const ended = await runCli(['run', file, '--home', home], { via: [...small, ...list] });
    expectRefusal(ended, 3, 'the disk is full');
    expect(ended.stderr).not.toContain('\nrefused\n');
  });
});

/** Sweeps of one task that a recorded answer passes. */
async function replayedSweep(
  changes: Readonly<Record<string, unknown>> = {},
): Promise<{ home: string; file: string; sweep: Record<string, unknown> }> {
  const home = await newHome();
  const replay = join(dirname(home), 'answers.jsonl');
  writeFileSync(replay, `${JSON.stringify({ match: 'Sum of two', completion: ANSWERS.right })}\n`);
  const sweep = {
    ...STARTER,
    name: 'one',
    suites: [{ id: 'humaneval', file: writeTasks(home, 1) }],
    models: [{ id: `replay:${replay}` }],
    ...changes,
  };
  return { home, sweep, file: writeSweepFile(home, sweep) };
}

const squatters: Server[] = [];
afterAll(() => {
  for (const server of squatters) server.close();
});

/** Takes a port of loopback, which nobody else has before the tests are over. */
function occupyAny(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    squatters.push(server);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

test('ports in use: the server takes others; one name with another content: exit 2 and the field that differs', async () => {
  const [grpc, ui] = await Promise.all([occupyAny(), occupyAny()]);
  const { home, sweep, file } = await replayedSweep();
  // Any home's wish is tried first; the usual ports may be other tests', who give them back at any time.
  writeFileSync(join(home, 'host.json'), JSON.stringify({ pid: process.pid, grpc, ui }));
  const ended = await runCli(['run', file, '--home', home]);
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  expect(ended.stderr).toMatch(/Temporal UI: http:\/\/127\.0\.0\.1:\d+/);
  expect(ended.stderr).not.toContain(`:${ui}`);

  const before = readdirSync(join(home, 'sweeps', 'one'));
  const other = writeSweepFile(home, { ...sweep, samples: 2, strategies: [{ id: 'react', rounds: 2 }] });
  const refused = await runCli(['run', other, '--home', home]);
  expectRefusal(refused, 2, '"one"', 'samples', 'strategies', '--name');
  expect(readdirSync(join(home, 'sweeps', 'one'))).toEqual(before);
}, 100_000);

test('a suite that lies in a folder that cannot be read as a file', async () => {
  const { home, sweep } = await replayedSweep();
  const folder = join(dirname(home), 'folder');
  mkdirSync(folder);
  const file = writeSweepFile(home, { ...sweep, name: 'refused', suites: [{ id: 'humaneval', file: folder }] });
  expectRefusal(await runCli(['run', file, '--home', home]), 2, folder, 'hint: ');
  expect(sweepsOf(home)).toEqual([]);
});

test('homes that start at the same moment get servers of their own', async () => {
  const sweeps = await Promise.all([replayedSweep(), replayedSweep(), replayedSweep()]);
  const all = await Promise.all(sweeps.map(({ file, home }) => runCli(['run', file, '--home', home])));
  for (const ended of all) expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  const addresses = all.map(({ stdout }) => /Temporal UI: (\S+)/.exec(stdout)?.[1]);
  expect(new Set(addresses).size).toBe(3);
}, 100_000);
