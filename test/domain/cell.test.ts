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
  expect(concludeCell(makeCell(), attempts, { startedAt: 0, finishedAt: 1 })).toMatchObject({ fault });
});
