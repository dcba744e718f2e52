import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import { connectToHome } from '../support/home-client.js';
import { packagePath } from '../../infra/package-path.js';
import { runCli, type Running, startCli, until } from '../support/cli.js';
import { draftAnswer, recordLine, soundDraft } from '../support/drafts.js';
import { countActivities, payloadsOf, textsOf, withoutMachine } from '../support/histories.js';
import { homesWithTools } from '../support/home-with-tools.js';

type History = temporal.api.history.v1.IHistory;

const FIXTURES = packagePath('test/golden/builds');
/** One stored history for each shape: its file, and its workflow's id. */
const SHAPES = { build: 'build/shapes', 'item-accepted': 'build/shapes/0', 'item-two-rounds': 'build/shapes/1' };
const newHome = homesWithTools();

/** The workflows as the build bundled them. */
function replayOptions(): { workflowBundle: { code: string } } {
  return { workflowBundle: { code: readFileSync(packagePath('dist/workflow-bundle.js'), 'utf8') } };
}

beforeAll(() => {
  // Temporal's own log would stand between the tests' lines.
  const filter = { core: 'ERROR', other: 'ERROR' } as const;
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter, forward: {} } } });
});

describe('histories of a build of two records, exported from a real server', () => {
  const histories = new Map<string, History>();
  let up: Running;

  beforeAll(async () => {
    const home = await newHome();
    const [records, answers] = ['records.jsonl', 'answers.jsonl'].map((name) => join(dirname(home), name)) as [
      string,
      string,
    ];
    writeFileSync(records, ['first', 'second'].map(recordLine).join(''));
    const lines = [
      { match: 'Correction 1 of the task about `tools.second`', completion: draftAnswer(soundDraft('second', 2)) },
      { match: 'API: `tools.first`', completion: draftAnswer(soundDraft('first', 1)) },
      {
        match: 'API: `tools.second`',
        completion: draftAnswer({ ...soundDraft('second', 2), cases: ['f([1]) == 99'] }),
      },
    ];
    writeFileSync(answers, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    up = startCli(['up', '--home', home]);
    await until('the server is up', () => up.said().includes('Workers are up'));
    const built = await runCli(
      [
        'build-dataset',
        '--home',
        home,
        '--json',
        '--name',
        'shapes',
        '--model',
        `replay:${answers}`,
        '--records',
        records,
      ].concat(['--environment', 'base', '--tasks', '2', '--mutants', '2']),
    );
    expect(built).toMatchObject({ code: 0 });
    const { client, connection } = await connectToHome(home);
    for (const id of Object.values(SHAPES)) histories.set(id, await client.workflow.getHandle(id).fetchHistory());
    await connection.close();
    if (process.env['UPDATE_HISTORIES'] === '1') writeFixtures(histories);
  }, 110_000);

  afterAll(async () => {
    up.child.kill('SIGINT');
    await up.ended;
  }, 60_000);

  test('a record of n activities has at most 5 + 6n events', () => {
    for (const id of [SHAPES['item-accepted'], SHAPES['item-two-rounds']]) {
      const history = histories.get(id) ?? {};
      expect(countActivities(history)).toBe(id.endsWith('0') ? 3 : 5);
      expect(history.events?.length).toBeLessThanOrEqual(5 + 6 * countActivities(history));
    }
  });

  test('no payload is above 4 KiB, and none holds documentation, an answer or a program', () => {
    for (const history of histories.values()) {
      const payloads = payloadsOf(history);
      expect(payloads.length).toBeGreaterThan(2);
      expect(Math.max(...payloads.map(({ length }) => length))).toBeLessThanOrEqual(4_096);
      const texts = [...payloads.map((bytes) => Buffer.from(bytes).toString('utf8')), ...textsOf(history)].join('\n');
      for (const word of ['sorts', 'def make_', 'return ', 'measure number', 'Here is the task'])
        expect(texts).not.toContain(word);
    }
  });

  test('each goes to JSON and back unchanged, and replays', async () => {
    for (const [id, history] of histories) {
      const back = historyFromJSON(JSON.parse(historyToJSON(history)));
      expect(historyToJSON(back)).toBe(historyToJSON(history));
      await Worker.runReplayHistory(replayOptions(), back, id);
    }
  }, 60_000);
});

test.each(Object.keys(SHAPES))('the stored history "%s" still replays with the workflows of today', async (name) => {
  const history = historyFromJSON(JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8')));
  await Worker.runReplayHistory(replayOptions(), history, name);
});

function writeFixtures(histories: ReadonlyMap<string, History>): void {
  mkdirSync(FIXTURES, { recursive: true });
  for (const [name, id] of Object.entries(SHAPES)) {
    const words = { [hostname()]: 'host', [packagePath('')]: '/app/' };
    const json = withoutMachine(JSON.parse(historyToJSON(histories.get(id) ?? {})), words);
    writeFileSync(join(FIXTURES, `${name}.json`), `${JSON.stringify(json, null, 1)}\n`);
  }
}
