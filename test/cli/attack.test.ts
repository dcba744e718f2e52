import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Backend } from '../../domain/sweep.js';
import { type AttackResult, readCorpus } from '../../infra/attacks/attack.js';
import { type Ended, runCli } from '../support/cli.js';
import { whyNoDocker } from '../support/docker.js';
import { sharedHome } from '../support/embedded-home.js';
import { sharedTools } from '../support/shared-tools.js';

const corpus = (await readCorpus()).filter(({ environment }) => environment === 'base');

const reason = await whyNoDocker();
describe('behind bubblewrap', () => {
  attackTests('local');
});
(reason === null ? describe : describe.skip)('in Docker', () => {
  attackTests('docker');
});

function attackTests(backend: Backend): void {
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

test('an environment that no attack is for', async () => {
  expect(await runCli(['attack', '--environment', 'moon', '--home', sharedHome()])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no attacks for an environment "moon"'),
  });
});

test('a backend that there is not', async () => {
  expect(await runCli(['attack', '--backend', 'moon', '--home', sharedHome()])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no backend "moon"'),
  });
});
