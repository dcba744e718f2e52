import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { readResults } from '../../infra/arrow/results.js';
import { prepareEmbedded } from '../../infra/models/embedded.js';
import { startLlamaServer } from '../../infra/models/llama-server.js';
import { runCli } from '../support/cli.js';
import { sharedHome, whyNoEmbedded } from '../support/embedded-home.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile } from '../support/sweep-files.js';

const MODEL = 'qwen2.5-coder-0.5b';
const reason = await whyNoEmbedded(MODEL);
if (reason !== null) process.stderr.write(`skipped: sweeps with a real model. ${reason}\n`);

const newHome = homesWithTools();
const TASKS = ['HumanEval/23', 'HumanEval/45'];
const MINUTES = 60_000;

/** Two tasks, each answered directly and with one repair, by a model that really writes programs. */
async function sweep(home: string, model: Record<string, unknown>, env: Record<string, string>): Promise<CellResult[]> {
  const file = writeSweepFile(home, {
    name: 'real',
    suites: [{ id: 'humaneval', tasks: TASKS }],
    models: [{ label: 'model', max_tokens: 160, concurrency: 2, ...model }],
    strategies: [{ id: 'direct' }, { id: 'react', rounds: 2, feedback: 'tests' }],
  });
  const ended = await runCli(['run', file, '--home', home, '--json'], { env, limitMs: 4 * MINUTES });
  if (ended.code !== 0) throw new Error(`exit code ${ended.code}: ${ended.stderr}`);
  expect(JSON.parse(ended.stdout)).toMatchObject({ sweep_id: 'real', groups: [{ cells: 2 }, { cells: 2 }] });
  return readResults(home, 'real');
}

function expectRealAnswers(results: readonly CellResult[]): void {
  expect(results.map(({ cell }) => `${cell.taskId} ${cell.strategy.id}`).sort()).toEqual(
    TASKS.flatMap((task) => [`${task} direct`, `${task} react`]),
  );
  for (const { verdict, attempts } of results) {
    expect(['pass', 'fail']).toContain(verdict);
    for (const { generation } of attempts) {
      expect(generation.promptTokens).toBeGreaterThan(50);
      expect(generation.completionTokens).toBeGreaterThan(10);
      expect(generation.generateMs).toBeGreaterThan(0);
    }
  }
  // `strlen` and the area of a triangle: the smallest of models writes one of them.
  expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(0);
}

function textsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

(reason === null ? describe : describe.skip)('a sweep with a real llama.cpp server', () => {
  test(
    'embedded: the model worker brings the server along',
    async () => {
      const home = await newHome();
      symlinkSync(join(sharedHome(), 'models'), join(home, 'models'));
      expectRealAnswers(await sweep(home, { id: `embedded:${MODEL}` }, {}));
    },
    5 * MINUTES,
  );

  test(
    'openai: a host that somebody else runs, with a key that is written nowhere',
    async () => {
      const home = await newHome();
      const prepared = await prepareEmbedded(MODEL, { home: sharedHome() });
      const env = { PATH: process.env['PATH'] ?? '' };
      const server = await startLlamaServer({ ...prepared, slots: 2, env });
      try {
        const { url, key } = server.ready;
        const model = { id: `openai:${MODEL}`, base_url: `${url}/v1`, api_key_env: 'TEST_KEY' };
        expectRealAnswers(await sweep(home, model, { TEST_KEY: key }));
        expect(textsBelow(join(home, 'sweeps'))).not.toContain(key);
        expect(textsBelow(join(home, 'logs'))).not.toContain(key);
        expect(readFileSync(join(home, 'temporal.db'), 'latin1')).not.toContain(key);
      } finally {
        await server.stop();
      }
    },
    5 * MINUTES,
  );
});
