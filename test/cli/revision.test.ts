import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile } from '../support/sweep-files.js';
import { program } from '../infra/datasets/aicodereval-programs.js';
import { type FileServer, startFileServer } from '../infra/tools/file-server.js';

const newHome = homesWithTools();
const hubs: FileServer[] = [];
afterEach(() => Promise.all(hubs.splice(0).map((hub) => hub.close())));

const REVISION = '0123456789abcdef0123456789abcdef01234567';

test('a sweep over a commit of the hub names the command that validates its tasks', async () => {
  const home = await newHome();
  const hub = await startFileServer(Buffer.from(`${JSON.stringify({ task_id: 'half', content: program({}) })}\n`));
  hubs.push(hub);
  const env = { HF_ENDPOINT: new URL(hub.url).origin, HF_HOME: join(dirname(home), 'hf') };
  const file = writeSweepFile(home, {
    name: 'commit',
    suites: [{ id: 'aicodereval', revision: REVISION, only: 'usable' }],
    models: [{ id: 'openai:m', base_url: 'http://127.0.0.1:9/v1' }],
    strategies: [{ id: 'direct' }],
  });
  const refused = await runCli(['run', file, '--home', home], { env });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('is not known of 1 of 1') });
  const [, command = ''] = /hint: First run: aicodereval (.*)/.exec(refused.stderr) ?? [];
  expect(command).toBe(`validate --suite aicodereval --revision ${REVISION}`);
  const validated = await runCli([...command.split(' '), '--home', home], { env });
  expect(validated).toMatchObject({ code: 0, stdout: expect.stringMatching(/usable +1/) });
}, 120_000);
