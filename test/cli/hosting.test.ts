import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openSession, type Session } from '../../cli/session.js';
import { readConfig } from '../../infra/config.js';
import { createLogger } from '../../infra/log.js';
import { readHostFile } from '../../workers/host.js';
import { ALL_APART, type Crew } from '../../workers/roles.js';
import { processesOf, runCli, until } from '../support/cli.js';
import { REPLIES } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { type Behaviour, RetryBench, SWEEP } from '../support/retry-bench.js';

const newHome = homesWithTools();
const benches: RetryBench[] = [];
const sessions: Session[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
  for (const session of sessions.splice(0)) await session.close();
});

/** A home with a sweep of four cells. */
async function openBench(behaviour: Behaviour): Promise<RetryBench> {
  const bench = await RetryBench.open(await newHome(), 2, { behaviour });
  benches.push(bench);
  return bench;
}

/** Hosts a home with these workers, as a command does that ends by itself. */
async function host(home: string, crews: readonly Crew[]): Promise<void> {
  const config = { ...readConfig(home), cluster: null };
  const log = createLogger({ ...config.logs, level: 'silent' }, 'test');
  sessions.push(await openSession({ config, log, crews }));
}

const REFUSED = {
  code: 2,
  stdout: '',
  stderr: expect.stringMatching(/no "aicodereval up" runs in this home\.\n {2}hint: Start "aicodereval up".* --detach/),
};
const UNDER_WAY = { code: 0, stderr: expect.stringContaining(`The sweep ${SWEEP} is under way`) };
const answer: Behaviour = () => null;

test('--detach where nothing keeps the home alive is refused before anything is written', async () => {
  const bench = await openBench(() => REPLIES.unauthorised);
  expect(await bench.start('run', '--detach').ended).toMatchObject(REFUSED);
  expect(existsSync(join(bench.home, 'sweeps'))).toBe(false);
  expect(await processesOf(bench.home)).toEqual([]);

  expect((await bench.start('run').ended).code).toBe(0);
  const asked = bench.host.received.length;
  expect(await bench.start('retry', '--detach').ended).toMatchObject(REFUSED);
  bench.behave(answer);
  // Nothing was left to be tried again by the command that hosts the home next.
  await bench.serve();
  expect(bench.host.received).toHaveLength(asked);
  expect(await bench.start('retry', '--detach').ended).toMatchObject(UNDER_WAY);
  await until('the cells have passed', async () => (await bench.results()).every(({ verdict }) => verdict === 'pass'));
}, 120_000);

test('--detach beside a command that ends by itself is refused, unless "up" waits to take over; a cluster has workers of its own', async () => {
  const bench = await openBench(answer);
  await host(bench.home, ALL_APART);
  expect(await bench.start('run', '--detach').ended).toMatchObject(REFUSED);
  const { grpc } = (await readHostFile(bench.home)) ?? {};
  const file = join(dirname(bench.home), `${SWEEP}.yaml`);
  const env = { TEMPORAL_ADDRESS: `127.0.0.1:${grpc}` };
  const args = ['run', file, '--detach', '--home', bench.home];
  expect(await runCli([...args, '--name', 'elsewhere'], { env })).toMatchObject({ code: 0 });

  bench.behave(() => REPLIES['server-error']);
  const up = bench.start('up');
  await until('"up" waits', () => up.said().includes('this one takes over when it ends'));
  expect(await bench.start('run', '--detach').ended).toMatchObject(UNDER_WAY);
  bench.behave(answer);
  await sessions.pop()?.close();
  await until('the sweep has ended', async () => (await bench.results()).length === 4);
}, 120_000);

test.each<[string, Readonly<Record<string, string>>]>([
  ['a namespace', { TEMPORAL_NAMESPACE: 'elsewhere' }],
  ['a key', { TEMPORAL_API_KEY: 'the-key-of-a-cluster' }],
  ['a profile', { TEMPORAL_PROFILE: 'cloud' }],
])('%s of a cluster without its address leaves the embedded server and its workers alone', async (_, settings) => {
  const bench = await openBench(answer);
  const folder = dirname(bench.home);
  mkdirSync(join(folder, 'temporalio'));
  const profiles = ['[profile.default]', 'namespace = "usual"', '[profile.cloud]', 'api_key = "the-key-of-a-profile"'];
  writeFileSync(join(folder, 'temporalio', 'temporal.toml'), profiles.join('\n'));
  const args = ['run', join(folder, `${SWEEP}.yaml`), '--home', bench.home];
  const ended = await runCli(args, { env: { XDG_CONFIG_HOME: folder, ...settings }, limitMs: 50_000 });
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
});

test('a sweep beside a command without workers for it waits, says for what, and goes on once that has ended', async () => {
  const bench = await openBench(answer);
  await host(bench.home, [['control', 'sandbox']]);
  const run = bench.start('run');
  const words = 'No worker polls model.openai: cells wait until the command that hosts this home has ended; ';
  await until('the run says so', () => run.said().includes(words));
  expect((await bench.command('status')).stderr).toContain(words);
  expect(bench.host.received).toEqual([]);
  await sessions.pop()?.close();
  expect(await run.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
}, 120_000);
