import { afterEach, expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { runCli, until } from '../support/cli.js';
import { REPLIES, type Received } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { family, processTable } from '../support/process-table.js';
import { type Behaviour, RETRY, RetryBench, summed, SWEEP } from '../support/retry-bench.js';
import { ANSWERS } from '../support/sweep-files.js';
import { killAll } from '../support/victims.js';

const newHome = homesWithTools();
const benches: RetryBench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

async function openBench(tasks: number, options: Parameters<typeof RetryBench.open>[2]): Promise<RetryBench> {
  const bench = await RetryBench.open(await newHome(), tasks, options);
  benches.push(bench);
  return bench;
}

/** What a host says at once when the account is empty. */
const refused = REPLIES.unauthorised;
/** Answers so many requests, and none after them. */
function silentAfter(answers: number): Behaviour {
  let left = answers;
  return () => ((left -= 1) < 0 ? REPLIES.hang : null);
}
const taskOf = ({ messages }: Received): number => Number(/task (\d+) of many/.exec(JSON.stringify(messages))?.[1]);

test('only unscored cells are tried again, none judged is touched, no stored answer is asked for twice, and every reader agrees', async () => {
  // Of "gone" the first answers of react are wrong, and nothing else comes.
  const isFirst = ({ key }: Received): boolean => /\/react[^/]*\/0\/a1$/.test(key);
  const down: Behaviour = (received) =>
    received.body['model'] === 'fine' ? null : isFirst(received) ? { kind: 'answer', text: ANSWERS.wrong } : refused;
  const strategies = [{ id: 'direct' }, { id: 'react', rounds: 2, feedback: 'tests' }];
  const bench = await openBench(3, { behaviour: down, sweep: { strategies } });
  await bench.serve();
  const run = await bench.start('run').ended;
  expect(run).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`aicodereval retry ${SWEEP} --verdict unscored`),
  });
  await bench.expectAgreement(12, { pass: 6, unscored: 6 });
  const before = await bench.results();

  // The host is still down: each cell that is unscored again keeps the row that it had.
  const asked = bench.host.received.length;
  expect(await bench.start('retry').ended).toMatchObject({ code: 0 });
  expect(await bench.results()).toEqual(before);
  expect(bench.host.received.slice(asked).map(({ body }) => body['model'])).toEqual(
    Array.from({ length: 6 }, () => 'gone'),
  );
  await bench.expectSegments(12, { pass: 6, unscored: 6 });

  bench.behave(() => null);
  const retried = await bench.start('retry', '--json').ended;
  expect(retried.code).toBe(0);
  expect(summed(JSON.parse(retried.stdout), 12)).toEqual({ pass: 12 });
  await bench.expectAgreement(12, { pass: 12 });
  await bench.expectSegments(12, { pass: 12 });
  const after = await bench.results();
  const isFine = ({ cell }: CellResult): boolean => cell.model === 'fine';
  expect(after.filter(isFine)).toEqual(before.filter(isFine));
  // The first round of react was found in the store: it was answered once, and counts once.
  expect(new Set(bench.answered.values())).toEqual(new Set([1]));
  expect(after.filter(({ cell }) => cell.model === 'gone' && cell.strategy.id === 'react')).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ attempts: [expect.anything(), expect.anything()] })),
  );

  const total = bench.host.received.length;
  expect((await bench.start('run').ended).code).toBe(0);
  const nothing = await bench.start('retry').ended;
  expect(nothing.stdout).not.toContain('aicodereval retry');
  expect(nothing).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  expect(nothing.stderr).toContain(`No cell of ${SWEEP} is unscored: there is nothing to try again.`);
  expect(bench.host.received).toHaveLength(total);
}, 300_000);

test('kill -9 in the middle of a retry, and Ctrl-C: the same command goes on, and asks for nothing that was stored', async () => {
  const down: Behaviour = ({ body }) => (body['model'] === 'fine' ? null : refused);
  const bench = await openBench(12, { behaviour: down, sweep: { concurrency: 2 } });
  expect((await bench.start('run').ended).code).toBe(0);
  const judged = async () => (await bench.results()).filter(({ verdict }) => verdict !== 'unscored');
  expect(await judged()).toHaveLength(12);

  bench.behave(silentAfter(4));
  const first = bench.start('retry');
  await until('four cells are judged', async () => (await judged()).length === 12 + 4);
  expect(killAll(family(await processTable(), first.child.pid ?? 0))).toBeGreaterThan(4);
  await first.ended;
  const before = await judged();
  // The journals hold the new rows, the segments the old ones.
  await bench.expectAgreement(24, { pass: 16, unscored: 8 });

  bench.behave(silentAfter(4));
  const second = bench.start('retry');
  await until('four more are judged', async () => (await judged()).length === 12 + 8);
  const { stderr } = await bench.command('status');
  expect(stderr).toContain(`${SWEEP}: running, cells that were unscored are tried again, 24 of 24 cells`);
  second.child.kill('SIGINT');
  expect(await second.ended).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('Go on with the same command'),
  });

  bench.behave(() => null);
  expect(await bench.start('retry').ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  await bench.expectAgreement(24, { pass: 24 });
  await bench.expectSegments(24, { pass: 24 });
  const after = new Map((await bench.results()).map((result) => [result.cell.cellId, result]));
  for (const result of before) expect(after.get(result.cell.cellId)).toEqual(result);
  expect(bench.answered.size).toBe(24);
  expect(new Set(bench.answered.values())).toEqual(new Set([1]));
}, 300_000);

test('a sweep that runs is refused with the cure; of one that was cancelled only unscored cells are tried, and run finishes the rest', async () => {
  const behaviour: Behaviour = (received) => (taskOf(received) < 2 ? refused : REPLIES.hang);
  const bench = await openBench(6, { behaviour, sweep: { concurrency: 12 } });
  await bench.serve();
  const run = bench.start('run');
  await until('all cells were asked for', () => bench.host.received.length === 12);
  await until('four have a row', async () => (await bench.results()).length === 4);
  expect(await bench.command('retry', ...RETRY)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(new RegExp(`The sweep ${SWEEP} is not over.*\\n.*aicodereval cancel ${SWEEP}`)),
  });
  expect((await bench.command('cancel')).code).toBe(0);
  expect((await run.ended).code).toBe(1);

  bench.behave(() => null);
  const asked = bench.host.received.length;
  expect(await bench.start('retry').ended).toMatchObject({ code: 0 });
  expect(
    bench.host.received
      .slice(asked)
      .map(taskOf)
      .sort((a, b) => a - b),
  ).toEqual([0, 0, 1, 1]);
  await bench.expectAgreement(4, { pass: 4 });

  expect(await bench.start('run').ended).toMatchObject({ code: 0 });
  expect(bench.host.received).toHaveLength(asked + 12);
  await bench.expectAgreement(12, { pass: 12 });
  await bench.expectSegments(12, { pass: 12 });
}, 300_000);

test('the limits of the sweep hold for a retry, which pauses and goes on like any run', async () => {
  const sweep = { concurrency: 1, limits: { tokens: 60 } };
  const bench = await openBench(8, { behaviour: () => refused, sweep });
  await bench.serve();
  expect((await bench.start('run').ended).code).toBe(0);
  bench.behave(() => null);
  const retry = bench.start('retry');
  await until('cells are tried again', () => bench.answered.size > 0);
  const cure = `To go on with a higher one, from any terminal: aicodereval resume ${SWEEP} --tokens N\n`;
  await until('the limit is reached', () => retry.said().includes(`${SWEEP} has reached its limit on tokens. ${cure}`));
  const { stderr } = await bench.command('status');
  expect(stderr).toContain('paused (tokens), cells that were unscored are tried again');
  expect(stderr).toContain(cure);
  expect(bench.answered.size).toBeLessThan(8);
  expect(await bench.command('resume', '--tokens', '1000000')).toMatchObject({ code: 0 });
  expect((await retry.ended).code).toBe(0);
  await bench.expectAgreement(16, { pass: 16 });
  expect(new Set(bench.answered.values())).toEqual(new Set([1]));
}, 300_000);

test.each([
  [['nothing', ...RETRY], 'There is no sweep "nothing"'],
  [[SWEEP, '--verdict', 'fail'], 'Allowed choices are unscored'],
  [[SWEEP], "'--verdict <verdict>' not specified"],
])('retry %j is refused', async (args, why) => {
  const ended = await runCli(['retry', ...args, '--home', await newHome()]);
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(why) });
});
