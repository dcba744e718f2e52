import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();

test('a question fetches no environment: it is told what is missing, how to get it, and what there is', async () => {
  const home = await newHome();
  const ended = await runCli(['docs', 'torch.nn.Liner', '--home', home]);
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('The environment ml is not built');
  expect(ended.stderr).toMatch(/aicodereval environments build ml \(\d.* GB on disk\)/);
  expect(ended.stderr).toContain('--environment base');
  expect(ended.stderr).not.toContain('Looking at');
  expect(readdirSync(home)).not.toContain('environments');
});

test('what is here is looked up in, and the command ends by itself', async () => {
  const home = await newHome();
  const ask = (...query: readonly string[]) => runCli(['docs', '--environment', 'base', '--home', home, ...query]);
  const found = await ask('math.sqroot');
  expect(found).toMatchObject({ code: 0, stdout: expect.stringMatching(/^math\.sqrt\(/) });
  expect(found.stderr).toContain('Looking at python');
  expect(await ask('math.sqroot')).toMatchObject({ code: 0, stdout: found.stdout, stderr: '' });
  expect((await ask('zzzzqqqq')).code).toBe(1);
}, 120_000);
