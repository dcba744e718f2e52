import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import { createControlActivities } from '../../activities/control.js';
import { readResults } from '../../infra/arrow/results.js';
import { NO_METRICS } from '../../infra/metrics/metrics.js';
import { temporaryHomes } from '../infra/store/home.js';
import { makeResult } from '../infra/store/results.js';

const newHome = temporaryHomes();
const quiet = { info: { attempt: 1 }, log: { debug: () => undefined, warn: () => undefined } } as unknown as Context;

test('a sweep whose folder was removed is recorded anew by the worker that had it open', async () => {
  const home = newHome();
  const { activities, close } = createControlActivities(home, 'w', NO_METRICS);
  const record = (sample: number): Promise<void> =>
    asyncLocalStorage.run(quiet, () => activities.record(makeResult({ sample })));
  mkdirSync(join(home, 'sweeps', 'demo'), { recursive: true });
  await record(0);
  rmSync(join(home, 'sweeps', 'demo'), { recursive: true });
  await record(1);
  await record(2);
  expect((await readResults(home, 'demo')).map(({ cell }) => cell.sample)).toEqual([1, 2]);
  rmSync(join(home, 'sweeps', 'demo'), { recursive: true });
  mkdirSync(join(home, 'sweeps', 'demo'), { recursive: true });
  await record(1);
  await record(2);
  expect((await readResults(home, 'demo')).map(({ cell }) => cell.sample)).toEqual([1, 2]);
  await close();
});
