import type { Batch, BatchBeat } from '../domain/batches.js';
import { Failure } from '../domain/failures.js';
import {
  type Finding,
  type GradeItem,
  type GradePlan,
  type GradeRow,
  MESSAGE_CHARS,
  unjudged,
} from '../domain/grade.js';
import type { TestReport } from '../domain/test-report.js';
import type { EnvironmentKey } from '../infra/environments/environment-keys.js';
import { gradeItemsSchema, gradePlanSchema } from '../infra/parse/grade.js';
import type { Sandbox, SandboxJob } from '../infra/sandbox/sandbox.js';
import { gradeFolder } from '../infra/store/batch-files.js';
import { sha256 } from '../infra/store/digest.js';
import { type BatchDeps, planReader, runBatch } from './batch.js';
import type { BatchActivities } from './contract.js';
import { BATCH_PATIENCE, withHeartbeat } from './heartbeat.js';
import { jobOf, runPatiently } from './job.js';
import { runFacts } from './run-facts.js';

export interface GradeDeps extends BatchDeps<Finding> {
  /** Programs that are being run, by their keys: a second one like it waits for the first. */
  readonly running: Map<string, Promise<Finding>>;
}

/** Raised when `judge`, `classify` or what `CarefulSandbox` does changes: older verdicts are not found any more. */
const RULES = 4;

/** The activity that grades a batch of programs made elsewhere. */
export function createGradeActivities(deps: GradeDeps): Pick<BatchActivities, 'gradeBatch'> {
  const plan = planReader(deps.blobs, gradePlanSchema);
  return {
    gradeBatch: ({ planSha256, batch }) =>
      withHeartbeat(BATCH_PATIENCE, async (signal, note) =>
        gradeBatch(deps, await plan(planSha256), batch, signal, note),
      ),
  };
}

function gradeBatch(
  deps: GradeDeps,
  plan: GradePlan,
  batch: number,
  signal: AbortSignal,
  note: (done: BatchBeat) => void,
): Promise<void> {
  const folder = gradeFolder(deps.home, plan.gradeId);
  let programs = 0;
  return runBatch(deps, { plan, batch, folder, items: gradeItemsSchema }, async (items, sandbox, { environment }) => {
    // Its own interpreter, where that is another than that of the machine that wrote the plan.
    const key = (await deps.keys(plan.backend))(environment);
    return Promise.all(
      items.map(async (item) => {
        const row = await gradeItem(deps, plan, { environment, ...key }, sandbox, item, signal);
        note({ programs: (programs += 1) });
        return { batch, ...row } satisfies GradeRow;
      }),
    );
  });
}

async function gradeItem(
  deps: GradeDeps,
  plan: GradePlan,
  { environment, digest, interpreter }: EnvironmentKey & Pick<Batch, 'environment'>,
  sandbox: Sandbox,
  item: GradeItem,
  signal: AbortSignal,
): Promise<Omit<GradeRow, 'batch'>> {
  const task = await deps.data.task(item.taskSha256);
  const { line, taskId, sample, program } = item;
  const identity = { line, taskId, sample, environment, environmentDigest: digest, programSha256: sha256(program) };
  const job = jobOf(task, { id: `${plan.gradeId}/${line}`, program, limits: plan.limits });
  const key = cacheKey(deps, plan, { digest, interpreter }, job);
  const known = await deps.known.find(key);
  const running = deps.running.get(key);
  const isKnown = known !== null || running !== undefined;
  deps.metrics.count('aicodereval_verdict_cache_lookups_total', {
    cache: 'verdicts',
    result: isKnown ? 'hit' : 'miss',
  });
  if (known !== null) return { ...identity, ...known, cached: plan.useCache };
  if (running !== undefined) return { ...identity, ...(await running), cached: true };
  const judging = judgeProgram(sandbox, job, signal).finally(() => deps.running.delete(key));
  deps.running.set(key, judging);
  const found = await judging;
  // A clock that ran out says little of a program, and a fault of ours says nothing.
  if (found.verdict !== 'unscored' && found.endOfRun !== 'wall-time') deps.known.add(key, found);
  return { ...identity, ...found, cached: false };
}

/** Without the cache each program is one of its own, found again by this very grading alone. */
function cacheKey(
  { graderVersion }: GradeDeps,
  { backend, useCache }: GradePlan,
  { digest, interpreter }: EnvironmentKey,
  job: SandboxJob,
): string {
  const facts = [RULES, graderVersion, digest, interpreter, backend, useCache ? { ...job, id: '' } : job];
  return sha256(JSON.stringify(facts));
}

async function judgeProgram(sandbox: Sandbox, job: SandboxJob, signal: AbortSignal): Promise<Finding> {
  const found = await runPatiently(sandbox, job, signal);
  return found instanceof Failure ? unjudged(found) : findingOf(found, job.entryPoint);
}

function findingOf(report: TestReport, entryPoint: string): Finding {
  const { errorLine: _, ...facts } = runFacts(report, 'stop', entryPoint);
  const { exception } = report;
  return {
    ...facts,
    message: exception === null ? report.tampered : `${exception.type}: ${exception.message}`.slice(0, MESSAGE_CHARS),
  };
}
