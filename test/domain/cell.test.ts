import { expect, test } from '@jest/globals';
import type { Execution } from '../../domain/attempt.js';
import { concludeCell } from '../../domain/cell.js';
import { makeCell, makeExecution, makeGeneration } from '../infra/store/results.js';

test.each<[string, Partial<Execution>, string | null]>([
  ['a pass has none', { verdict: 'pass', errorClass: 'none', fault: null }, null],
  ['that of the run', { verdict: 'fail', errorClass: 'import', fault: 'environment' }, 'environment'],
  ['a run of an earlier version has the model’s', { verdict: 'fail', errorClass: 'type', fault: undefined }, 'model'],
])('the fault of a cell: %s', (_, changes, fault) => {
  const attempts = [{ attempt: 1, generation: makeGeneration(), executions: [makeExecution(changes)] }];
  const ending = { finalAttempt: 1, unscored: null };
  expect(concludeCell(makeCell(), attempts, { startedAt: 0, finishedAt: 1 }, ending)).toMatchObject({ fault });
});

test('the verdict is that of the program that was handed in, not of the last one', () => {
  const run = (verdict: 'pass' | 'fail') => ({
    generation: makeGeneration(),
    executions: [makeExecution({ verdict })],
  });
  const attempts = [
    { attempt: 1, ...run('pass') },
    { attempt: 2, ...run('fail') },
  ];
  const times = { startedAt: 0, finishedAt: 1 };
  const verdicts = [1, 2].map(
    (finalAttempt) => concludeCell(makeCell(), attempts, times, { finalAttempt, unscored: null }).verdict,
  );
  expect(verdicts).toEqual(['pass', 'fail']);
  const none = concludeCell(makeCell(), attempts, times, { finalAttempt: null, unscored: null });
  expect(none).toMatchObject({ verdict: 'fail', errorClass: 'no-code' });
});
