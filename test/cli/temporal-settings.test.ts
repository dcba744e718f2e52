import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { expectRefusal } from '../support/refusal.js';

const newHome = homesWithTools();

test('"up" is for the embedded server: with a cluster it is refused, with the command to use', async () => {
  const home = await newHome();
  const env = { TEMPORAL_ADDRESS: '127.0.0.1:9' };
  expectRefusal(
    await runCli(['up', '--home', home], { env, limitMs: 20_000 }),
    2,
    'TEMPORAL_ADDRESS',
    'aicodereval worker',
  );
});

test('a profile that is not there is a mistake of the user, not a fault of ours', async () => {
  const home = await newHome();
  const file = join(dirname(home), 'temporal.toml');
  writeFileSync(file, '[profile.default]\n');
  const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'prod' };
  expectRefusal(await runCli(['suites', '--home', home], { env }), 2, "'prod' not found", 'TEMPORAL_PROFILE', file);
});
