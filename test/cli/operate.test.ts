import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type Ended, processesOf, runCli, type Running, startCli, until } from '../support/cli.js';
import { type FaultServer, REPLIES, type Reply, startFaultServer } from '../support/fault-server.js';
import { freePorts } from '../support/free-ports.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { packagePath } from '../../infra/package-path.js';
import { sweepFolder } from '../../infra/store/paths.js';
import { readHostFile } from '../../workers/host.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';

const newHome = homesWithTools();
const hosts: Pick<FaultServer, 'close'>[] = [];
const started: Running[] = [];
afterEach(async () => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
  await Promise.all(hosts.splice(0).map((host) => host.close()));
});

function sweepFile(name: string, home: string, tasks: string, host: FaultServer): string {
  return writeSweepFile(home, {
    name,
    suites: [{ id: 'humaneval', file: tasks }],
    models: [{ id: 'openai:slow', base_url: host.baseUrl, concurrency: 50 }],
    strategies: [{ id: 'direct' }],
    concurrency: 2,
  });
}

/** A home, a model host that needs `delayMs` for an answer, and a sweep over it with two cells in flight. */
class Bench {
  readonly home: string;
  readonly host: FaultServer;
  /** From now on the host is silent. */
  readonly hush: () => void;
  readonly heal: () => void;
  private readonly file: string;

  private constructor(home: string, host: FaultServer, file: string, silence: (after: number) => void) {
    this.home = home;
    this.host = host;
    this.file = file;
    this.hush = () => silence(0);
    this.heal = () => silence(Number.POSITIVE_INFINITY);
  }

  /** The host is silent from its `silentAfter`th request on, until `heal`. */
  static async open(cells: number, delayMs: number, silentAfter = Number.POSITIVE_INFINITY): Promise<Bench> {
    const home = await newHome();
    const right: Reply = { kind: 'answer', text: ANSWERS.right };
    let left = silentAfter;
    const reply = (): Reply => ((left -= 1) < 0 ? REPLIES.hang : right);
    const host = await startFaultServer({ reply, delayMs });
    hosts.push(host);
    const file = sweepFile('slow', home, writeTasks(home, cells), host);
    return new Bench(home, host, file, (after) => (left = after));
  }

  start(...flags: readonly string[]): Running {
    return this.startVia([], ...flags);
  }

  /** As the command that is given to another one. */
  startVia(via: readonly string[], ...flags: readonly string[]): Running {
    const running = startCli(['run', this.file, '--home', this.home, ...flags], { via });
    started.push(running);
    return running;
  }

  command(name: string, ...rest: readonly string[]): Promise<Ended> {
    return runCli([name, 'slow', ...rest, '--home', this.home]);
  }

  /** Until the host was asked this often; a run that ends before that fails with what it said. */
  async asked(times: number, run: Running): Promise<void> {
    const isEnough = (): boolean => this.host.received.length >= times;
    await until(`the host was asked ${times} times`, () => isEnough() || run.child.exitCode !== null);
    if (!isEnough()) throw new Error(`the run ended before it had asked ${times} times: ${run.said()}`);
  }

  /** A key for each request, in order. */
  keys(): string[] {
    return this.host.received.map(({ key }) => key);
  }

  /** Nothing of the home runs, and its folder of temporary files is gone. */
  async expectQuiet(): Promise<void> {
    expect(await processesOf(this.home)).toEqual([]);
    expect(existsSync(join(this.home, 'tmp'))).toBe(false);
  }
}

test('two commands watch one sweep, which keeps to its concurrency; pause stops new requests, resume and set-concurrency go on', async () => {
  const bench = await Bench.open(60, 400);
  const first = bench.start('--json');
  await bench.asked(3, first);
  const second = bench.start();
  expect(await bench.command('pause')).toMatchObject({ code: 0, stdout: expect.stringContaining('pause done') });
  await sleep(600);
  const paused = bench.host.received.length;
  expect(await bench.command('pause')).toMatchObject({ code: 2, stderr: expect.stringContaining('paused already') });
  expect(await bench.command('set-concurrency', '1.5')).toMatchObject({ code: 2 });
  const cure = 'slow is paused. To go on, from any terminal: aicodereval resume slow\n';
  expect((await bench.command('status')).stderr).toMatch(
    new RegExp(`paused \\(operator\\), \\d+ of 60 cells, last answer 0:00:\\d\\d ago\n${cure}`),
  );
  expect(bench.host.received.length).toBe(paused);
  expect(paused).toBeLessThan(60);
  // Two pages are open and two cells may be in flight, also in the moments when one of the pages is alone.
  expect(bench.host.peak()).toBeLessThanOrEqual(2);

  expect((await bench.command('set-concurrency', '20')).code).toBe(0);
  expect(await bench.command('resume')).toMatchObject({ code: 0, stderr: '' });
  const [one, two] = await Promise.all([first.ended, second.ended]);
  // Each says once how to go on.
  for (const { stderr } of [one, two]) expect(stderr.split(cure)).toHaveLength(2);
  expect(two).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  expect(one.code).toBe(0);
  expect(JSON.parse(one.stdout)).toMatchObject({ sweep_id: 'slow' });
  expect(one.stdout.trim().split('\n')).toHaveLength(1);
  expect(new Set(bench.keys()).size).toBe(60);
  expect(bench.keys()).toHaveLength(60);
  await bench.expectQuiet();
}, 180_000);

test('cancel ends the run with exit 1 and leaves nothing; the same command finishes, and asks for nothing twice', async () => {
  const bench = await Bench.open(8, 0, 4);
  const run = bench.start();
  await bench.asked(6, run);
  expect(await bench.command('cancel')).toMatchObject({ code: 0, stdout: expect.stringContaining('cancel done') });
  expect((await run.ended).code).toBe(1);
  await bench.expectQuiet();
  // Cancelling reached the two calls that the host left waiting, and no third one was made.
  await until('the host saw both connections close', () => bench.host.abandoned() === 2);
  expect(bench.keys()).toHaveLength(6);

  bench.heal();
  expect(await bench.start().ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  expect(new Set(bench.keys()).size).toBe(8);
  expect(bench.keys()).toHaveLength(10);
  const waiting = bench.keys().slice(4, 6);
  expect(
    Object.entries(bench.host.counts())
      .filter(([, count]) => count > 1)
      .map(([key]) => key)
      .sort(),
  ).toEqual(waiting.sort());
  await bench.expectQuiet();
}, 180_000);

test('Ctrl-C ends with exit 130, says how to go on and leaves nothing; the same command finishes', async () => {
  const bench = await Bench.open(24, 1_000);
  const run = bench.start();
  await bench.asked(3, run);
  run.child.kill('SIGINT');
  const ended = await run.ended;
  expect(ended).toMatchObject({ code: 130, stdout: '' });
  expect(ended.stderr).toContain('Go on with the same command');
  await bench.expectQuiet();
  const first = bench.keys();
  expect((await bench.command('status')).stderr).toContain('cells wait for "aicodereval up", or "aicodereval run"');

  // Whoever runs another sweep in this home is told that it is not alone. It would come to its end meanwhile on a slow machine.
  bench.hush();
  const host = await startFaultServer({ reply: (): Reply => ({ kind: 'answer', text: ANSWERS.right }) });
  hosts.push(host);
  const beside = async (name: string): Promise<string> => {
    const file = sweepFile(name, bench.home, writeTasks(bench.home, 24), host);
    return (await runCli(['run', file, '--home', bench.home])).stderr;
  };
  const told = 'slow is not over and goes on beside this sweep. To hold it: aicodereval pause slow\n';
  expect((await beside('other')).split(told)).toHaveLength(2);
  // Held, it does not go on.
  expect(await bench.command('pause')).toMatchObject({ code: 0 });
  expect(await beside('third')).not.toContain('slow is not over');
  expect(await bench.command('resume')).toMatchObject({ code: 0 });

  bench.heal();
  expect(await bench.start().ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  // Answers under way when the worker was told to stop were waited for and stored.
  expect(bench.keys().filter((key) => first.includes(key))).toEqual(first);
  expect(new Set(bench.keys()).size).toBe(24);
  await bench.expectQuiet();
}, 180_000);

test('a run whose terminal is closed ends in order, as one that died of it; the same command finishes', async () => {
  const bench = await Bench.open(12, 1_000);
  const run = bench.startVia(['python3', packagePath('test/support/on-terminal.py')]);
  await bench.asked(3, run);
  run.child.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 129, stderr: '' });
  await bench.expectQuiet();

  expect(await bench.start().ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  // Answers under way were waited for and stored.
  expect(bench.keys()).toHaveLength(12);
  expect(new Set(bench.keys()).size).toBe(12);
}, 180_000);

test('a sweep whose page ended while it was paused goes on under one worker after the other', async () => {
  // Two pages of two cells and one, a cell of each in flight.
  const bench = await Bench.open(3, 4_000);
  const run = bench.start();
  await bench.asked(2, run);
  expect(await bench.command('pause')).toMatchObject({ code: 0 });
  const isWritten = (): boolean =>
    readdirSync(sweepFolder(bench.home, 'slow')).some((name) => name.startsWith('cells-'));
  await until('the page with one cell has ended', isWritten);
  run.child.kill('SIGINT');
  await run.ended;
  // Each of these has a worker that knows nothing but the history.
  const stderr = expect.stringContaining('No worker is up once this command has ended: "aicodereval run"');
  expect(await bench.command('resume')).toMatchObject({ code: 0, stderr });
  expect(await bench.start().ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  expect(bench.keys()).toHaveLength(3);
}, 180_000);

test('a command that takes over a dead host whose port another program has taken follows the sweep to its end', async () => {
  const bench = await Bench.open(12, 800);
  // The usual ports are wished for by the home of any other test, which would have this one before the intruder.
  writeFileSync(join(bench.home, 'host.json'), JSON.stringify({ pid: process.pid, ...(await freePorts()) }));
  const first = bench.start();
  await bench.asked(2, first);
  const second = bench.start();
  await until('the second command watches', () => second.said().includes('Temporal UI'));
  const { grpc } = (await readHostFile(bench.home)) ?? { grpc: 0 };

  second.child.kill('SIGSTOP');
  first.child.kill('SIGKILL');
  await first.ended;
  const intruder = createServer((socket) => socket.destroy());
  hosts.push({ close: async () => void intruder.close() });
  await until('the port is free', () => listens(intruder, grpc));
  second.child.kill('SIGCONT');

  expect(await second.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  expect(new Set(bench.keys()).size).toBe(12);
  await bench.expectQuiet();
}, 180_000);

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => resolve(true));
  });
}
