import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { wrongPrograms } from '../../infra/datasets/own-suite.js';
import { starter } from '../../infra/datasets/starter.js';
import { readHostFile } from '../../workers/host.js';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile } from '../support/sweep-files.js';

const newHome = homesWithTools();
let home = '';
let ui = 0;

/** Recorded answers to `starter`: right for these tasks, nothing for those that are missed, else wrong. */
async function record(name: string, right: readonly number[], missed: readonly number[]): Promise<string> {
  const { tasks } = await starter.load({ home: '', file: null });
  const lines = await Promise.all(
    tasks.map(async ({ taskId, entryPoint, reference }, at) => {
      const [wrong = ''] = await wrongPrograms('starter', taskId);
      const completion = `\`\`\`python\n${right.includes(at) ? reference : wrong}\`\`\``;
      const counts = { finish_reason: 'stop', prompt_tokens: 100, completion_tokens: 50 };
      return missed.includes(at) ? '' : `${JSON.stringify({ match: `\`${entryPoint}\``, completion, ...counts })}\n`;
    }),
  );
  const file = join(dirname(home), `${name}.jsonl`);
  writeFileSync(file, lines.join(''));
  return file;
}

async function sweep(name: string, model: Readonly<Record<string, unknown>>, limit = 12): Promise<void> {
  const file = writeSweepFile(home, {
    name,
    suites: [{ id: 'starter', limit }],
    models: [model],
    strategies: [{ id: 'direct' }],
  });
  expect((await runCli(['run', file, '--home', home])).code).toBe(0);
}

const compared = async (...args: string[]): Promise<string> =>
  (await runCli(['compare', ...args, '--home', home])).stdout;

beforeAll(async () => {
  home = await newHome();
  const old = await record('old', [0, 1], [11]);
  await sweep('before', { id: `replay:${old}`, label: 'old' });
  await sweep('warmer', { id: `replay:${old}`, label: 'old-warm', temperature: 0.7 });
  const better = await record('better', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11], []);
  await sweep('after', { id: `replay:${better}`, label: 'new', temperature: 0.2 });
  ui = (await readHostFile(home))?.ui ?? 0;
}, 180_000);

test('says on one screen which is better, by how much, how sure, and where to look', async () => {
  const text = await compared('before', 'after');
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeLessThan(24);
  expect(lines.slice(0, 6)).toEqual([
    'starter, direct: 11 tasks judged in all of these',
    'after is better than before by 72.7 points (95 % interval +31.1 to +92.0); p 0.008.',
    '',
    '               pass@1  points  95 % interval      p  gained  lost  tokens',
    '  before, old  18.2 %                                               1,650',
    '  after, new   90.9 %   +72.7   [31.1, 92.0]  0.008       8     0   1,650',
  ]);
  expect(text).toContain('1 task went unscored in one of them and was dropped for all: wav_rms.');
  expect(text).toContain('Flips of after, and its cell in the UI while "aicodereval up" runs:');
  const links = [...text.matchAll(/^ {2}gained +(\S+) +assertion -> pass +(\S+)$/gm)];
  expect(links).toHaveLength(8);
  for (const [, task = '', link] of links)
    expect(link).toBe(
      `http://127.0.0.1:${ui}/namespaces/default/workflows/after%2Fstarter%2F${task}%2Fnew%2Fdirect%2F0`,
    );
});

test('warns of what differs beside the models, and not of what is compared', async () => {
  expect(await compared('before', 'after')).toContain(
    'WARNING: before and after differ in model.temperature: 0 -> 0.2\n',
  );
  // One model under two labels: its settings are what is compared.
  expect(await compared('before', 'warmer')).not.toContain('WARNING');
});

test('a difference that is not shown comes with what to run', async () => {
  const text = (await compared('before', 'warmer')).replaceAll('\n', ' ');
  expect(text).toContain('No difference is shown. warmer and before came to the same (95 % interval');
  expect(text).toMatch(/To know more: 11 tasks show \d+\.\d points or more in 4 of 5 experiments\./);
});
