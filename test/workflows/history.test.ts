import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import { connectToHome } from '../support/home-client.js';
import { packagePath } from '../../infra/package-path.js';
import { runCli, type Running, startCli, until } from '../support/cli.js';
import { REPLIES, type Reply, startFaultServer, type FaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { collectHistories, countActivities, payloadsOf, textsOf, withoutMachine } from '../support/histories.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';

type History = temporal.api.history.v1.IHistory;

const FIXTURES = packagePath('test/golden/histories');
/** Temporal's own log would stand between the tests' lines. */
const QUIET = {
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } as const, forward: {} } },
};
const SECRET = 'sk-a-key-of-the-tests-0123456789';
const MODELS: Readonly<Record<string, Reply>> = {
  right: { kind: 'answer', text: ANSWERS.right },
  wrong: { kind: 'answer', text: ANSWERS.wrong },
  prose: { kind: 'answer', text: ANSWERS.prose },
  refused: REPLIES.unauthorised,
};
/** One stored history for each shape: its file, and the end of its workflow's id. */
const SHAPES = {
  'direct-pass': '/right/direct/0',
  'direct-fail': '/wrong/direct/0',
  'react-pass': '/right/react-3-tests/0',
  'react-three-rounds': '/wrong/react-3-tests/0',
  'no-code': '/prose/direct/0',
  unscored: '/refused/direct/0',
  page: '/p0',
  sweep: 'shapes',
};
/** The same of a run that tries unscored cells again. */
const RETRIED = { 'retry-page': '/p4', 'retry-page-of-none': '/p0', 'retry-sweep': 'shapes' };

const newHome = homesWithTools();
beforeAll(() => void Runtime.install(QUIET));

describe('histories of a small sweep, exported from a real server', () => {
  const histories = new Map<string, History>();
  const retried = new Map<string, History>();
  let isHealed = false;
  let host: FaultServer;
  let up: Running;

  beforeAll(async () => {
    const home = await newHome();
    host = await startFaultServer({
      reply: ({ body }) => MODELS[isHealed ? 'right' : String(body['model'])] ?? REPLIES.ok,
    });
    up = startCli(['up', '--home', home], { env: { TEST_KEY: SECRET } });
    await until('the server is up', () => up.said().includes('Workers are up'));
    const file = writeSweepFile(home, {
      name: 'shapes',
      suites: [{ id: 'humaneval', file: writeTasks(home, 1) }],
      models: Object.keys(MODELS).map((name) => ({
        id: `openai:${name}`,
        label: name,
        base_url: host.baseUrl,
        api_key_env: 'TEST_KEY',
      })),
      strategies: [{ id: 'direct' }, { id: 'react', rounds: 3, feedback: 'tests' }],
    });
    const ended = await runCli(['run', file, '--home', home], { env: { TEST_KEY: SECRET } });
    expect(ended.code).toBe(0);
    const { client, connection } = await connectToHome(home);
    await collectHistories(client, 'shapes', histories);
    isHealed = true;
    const again = await runCli(['retry', 'shapes', '--verdict', 'unscored', '--home', home], {
      env: { TEST_KEY: SECRET },
    });
    expect(again.code).toBe(0);
    await collectHistories(client, 'shapes', retried);
    await connection.close();
    if (process.env['UPDATE_HISTORIES'] !== '1') return;
    writeFixtures(SHAPES, histories);
    writeFixtures(RETRIED, retried);
  }, 110_000);

  afterAll(async () => {
    up.child.kill('SIGINT');
    await up.ended;
    await host.close();
  }, 60_000);

  test('there is one for the sweep, its two pages and each of its eight cells', () => {
    expect(histories.size).toBe(11);
    for (const end of Object.values(SHAPES))
      expect([...histories.keys()].filter((id) => id.endsWith(end))).toHaveLength(1);
  });

  test('of a retry there is one for the sweep, its two pages and each of the two cells that were unscored', () => {
    expect([...retried.keys()].filter((id) => id.endsWith('/0'))).toHaveLength(2);
    expect([...retried.keys()].filter((id) => id.includes('/refused/'))).toHaveLength(2);
    expect(retried.size).toBe(5);
  });

  test('a cell of n activities has at most 5 + 6n events', () => {
    for (const [id, history] of histories) {
      if (!id.endsWith('/0')) continue;
      const activities = countActivities(history);
      expect(activities).toBeGreaterThanOrEqual(2);
      expect(history.events?.length).toBeLessThanOrEqual(5 + 6 * activities);
    }
  });

  test('no payload is above 4 KiB, and none holds a prompt, a program, an answer or a key', () => {
    for (const history of [...histories.values(), ...retried.values()]) {
      const payloads = payloadsOf(history);
      expect(payloads.length).toBeGreaterThan(2);
      expect(Math.max(...payloads.map(({ length }) => length))).toBeLessThanOrEqual(4_096);
      const texts = [...payloads.map((bytes) => Buffer.from(bytes).toString('utf8')), ...textsOf(history)].join('\n');
      for (const word of ['Sum of two', 'def add', 'return a', 'the weather', SECRET])
        expect(texts).not.toContain(word);
    }
  });

  test('each goes to JSON and back unchanged, and replays', async () => {
    const { workflowBundle } = replayOptions();
    for (const [id, history] of [...histories, ...retried]) {
      const back = historyFromJSON(JSON.parse(historyToJSON(history)));
      expect(historyToJSON(back)).toBe(historyToJSON(history));
      await Worker.runReplayHistory({ workflowBundle }, back, id);
    }
  }, 60_000);
});

describe('stored histories still replay with the workflows of today', () => {
  test('there is one for each shape', () => {
    expect(readdirSync(FIXTURES).sort()).toEqual(
      Object.keys({ ...SHAPES, ...RETRIED })
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  test.each(Object.keys({ ...SHAPES, ...RETRIED }))('%s', async (name) => {
    const history = historyFromJSON(JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8')));
    await Worker.runReplayHistory(replayOptions(), history, name);
  });

  test('a history whose activity has another name does not', async () => {
    const text = readFileSync(join(FIXTURES, 'direct-pass.json'), 'utf8').replaceAll(
      '"name": "execute"',
      '"name": "other"',
    );
    const history = historyFromJSON(JSON.parse(text));
    await expect(Worker.runReplayHistory(replayOptions(), history, 'other')).rejects.toThrow(/[Nn]ondeterminism/);
  });
});

/** The workflows as the build bundled them. */
function replayOptions(): { workflowBundle: { code: string } } {
  return { workflowBundle: { code: readFileSync(packagePath('dist/workflow-bundle.js'), 'utf8') } };
}

function writeFixtures(shapes: Readonly<Record<string, string>>, histories: ReadonlyMap<string, History>): void {
  mkdirSync(FIXTURES, { recursive: true });
  for (const [name, end] of Object.entries(shapes)) {
    const [, history] = [...histories].find(([id]) => id.endsWith(end)) ?? [];
    const json = withoutMachine(JSON.parse(historyToJSON(history ?? {})), {
      [hostname()]: 'host',
      [packagePath('')]: '/app/',
    });
    writeFileSync(join(FIXTURES, `${name}.json`), `${JSON.stringify(json, null, 1)}\n`);
  }
}
