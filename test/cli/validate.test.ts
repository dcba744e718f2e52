import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Ended, processesOf, runCli, startCli, until } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { ANSWERS, writeSweepFile } from '../support/sweep-files.js';

const newHome = homesWithTools();

interface Kind {
  readonly body: string;
  readonly test?: string;
}

const SOUND = 'def check(candidate):\n    assert candidate(2, 3) == 5\n    assert candidate(-1, 1) == 0\n';
const KINDS = {
  sound: { body: '    return a + b\n' },
  missing: { body: '    import no_such_package\n    return a + b\n' },
  wrong: { body: '    return a - b\n' },
  online: {
    body: '    import urllib.request\n    return a + len(urllib.request.urlopen("http://example.com").read())\n',
  },
  gpu: { body: '    raise RuntimeError("No CUDA GPUs are available")\n' },
  lenient: { body: '    return a + b\n', test: 'def check(candidate):\n    assert candidate(2, 0) == 2\n' },
  blind: { body: '    return a + b\n', test: 'def check(candidate):\n    candidate(2, 0)\n' },
} as const satisfies Record<string, Kind>;
type KindName = keyof typeof KINDS;

function writeSuite(home: string, tasks: readonly (readonly [id: string, kind: Kind])[]): string {
  const lines = tasks.map(([id, { body, test: source = SOUND }]) =>
    JSON.stringify({
      task_id: id,
      prompt: 'def add(a, b):\n    """Sum of two numbers."""\n',
      entry_point: 'add',
      canonical_solution: body,
      test: source,
    }),
  );
  const file = join(dirname(home), 'suite.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

function validate(home: string, file: string, ...flags: readonly string[]): Promise<Ended> {
  return runCli(command(home, file, ...flags));
}

function command(home: string, file: string, ...flags: readonly string[]): string[] {
  return ['validate', '--suite', 'humaneval', '--tasks', file, '--home', home, '--json', ...flags];
}

interface Found {
  readonly counts: Readonly<Record<string, number>>;
  readonly tasks: readonly {
    readonly task_id: string;
    readonly status: string;
    readonly fault: string | null;
    readonly evidence: string;
    readonly passed_runs: number;
    readonly failed_runs: number;
  }[];
}

function found({ stdout }: Ended): Found {
  return JSON.parse(stdout) as Found;
}

/** Runs that any validation of the home has kept. */
function ledger(home: string): { kind: string; taskId: string }[] {
  const folder = join(home, 'validations', 'ledger');
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.endsWith('}'))
    .map((line) => (JSON.parse(line) as { finding: { kind: string; taskId: string } }).finding);
}

test('each status by its evidence; a sweep says what is wrong with its tasks, or leaves them out', async () => {
  const home = await newHome();
  const names = Object.keys(KINDS) as KindName[];
  const file = writeSuite(
    home,
    names.map((name) => [name, KINDS[name]]),
  );
  const first = await validate(home, file, '--jobs', '3');
  expect(first.code).toBe(1);
  const statuses = Object.fromEntries(found(first).tasks.map((task) => [task.task_id, [task.status, task.fault]]));
  expect(statuses).toEqual({
    sound: ['usable', null],
    missing: ['broken', 'environment'],
    wrong: ['broken', 'task'],
    online: ['needs-network', 'environment'],
    gpu: ['needs-gpu', 'environment'],
    lenient: ['vacuous', 'task'],
    blind: ['vacuous', 'task'],
  });
  const evidence = (id: string) => found(first).tasks.find((task) => task.task_id === id)?.evidence;
  expect(evidence('missing')).toContain("No module named 'no_such_package'");
  expect(evidence('online')).toMatch(/opened a network socket, and failed: URLError/);
  expect(evidence('lenient')).toContain('return a, its first argument');
  expect(evidence('blind')).toContain('no assertion ever holds');
  expect(await processesOf(home)).toEqual([]);
  const runs = ledger(home).length;

  const again = await validate(home, file);
  expect(again.stderr).toContain('nothing is run');
  expect(found(again).counts).toEqual({ usable: 1, vacuous: 2, broken: 2, 'needs-network': 1, 'needs-gpu': 1 });
  expect(ledger(home)).toHaveLength(runs);

  const answers = join(dirname(home), 'answers.jsonl');
  writeFileSync(answers, `${JSON.stringify({ match: 'Sum of two', completion: ANSWERS.right })}\n`);
  const sweep = (name: string, suite: object, sandbox: object = {}): string =>
    writeSweepFile(home, {
      name,
      suites: [{ id: 'humaneval', file, ...suite }],
      models: [{ id: `replay:${answers}` }],
      strategies: [{ id: 'direct' }],
      sandbox,
    });
  const run = (path: string): Promise<Ended> => runCli(['run', path, '--home', home, '--json']);
  const usable = await run(sweep('usable', { only: 'usable' }));
  expect(usable).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('6 of 7 tasks are left out: missing (broken)'),
  });
  const manifest = readFileSync(join(home, 'sweeps', 'usable', 'manifest.json'), 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({
    cells: 1,
    validations: [{ suite: 'humaneval', tasks: 7, unvalidated: 0, notUsable: [], leftOut: { length: 6 } }],
  });
  const all = await run(sweep('all', { tasks: ['sound', 'blind'] }));
  expect(all.stderr).toContain('humaneval: not usable: blind (vacuous)');
  // What was found with other limits says nothing of these.
  const other = await run(sweep('other', { tasks: ['sound'] }, { memory: '1GiB' }));
  expect(other.stderr).toContain('humaneval: 1 of 1 tasks were never tried out');
  expect(other.stderr).toContain(`aicodereval validate --suite humaneval --tasks ${file} --memory 1073741824B`);
  const refused = await run(sweep('refused', { only: 'usable' }, { memory: '1GiB' }));
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('is not known of 7 of 7') });
}, 240_000);

const ORDERED = [
  'import unittest',
  'class Ordered(unittest.TestCase):',
  '    made = []',
  '    def test_a(self):',
  '        self.made.append(add(1, 2))',
  '        self.assertEqual(add(2, 3), 5)',
  '    def test_b(self):',
  '        self.assertEqual(self.made, [3])',
  'def check(candidate): pass',
  '',
].join('\n');

test('cases of unittest are tried in reverse, and a slow reference gets the time that sweeps give it', async () => {
  const home = await newHome();
  const slow =
    '    import time\n    end = time.process_time() + 1.5\n    while time.process_time() < end: pass\n    return a + b\n';
  const either = ORDERED.replace('self.made, [3]', 'add(1, 2), 3');
  const file = writeSuite(home, [
    ['ordered', { ...KINDS.sound, test: ORDERED }],
    ['either', { ...KINDS.sound, test: either }],
    ['slow', { body: slow, test: 'def check(candidate):\n    assert candidate(2, 3) == 5\n' }],
  ]);
  const ended = found(await validate(home, file, '--mutants', '1', '--cpu-seconds', '1'));
  expect(ended.tasks.map(({ task_id: id, status }) => [id, status])).toEqual([
    ['ordered', 'flaky'],
    ['either', 'usable'],
    ['slow', 'usable'],
  ]);
  expect(ended.tasks[0]?.evidence).toMatch(/with its cases in reverse order: 1 of 2 cases failed/);
  const reversed = ledger(home).filter(({ kind }) => kind === 'reversed');
  expect(reversed.map(({ taskId }) => taskId).sort()).toEqual(['either', 'ordered']);
}, 240_000);

test('a reference that passes now and then is flaky, told by this run or by those before', async () => {
  const home = await newHome();
  const dice = { body: '    import random\n    return a + b if random.random() < 0.5 else 0\n' };
  const tasks = Array.from({ length: 12 }, (_, n) => [`dice/${n}`, dice] as const);
  const file = writeSuite(home, [...tasks, ['sound', KINDS.sound]]);
  const first = found(await validate(home, file, '--mutants', '0'));
  const count = ({ counts }: Found): number => counts['flaky'] ?? 0;
  // 12 tasks of which each looks sound or broken half of the time, then an eighth.
  expect(count(first)).toBeGreaterThan(0);
  const second = found(await validate(home, file, '--mutants', '0', '--again'));
  expect(count(second)).toBeGreaterThanOrEqual(count(first));
  const flaky = new Set(first.tasks.filter(({ status }) => status === 'flaky').map((task) => task.task_id));
  for (const task of second.tasks) {
    expect(task.passed_runs + task.failed_runs).toBe(4);
    if (flaky.has(task.task_id)) expect(task.status).toBe('flaky');
  }
  expect(second.tasks.at(-1)).toMatchObject({ task_id: 'sound', status: 'usable', passed_runs: 4 });
}, 240_000);

test('killed in the middle, the same command goes on, and runs nothing twice', async () => {
  const home = await newHome();
  const slow = (n: number): Kind => ({
    body: `    import time\n    time.sleep(0.05)\n    return a + b + ${n} - ${n}\n`,
  });
  const file = writeSuite(
    home,
    Array.from({ length: 16 }, (_, n) => [`slow/${n}`, slow(n)] as const),
  );
  mkdirSync(join(home, 'validations', 'ledger'), { recursive: true });
  const run = startCli(command(home, file));
  await until('some runs are kept', () => ledger(home).length >= 20);
  run.child.kill('SIGKILL');
  await run.ended;
  await until('its workers are gone', async () => (await processesOf(home)).length === 0);
  const kept = ledger(home).length;
  const ended = await validate(home, file);
  expect(ended.code).toBe(0);
  expect(found(ended).counts).toEqual({ usable: 16 });
  const runs = ledger(home);
  const ofKind = (kind: string): number => runs.filter((trial) => trial.kind === kind).length;
  expect(kept).toBeLessThan(runs.length);
  // Each run is kept once; a line that the kill has torn is a run that was not.
  expect([ofKind('reference'), ofKind('again'), ofKind('stub')]).toEqual([16, 16, 48]);
  expect(await processesOf(home)).toEqual([]);
}, 240_000);

test.each([
  ['a suite that there is none of', ['--suite', 'nope'], 'no suite "nope"'],
  ['no program at a time', ['--suite', 'starter', '--jobs', '0'], '--jobs must be a whole number of 1 or more'],
  ['limits that are none', ['--suite', 'starter', '--memory', 'much'], 'memory'],
])('%s: exit 2', async (_, flags, message) => {
  const ended = await runCli(['validate', ...flags, '--home', await newHome()]);
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});
