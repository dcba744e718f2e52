import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Backend } from '../../domain/sweep.js';
import { type AttackResult, readCorpus } from '../../infra/attacks/attack.js';
import { type Ended, runCli } from '../support/cli.js';
import { whyNoDocker } from '../support/docker.js';
import { sharedHome } from '../support/embedded-home.js';
import { sharedTools } from '../support/shared-tools.js';

const corpus = await readCorpus();

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
    ended = await runCli(['attack', '--backend', backend, '--json', '--home', sharedHome()]);
    attacks = (JSON.parse(ended.stdout) as { attacks: AttackResult[] }).attacks;
  }, 110_000);

  test('each attack runs under both kinds of grading, and comes to what it should', () => {
    expect(attacks.filter(({ ok }) => !ok)).toEqual([]);
    expect(ended.code).toBe(0);
    expect(attacks).toHaveLength(2 * corpus.length);
    expect(new Set(corpus.map(({ id }) => id)).size).toBe(corpus.length);
  });

  test('none is a false pass where its grading promises a defence', () => {
    const promised = attacks.filter(({ expected }) => expected === 'no pass');
    expect(promised.length).toBeGreaterThan(40);
    expect(promised.filter(({ got }) => got === 'pass')).toEqual([]);
  });

  test('those that are promised for isolated grading alone do succeed in one process: the corpus bites', () => {
    const weak = attacks.filter(({ grading, expected }) => grading === 'in-process' && expected === 'no promise');
    expect(weak.length).toBeGreaterThan(15);
    expect(weak.filter(({ got }) => got !== 'pass')).toEqual([]);
  });
}

test('a backend that there is not', async () => {
  expect(await runCli(['attack', '--backend', 'moon', '--home', sharedHome()])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no backend "moon"'),
  });
});
