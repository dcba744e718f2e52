import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readResults } from '../../infra/arrow/results.js';
import { pathWithBrokenBwrap } from '../support/broken-bwrap.js';
import { runCli, startCli, until } from '../support/cli.js';
import { containersOf, whyNoDocker } from '../support/docker.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';

const reason = await whyNoDocker();
const newHome = homesWithTools();
const NOWHERE = 'unix:///nonexistent/docker.sock';

/** A sweep of two tasks, one answered right, whose programs run in Docker; its file. */
function writeSweep(home: string): string {
  const replay = join(dirname(home), 'answers.jsonl');
  const lines = [
    { match: 'task 0 of', completion: ANSWERS.right },
    { match: 'task 1 of', completion: ANSWERS.wrong },
  ];
  writeFileSync(replay, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return writeSweepFile(home, {
    name: 'contained',
    suites: [{ id: 'humaneval', file: writeTasks(home, 2) }],
    models: [{ id: `replay:${replay}` }],
    strategies: [{ id: 'direct' }],
    sandbox: { backend: 'docker' },
  });
}

describe('a sweep with "backend: docker"', () => {
  (reason === null ? test : test.skip)('is judged as any other, and leaves no container', async () => {
    const home = await newHome();
    const { code, stderr } = await runCli(['run', writeSweep(home), '--home', home, '--json']);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    const results = await readResults(home, 'contained');
    const verdicts = results.map(({ cell, verdict }) => `${cell.taskId} ${verdict}`);
    expect(verdicts.toSorted()).toEqual(['sum/0 pass', 'sum/1 fail']);
    expect(await containersOf(home)).toEqual([]);
  });

  (reason === null ? test : test.skip)('is served where the local sandbox does not work, which is told', async () => {
    const home = await newHome();
    const up = startCli(['up', '--home', home], { env: { PATH: pathWithBrokenBwrap(home) } });
    await until('workers are up', () => up.said().includes('Workers are up') || up.child.exitCode !== null);
    expect(up.said()).toMatch(/libcap is missing.*Docker's sandbox works/);
    expect((await runCli(['run', writeSweep(home), '--home', home])).code).toBe(0);
    up.child.kill('SIGINT');
    await up.ended;
  });

  test('is not begun where no engine answers', async () => {
    const home = await newHome();
    const ended = await runCli(['run', writeSweep(home), '--home', home], { env: { DOCKER_HOST: NOWHERE } });
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('Docker does not answer') });
  });

  test('nor are attacks', async () => {
    const home = await newHome();
    const args = ['attack', '--backend', 'docker', '--home', home];
    const ended = await runCli(args, { env: { DOCKER_HOST: NOWHERE } });
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('start its daemon') });
  });

  test('a budget for images that is no size is refused', async () => {
    const env = { AICODEREVAL_DOCKER_IMAGE_BUDGET: 'much' };
    const ended = await runCli(['suites', '--home', await newHome()], { env });
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('AICODEREVAL_DOCKER_IMAGE_BUDGET is "much"'),
    });
  });
});
