import { describe, expect, test } from '@jest/globals';
import { tryDraft } from '../../activities/try-draft.js';
import type { BuildPlan, Tried } from '../../domain/build/build.js';
import { Failure } from '../../domain/failures.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import { NO_METRICS } from '../../infra/metrics/metrics.js';
import { knownTrialSchema } from '../../infra/parse/validation.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { KeyedLog } from '../../infra/store/keyed-log.js';
import type { SandboxJob } from '../../infra/sandbox/sandbox.js';
import { task } from '../domain/extract-task.js';
import { never, specOf } from '../infra/models/specs.js';
import { temporaryHomes } from '../infra/store/home.js';
import { PASSED_REPORT } from '../support/passed-report.js';

const newHome = temporaryHomes();
const LIMITS: Limits = { cpuSeconds: 2, wallSeconds: 6, memoryBytes: 1, processes: 1, outputBytes: 1, tmpBytes: 1 };
const PLAN: BuildPlan = {
  format: 1,
  name: 'b',
  environment: 'base',
  digest: 'd',
  backend: 'local',
  limits: LIMITS,
  model: specOf(),
  rounds: 1,
  tasks: 1,
  limit: null,
  mutants: 0,
  wantedSha256: '',
  againstSha256: '',
};

const isWatched = ({ id }: SandboxJob): boolean => id.endsWith('/watched');
const unasked = (): never => {
  throw new Error('not asked for here');
};

/** What comes of a draft of which the sandbox says this; programs that do nothing fail. */
async function tried(report: (job: SandboxJob) => Partial<TestReport>): Promise<Tried> {
  const home = newHome();
  const run = async (job: SandboxJob): Promise<TestReport> => {
    const isReference = isWatched(job) || job.program === task.reference;
    return { ...PASSED_REPORT, endOfRun: isReference ? 'ok' : 'exception', ...(isReference ? report(job) : {}) };
  };
  const known = new KeyedLog(home, 'w', knownTrialSchema);
  const deps = {
    home,
    blobs: openBlobStore(home),
    builds: { plan: async () => PLAN, record: unasked },
    data: { task: async () => task, manifest: unasked, model: unasked },
    sandboxes: { get: async () => ({ run, close: async () => undefined }) },
    known,
    keys: async () => () => ({ digest: 'd', interpreter: '' }),
    graderVersion: 'g',
    metrics: NO_METRICS,
  };
  const found = await tryDraft(deps, { build: 'b', recordsSha256: '', item: 0, round: 1, taskSha256: 's' }, never());
  await known.close();
  return found;
}

describe('a draft that reaches outside', () => {
  const caught = { stderr: { text: '\nreaches-outside: file: open /etc/passwd\n', bytes: 1, truncated: false } };

  test('is told by a run with the limits that its reference has', async () => {
    const late = (job: SandboxJob): Partial<TestReport> =>
      isWatched(job) ? (job.limits.cpuSeconds >= 9 ? caught : { endOfRun: 'cpu-time' }) : { cpuMs: 9_000 };
    expect(await tried(late)).toMatchObject({ validation: null, problem: { kind: 'unsafe' } });
  });

  test('is told also where the run then ended by a signal', async () => {
    expect(await tried((job) => (isWatched(job) ? { ...caught, endOfRun: 'signal' } : {}))).toMatchObject({
      problem: { kind: 'unsafe' },
    });
  });
});

describe('a draft that could not be watched to its end', () => {
  test.each(['cpu-time', 'wall-time', 'signal', 'memory'] as const)('is not judged, by %s', async (endOfRun) => {
    const found = await tried((job) => (isWatched(job) ? { endOfRun } : {}));
    expect(found.validation?.status).toBe('usable');
    expect(found.problem).toMatchObject({ kind: 'unjudged', evidence: expect.stringContaining(endOfRun) });
  });

  test('is not judged where the sandbox was lost', async () => {
    const lost = (job: SandboxJob): Partial<TestReport> => {
      if (isWatched(job)) throw new Failure('SandboxLost', 'the runner is gone');
      return {};
    };
    expect((await tried(lost)).problem).toMatchObject({
      kind: 'unjudged',
      evidence: expect.stringContaining('the runner is gone'),
    });
  });

  test('is corrected where it is no task anyhow', async () => {
    const found = await tried(() => ({ endOfRun: 'cpu-time' }));
    expect(found).toMatchObject({ problem: null, validation: { status: 'broken', fault: 'environment' } });
  });
});

test('a draft that was watched to its end and passes is a task', async () => {
  expect(await tried(() => ({}))).toMatchObject({ problem: null, validation: { status: 'usable' } });
});
