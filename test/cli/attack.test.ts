import { expect, test } from '@jest/globals';
import { attackTests } from '../support/attack-tests.js';
import { runCli } from '../support/cli.js';
import { sharedHome } from '../support/embedded-home.js';

attackTests('local');

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
