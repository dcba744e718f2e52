import { expect, test } from '@jest/globals';
import { type LiveProgress, progressLine } from '../../cli/progress.js';
import { EMPTY_TALLY, type Pause } from '../../domain/progress.js';

function live(pause: Pause | null): LiveProgress {
  const tally = { ...EMPTY_TALLY, pass: 3, fail: 1, tokens: 500 };
  const sweep = { sweepId: 's', cells: 10, finished: tally, openPages: [], concurrency: 4, pause, cancelling: false };
  return { sweep, tally, running: 4 };
}

test('the line of progress says for how long nothing has come, once that is half a minute', () => {
  const counts = '4/10 cells: 3 passed, 1 failed, 0 unscored; 500 tokens';
  const line = (pause: Pause | null, perSecond: number, ms: number): string =>
    progressLine(live(pause), perSecond, { ms, log: 'logs/model.log' });
  expect(line(null, 0, 29_999)).toBe(`${counts}; 4 running, 0.0/min`);
  expect(line(null, 0, 30_000)).toBe(`Nothing new for 0:00:30 (why: logs/model.log). ${counts}; 4 running, 0.0/min`);
  expect(line(null, 0.1, 3_725_000)).toBe(
    `Nothing new for 1:02:05 (why: logs/model.log). ${counts}; 4 running, 6.0/min 0:01:00 left`,
  );
  // Nobody expects anything of it.
  expect(line('operator', 0, 3_725_000)).toBe(`${counts}; paused (operator), 0.0/min`);
});
