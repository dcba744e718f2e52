import { beforeAll, describe, expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { readResults } from '../../infra/arrow/results.js';
import { type Ended, runCli, startCli, until } from '../support/cli.js';
import { REPLIES, type Reply, type ReplyName, startFaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { family, processTable } from '../support/process-table.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';
import { killAll, victimsAmong } from '../support/victims.js';

const newHome = homesWithTools();
const SECRET = 'sk-a-key-of-the-tests-0123456789';
const right: Reply = { kind: 'answer', text: ANSWERS.right };
const ten: Reply = { kind: 'answer', text: `${ANSWERS.wrong}\n`.repeat(9) + ANSWERS.right };
const big: Reply = { kind: 'answer', text: `${ANSWERS.right}\n${'x'.repeat(1_000_000)}` };

/** Each model of the sweep meets one fault, always; its cell's verdict and error class. */
const CASES: readonly (readonly [name: string, reply: Reply | 'once', verdict: string, errorClass: string])[] = [
  ...(
    [
      ['hang', 'model-unavailable'],
      ['reset', 'model-unavailable'],
      ['cut', 'model-unavailable'],
      ['html', 'model-unavailable'],
      ['truncated-json', 'model-unavailable'],
      ['no-choices', 'model-unavailable'],
      ['rate-limited', 'model-unavailable'],
      ['server-error', 'model-unavailable'],
      ['unauthorised', 'model-refused'],
      ['bad-request', 'model-refused'],
    ] as const satisfies readonly (readonly [ReplyName, string])[]
  ).map(([name, errorClass]) => [name, REPLIES[name], 'unscored', errorClass] as const),
  ['once-500', 'once', 'pass', 'none'],
  ['empty', REPLIES.empty, 'fail', 'no-code'],
  ['prose', REPLIES.prose, 'fail', 'no-code'],
  ['ten-blocks', ten, 'judged', ''],
  ['megabyte', big, 'pass', 'none'],
  ['invalid-utf8', REPLIES['invalid-utf8'], 'fail', ''],
  ['fine', right, 'pass', 'none'],
];

describe('a model host that misbehaves in every known way', () => {
  let ended: Ended;
  const results = new Map<string, CellResult>();

  beforeAll(async () => {
    const home = await newHome();
    const host = await startFaultServer({
      reply: ({ body, count }) => {
        const reply = CASES.find(([name]) => name === body['model'])?.[1] ?? right;
        return reply === 'once' ? (count === 1 ? REPLIES['server-error'] : right) : reply;
      },
    });
    try {
      const file = writeSweepFile(home, {
        name: 'faults',
        suites: [{ id: 'humaneval', file: writeTasks(home, 1) }],
        models: CASES.map(([name]) => ({
          id: `openai:${name}`,
          label: name,
          base_url: host.baseUrl,
          api_key_env: 'TEST_KEY',
          timeout: '1s',
          give_up_after: '8s',
        })),
        strategies: [{ id: 'direct' }],
      });
      ended = await runCli(['run', file, '--home', home], { env: { TEST_KEY: SECRET } });
      for (const result of await readResults(home, 'faults')) results.set(result.cell.model, result);
    } finally {
      await host.close();
    }
  }, 110_000);

  test('the sweep goes on to its end, with one row for each cell', () => {
    expect(ended).toMatchObject({ code: 0 });
    expect(results.size).toBe(CASES.length);
    expect(ended.stdout + ended.stderr).not.toContain(SECRET);
  });

  test.each(CASES)('%s', (name, _reply, verdict, errorClass) => {
    const result = results.get(name);
    if (verdict === 'judged') expect(result?.verdict).toMatch(/^(pass|fail)$/);
    else expect(result?.verdict).toBe(verdict);
    if (errorClass !== '') expect(result?.errorClass).toBe(errorClass);
    expect(result?.message === null).toBe(verdict !== 'unscored');
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });
});

test('a cell that was interrupted for longer than its model would be asked is asked on, not given up', async () => {
  const home = await newHome();
  const giveUpMs = 12_000;
  const host = await startFaultServer({
    reply: ({ count }) => (count === 1 ? REPLIES['server-error'] : count === 2 ? REPLIES.hang : right),
  });
  try {
    const file = writeSweepFile(home, {
      name: 'night',
      suites: [{ id: 'humaneval', file: writeTasks(home, 1) }],
      models: [{ id: 'openai:patient', base_url: host.baseUrl, give_up_after: `${giveUpMs / 1_000}s` }],
      strategies: [{ id: 'direct' }],
    });
    const evening = startCli(['run', file, '--home', home]);
    await until('the host was asked twice', () => host.received.length === 2);
    evening.child.kill('SIGINT');
    expect(await evening.ended).toMatchObject({ code: 130 });
    const morning = Date.now() + giveUpMs;
    await until('the night is over', () => Date.now() > morning);
    expect(await runCli(['run', file, '--home', home])).toMatchObject({ code: 0 });
    expect(await readResults(home, 'night')).toMatchObject([{ verdict: 'pass' }]);
  } finally {
    await host.close();
  }
}, 160_000);

test('a worker that died uses up none of the tries that a fault of its host has', async () => {
  const home = await newHome();
  const deaths = 3;
  const host = await startFaultServer({
    reply: ({ count }) => (count <= deaths ? REPLIES.hang : count <= deaths + 2 ? REPLIES.html : right),
  });
  try {
    const file = writeSweepFile(home, {
      name: 'deaths',
      suites: [{ id: 'humaneval', file: writeTasks(home, 1) }],
      models: [{ id: 'openai:mortal', base_url: host.baseUrl }],
      strategies: [{ id: 'direct' }],
    });
    const run = startCli(['run', file, '--home', home], { limitMs: 150_000 });
    for (let asked = 1; asked <= deaths; asked += 1) {
      await until(`the host was asked ${asked} times`, () => host.received.length >= asked);
      expect(killAll(victimsAmong(family(await processTable(), run.child.pid ?? 0), 'model', ''))).toBe(1);
    }
    expect(await run.ended).toMatchObject({ code: 0 });
    expect(await readResults(home, 'deaths')).toMatchObject([{ verdict: 'pass' }]);
    expect(host.received).toHaveLength(deaths + 3);
  } finally {
    await host.close();
  }
}, 160_000);
