import { expect, test } from '@jest/globals';
import { readResults } from '../../infra/arrow/results.js';
import { pathWithBrokenBwrap } from '../support/broken-bwrap.js';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile, writeTasks } from '../support/sweep-files.js';

const newHome = homesWithTools();
/** Neither is there an engine, nor a cluster. */
const NOWHERE = { DOCKER_HOST: 'unix:///nonexistent/docker.sock', TEMPORAL_ADDRESS: '127.0.0.1:9' };
const TOLD = /can't be walled in.*libcap is missing[^]*hint: .*doctor/;

test('a sandbox that does not start is told before the first cell, with what it said and exit 3', async () => {
  const home = await newHome();
  const file = writeSweepFile(home, {
    name: 'unwalled',
    suites: [{ id: 'humaneval', file: writeTasks(home, 3) }],
    models: [{ id: 'openai:nobody', base_url: 'http://127.0.0.1:9/v1' }],
    strategies: [{ id: 'direct' }],
  });
  const env = { PATH: pathWithBrokenBwrap(home) };
  const ended = await runCli(['run', file, '--home', home], { env });
  expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(TOLD) });
  expect(await readResults(home, 'unwalled')).toEqual([]);
});

test.each(['sandbox', 'gpu', 'control,sandbox'])('nor does a worker for %s take what it would fail', async (role) => {
  const home = await newHome();
  const env = { PATH: pathWithBrokenBwrap(home), ...NOWHERE };
  const ended = await runCli(['worker', '--role', role, '--home', home], { env });
  expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(TOLD) });
});

test('nor does up serve what would be unscored', async () => {
  const home = await newHome();
  const env = { PATH: pathWithBrokenBwrap(home), DOCKER_HOST: NOWHERE.DOCKER_HOST };
  const ended = await runCli(['up', '--home', home], { env });
  expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(TOLD) });
});
