import { spawn } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { Supervised } from '../../workers/supervisor.js';
import { until } from '../support/cli.js';

test('a process that ended is started again, also where a start or two is refused', async () => {
  let starts = 0;
  const start = async () => {
    starts += 1;
    if (starts === 2 || starts === 3) throw new Error('spawn ENOMEM');
    return spawn(process.execPath, ['-e', starts === 1 ? '' : 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  };
  const supervised = new Supervised('a worker', start, pino({ enabled: false }));
  await supervised.launch();
  await until('it was started a fourth time', () => starts === 4);
  expect(supervised.hasExited).toBe(false);
  await supervised.stop(5_000);
  expect(starts).toBe(4);
});
