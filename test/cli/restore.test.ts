import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSegments } from '../../infra/arrow/segments.js';
import { sweepFolder } from '../../infra/store/paths.js';
import { runCli } from '../support/cli.js';
import { startFaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';

const newHome = homesWithTools();

test('a segment that was removed from a finished sweep is back after the next run, which asks nothing', async () => {
  const home = await newHome();
  const host = await startFaultServer({ reply: () => ({ kind: 'answer', text: ANSWERS.right }) });
  try {
    const file = writeSweepFile(home, {
      name: 'whole',
      suites: [{ id: 'humaneval', file: writeTasks(home, 4) }],
      models: [{ id: 'openai:m', base_url: host.baseUrl }],
      strategies: [{ id: 'direct' }],
    });
    const run = () => runCli(['run', file, '--home', home]);
    expect(await run()).toMatchObject({ code: 0 });
    const before = await readSegments(home, 'whole');
    expect(before).toHaveLength(4);
    const folder = sweepFolder(home, 'whole');
    for (const name of readdirSync(folder)) if (name.endsWith('.arrow')) rmSync(join(folder, name));
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
    expect(await readSegments(home, 'whole')).toEqual(before);
    expect(host.received).toHaveLength(4);
  } finally {
    await host.close();
  }
}, 110_000);
