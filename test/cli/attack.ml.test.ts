import { expect, test } from '@jest/globals';
import { type AttackResult, readCorpus } from '../../infra/attacks/attack.js';
import { runCli } from '../support/cli.js';
import { sharedHome } from '../support/embedded-home.js';
import { sharedTools } from '../support/shared-tools.js';

test('programs that cheat by the values of libraries', async () => {
  await sharedTools();
  const args = ['attack', '--environment', 'ml', '--json', '--home', sharedHome()];
  const ended = await runCli(args, { limitMs: 580_000 });
  const corpus = (await readCorpus()).filter(({ environment }) => environment === 'ml');
  const { attacks } = JSON.parse(ended.stdout) as { attacks: AttackResult[] };
  expect(attacks.filter(({ ok }) => !ok)).toEqual([]);
  expect(attacks.filter(({ grading, succeeded }) => grading === 'isolated' && succeeded)).toEqual([]);
  expect(attacks).toHaveLength(2 * corpus.length);
  expect(ended.code).toBe(0);
}, 590_000);
