import { beforeAll, expect, test } from '@jest/globals';
import type { Backend } from '../../domain/sweep.js';
import { type AttackResult, readCorpus } from '../../infra/attacks/attack.js';
import { type Ended, runCli } from './cli.js';
import { sharedHome } from './embedded-home.js';
import { sharedTools } from './shared-tools.js';

const corpus = (await readCorpus()).filter(({ environment }) => environment === 'base');

/** All attacks of the standard library against one backend, by the command. */
export function attackTests(backend: Backend): void {
  let ended: Ended;
  let attacks: readonly AttackResult[];

  beforeAll(async () => {
    await sharedTools();
    ended = await runCli(['attack', '--backend', backend, '--json', '--home', sharedHome()], { limitMs: 280_000 });
    attacks = (JSON.parse(ended.stdout) as { attacks: AttackResult[] }).attacks;
  }, 290_000);

  test('each attack runs under both kinds of grading, and comes to what it should', () => {
    expect(attacks.filter(({ ok }) => !ok)).toEqual([]);
    expect(ended.code).toBe(0);
    expect(attacks).toHaveLength(2 * corpus.length);
    expect(new Set(corpus.map(({ id }) => id)).size).toBe(corpus.length);
  });

  test('there are enough of each sort, and nothing is reached, or passed where its grading promises a defence', () => {
    const count = (wants: string) => corpus.filter((attack) => attack.wants === wants).length;
    expect(count('cheat')).toBeGreaterThanOrEqual(60);
    expect(count('escape')).toBeGreaterThanOrEqual(20);
    expect(count('hostile')).toBeGreaterThanOrEqual(20);
    const open = attacks.filter(({ succeeded }) => succeeded);
    expect(open.filter(({ grading, expected }) => grading === 'isolated' || expected !== 'no promise')).toEqual([]);
  });

  test('what in-process grading does not promise is said for no more than those that need it', () => {
    const needless = attacks.filter(({ expected, succeeded }) => expected === 'no promise' && !succeeded);
    expect(needless).toEqual([]);
  });
}
