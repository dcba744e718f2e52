import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { tryOut } from '../../activities/validate.js';
import type { EndOfRun, Limits, TestReport } from '../../domain/test-report.js';
import type { Trial } from '../../domain/trial.js';
import { NO_METRICS } from '../../infra/metrics/metrics.js';
import { knownTrialSchema } from '../../infra/parse/validation.js';
import type { SandboxJob } from '../../infra/sandbox/sandbox.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { KeyedLog, readKeyedLog } from '../../infra/store/keyed-log.js';
import { task } from '../domain/extract-task.js';
import { temporaryHomes } from '../infra/store/home.js';
import { never } from '../infra/models/specs.js';
import { PASSED_REPORT } from '../support/passed-report.js';

const newHome = temporaryHomes();
const LIMITS: Limits = { cpuSeconds: 1, wallSeconds: 2, memoryBytes: 1, processes: 1, outputBytes: 1, tmpBytes: 1 };
const MUTANT = { what: 'm', program: 'def primes_below(limit):\n    return []\n' };

/** Tries the task with one mutant, in a process of its own so far as the ledger is concerned. */
async function tryIn(home: string, round: number, run: (job: SandboxJob) => Promise<TestReport>): Promise<Trial[]> {
  const known = new KeyedLog(home, 'w', knownTrialSchema);
  const trials = await tryOut(
    {
      deps: { blobs: openBlobStore(home), known, metrics: NO_METRICS },
      plan: { validationId: 'v', limits: LIMITS, round },
      task,
      conditions: 'c',
      sandbox: { run, close: async () => undefined },
      signal: never(),
    },
    { taskId: task.taskId, taskSha256: '', isAgain: false, stubs: [], mutants: [MUTANT] },
  );
  await known.close();
  return trials;
}

test.each<[what: string, taken: Partial<TestReport>, run: (limits: Limits) => EndOfRun]>([
  ['that sleeps', { wallMs: 6_000 }, ({ wallSeconds }) => (wallSeconds > 6 ? 'ok' : 'wall-time')],
  ['whose test computes', { testCpuMs: 3_000 }, ({ cpuSeconds }) => (cpuSeconds > 3 ? 'ok' : 'cpu-time')],
])('mutants of a reference %s do not count as noticed by their limits alone', async (_what, taken, endOfRun) => {
  const trials = await tryIn(newHome(), 0, async ({ limits }) => ({
    ...PASSED_REPORT,
    ...taken,
    endOfRun: endOfRun(limits),
  }));
  expect(trials.map(({ kind, verdict }) => `${kind} ${verdict}`)).toEqual([
    'reference pass',
    'mutant pass',
    'again pass',
  ]);
});

test('a later round runs the references alone, however long they take in it', async () => {
  const home = newHome();
  const run = (cpuMs: number, seen: string[]) => async (job: SandboxJob) => {
    seen.push(job.program === task.reference ? 'reference' : 'mutant');
    return { ...PASSED_REPORT, cpuMs };
  };
  const [first, second]: [string[], string[]] = [[], []];
  await tryIn(home, 0, run(100, first));
  const trials = await tryIn(home, 1, run(900, second));
  expect(first).toEqual(['reference', 'mutant', 'reference']);
  expect(second).toEqual(['reference', 'reference']);
  expect(trials.map(({ kind }) => kind)).toEqual(['reference', 'mutant', 'again']);
});

test('each run is kept when it has ended, not only the last', async () => {
  const home = newHome();
  let goOn = (): void => undefined;
  const hanging = new Promise<TestReport>((resolve) => (goOn = () => resolve(PASSED_REPORT)));
  const first = tryIn(home, 0, ({ program }) =>
    program === task.reference ? Promise.resolve(PASSED_REPORT) : hanging,
  );
  while ((await readKeyedLog(home, knownTrialSchema)).size === 0) await setTimeout(10);
  const seen: string[] = [];
  await tryIn(home, 0, async ({ id }) => {
    seen.push(id);
    return PASSED_REPORT;
  });
  expect(seen).toEqual(['v/primes_below/mutant m', 'v/primes_below/again ']);
  goOn();
  await first;
});
