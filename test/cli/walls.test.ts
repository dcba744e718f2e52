import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readResults } from '../../infra/arrow/results.js';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile, writeTasks } from '../support/sweep-files.js';

const newHome = homesWithTools();

test('a sandbox that does not start is told before the first cell, with what it said and exit 3', async () => {
  const home = await newHome();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const broken = '#!/bin/sh\n[ "$1" = --version ] && exec echo bubblewrap 9.9\necho libcap is missing >&2\nexit 127\n';
  writeFileSync(join(bin, 'bwrap'), broken);
  chmodSync(join(bin, 'bwrap'), 0o755);
  const file = writeSweepFile(home, {
    name: 'unwalled',
    suites: [{ id: 'humaneval', file: writeTasks(home, 3) }],
    models: [{ id: 'openai:nobody', base_url: 'http://127.0.0.1:9/v1' }],
    strategies: [{ id: 'direct' }],
  });
  const env = { PATH: `${bin}:${process.env['PATH']}` };
  const ended = await runCli(['run', file, '--home', home], { env });
  expect(ended).toMatchObject({ code: 3, stdout: '' });
  expect(ended.stderr).toMatch(/can't be walled in.*libcap is missing[^]*hint: .*doctor/);
  expect(await readResults(home, 'unwalled')).toEqual([]);
});
