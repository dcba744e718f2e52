import { expect, test } from '@jest/globals';
import { tryOut } from '../../activities/validate.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { NO_METRICS } from '../../infra/metrics/metrics.js';
import { knownTrialSchema } from '../../infra/parse/validation.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { KeyedLog } from '../../infra/store/keyed-log.js';
import { task } from '../domain/extract-task.js';
import { temporaryHomes } from '../infra/store/home.js';
import { never } from '../infra/models/specs.js';
import { PASSED_REPORT } from '../support/passed-report.js';

const newHome = temporaryHomes();

test('mutants of a reference that sleeps do not count as noticed by the clock alone', async () => {
  const sleeping: Sandbox = {
    run: ({ limits }) =>
      Promise.resolve({ ...PASSED_REPORT, wallMs: 6_000, endOfRun: limits.wallSeconds > 6 ? 'ok' : 'wall-time' }),
    close: () => Promise.resolve(),
  };
  const home = newHome();
  const limits = { cpuSeconds: 1, wallSeconds: 2, memoryBytes: 1, processes: 1, outputBytes: 1, tmpBytes: 1 };
  const trials = await tryOut(
    {
      deps: {
        blobs: openBlobStore(home),
        known: new KeyedLog(home, 'w', knownTrialSchema),
        metrics: NO_METRICS,
      },
      plan: { validationId: 'v', limits, round: 0 },
      task,
      conditions: 'c',
      sandbox: sleeping,
      signal: never(),
    },
    {
      taskId: task.taskId,
      taskSha256: '',
      isAgain: false,
      stubs: [],
      mutants: [{ what: 'm', program: task.reference }],
    },
  );
  expect(trials.map(({ kind, verdict }) => `${kind} ${verdict}`)).toEqual([
    'reference pass',
    'mutant pass',
    'again pass',
  ]);
});
