import { expect, test } from '@jest/globals';
import { tryOut } from '../../activities/validate.js';
import type { EndOfRun, Limits, TestReport } from '../../domain/test-report.js';
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

test.each<[what: string, taken: Partial<TestReport>, run: (limits: Limits) => EndOfRun]>([
  ['that sleeps', { wallMs: 6_000 }, ({ wallSeconds }) => (wallSeconds > 6 ? 'ok' : 'wall-time')],
  ['whose test computes', { testCpuMs: 3_000 }, ({ cpuSeconds }) => (cpuSeconds > 3 ? 'ok' : 'cpu-time')],
])('mutants of a reference %s do not count as noticed by their limits alone', async (_what, taken, endOfRun) => {
  const slow: Sandbox = {
    run: ({ limits }) => Promise.resolve({ ...PASSED_REPORT, ...taken, endOfRun: endOfRun(limits) }),
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
      sandbox: slow,
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
