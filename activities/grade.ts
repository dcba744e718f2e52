import { createHash } from 'node:crypto';
import { Failure, RETRY_RULES } from '../domain/failures.js';
import type { Finding, GradeBatch, GradeItem, GradePlan, GradeRow } from '../domain/grade.js';
import { entryKind, prelude } from '../domain/prelude.js';
import type { Task } from '../domain/task.js';
import type { TestReport } from '../domain/test-report.js';
import { gradeItemsSchema, gradePlanSchema } from '../infra/parse/grade.js';
import type { Sandbox, SandboxJob, SandboxSource } from '../infra/sandbox/sandbox.js';
import type { BlobStore } from '../infra/store/blobs.js';
import { sha256 } from '../infra/store/digest.js';
import { writeBatch } from '../infra/store/grade-files.js';
import type { VerdictStore } from '../infra/store/verdicts.js';
import { cached } from './cached.js';
import type { GradeActivities, GradeBatchInput } from './contract.js';
import { withHeartbeat } from './heartbeat.js';
import { runFacts } from './run-facts.js';
import type { SweepData } from './sweep-data.js';

export interface GradeDeps {
  readonly home: string;
  readonly blobs: BlobStore;
  readonly data: SweepData;
  readonly sandboxes: SandboxSource;
  readonly verdicts: VerdictStore;
  /** Part of every key of the cache. */
  readonly graderVersion: string;
  /** Programs that are being run, by their keys: a second one like it waits for the first. */
  readonly running: Map<string, Promise<Finding>>;
}

/** A lost runner is replaced; a program that loses three is not judged. */
const TRIES = 3;
const FLUSH_MS = 250;
const MESSAGE_CHARS = 300;
/** Raised when `judge`, `classify` or what `CarefulSandbox` does changes: older verdicts are not found any more. */
const RULES = 2;

/** The activity that grades a batch of programs made elsewhere. */
export function createGradeActivities(deps: GradeDeps): GradeActivities {
  const plans = new Map<string, Promise<GradePlan>>();
  const plan = (hash: string): Promise<GradePlan> =>
    cached(plans, hash, async () => gradePlanSchema.parse(JSON.parse(await deps.blobs.get(hash))));
  return {
    gradeBatch: (input) =>
      withHeartbeat(async (signal) => gradeBatch(deps, await plan(input.planSha256), input, signal)),
  };
}

/** Each program's verdict is in the cache as soon as it is known, so a batch that is run again goes on where it was. */
async function gradeBatch(
  deps: GradeDeps,
  plan: GradePlan,
  { batch }: GradeBatchInput,
  signal: AbortSignal,
): Promise<void> {
  const entry = plan.batches[batch];
  if (entry === undefined) throw new Failure('TaskNotFound', `grading ${plan.gradeId} has no batch ${batch}`);
  const items = gradeItemsSchema.parse(JSON.parse(await deps.blobs.get(entry.sha256)));
  const { environment, digest } = entry;
  const sandbox = await deps.sandboxes.get({ environment, digest, backend: plan.backend });
  const flushing = setInterval(() => void deps.verdicts.flush().catch(() => undefined), FLUSH_MS);
  try {
    const rows = await Promise.all(
      items.map(async (item) => ({ batch, ...(await gradeItem(deps, plan, entry, sandbox, item, signal)) })),
    );
    await deps.verdicts.flush();
    await writeBatch(deps.home, plan.gradeId, batch, rows);
  } finally {
    clearInterval(flushing);
  }
}

async function gradeItem(
  deps: GradeDeps,
  plan: GradePlan,
  { environment, digest }: GradeBatch,
  sandbox: Sandbox,
  item: GradeItem,
  signal: AbortSignal,
): Promise<Omit<GradeRow, 'batch'>> {
  const task = await deps.data.task(item.taskSha256);
  const { line, taskId, sample, program } = item;
  const identity = { line, taskId, sample, environment, environmentDigest: digest, programSha256: sha256(program) };
  const job = jobOf(plan, task, item);
  const key = cacheKey(deps, plan, digest, job);
  const known = plan.useCache ? await deps.verdicts.find(key) : null;
  if (known !== null) return { ...identity, ...known, cached: true };
  const running = plan.useCache ? deps.running.get(key) : undefined;
  if (running !== undefined) return { ...identity, ...(await running), cached: true };
  const judging = judgeProgram(sandbox, job, signal).finally(() => deps.running.delete(key));
  deps.running.set(key, judging);
  const found = await judging;
  // A clock that ran out says little of a program, and a fault of ours says nothing.
  if (found.verdict !== 'unscored' && found.endOfRun !== 'wall-time') deps.verdicts.add(key, found);
  return { ...identity, ...found, cached: false };
}

function cacheKey(deps: GradeDeps, { backend }: GradePlan, digest: string, job: SandboxJob): string {
  const facts = [RULES, deps.graderVersion, digest, backend, { ...job, id: '' }];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

function jobOf(plan: GradePlan, task: Task, item: GradeItem): SandboxJob {
  return {
    id: `${plan.gradeId}/${item.line}`,
    program: item.program,
    test: task.test,
    entryPoint: task.entryPoint,
    entryKind: entryKind(task),
    grading: task.grading,
    prelude: prelude(task),
    cases: task.cases,
    limits: plan.limits,
    reference: task.reference,
  };
}

async function judgeProgram(sandbox: Sandbox, job: SandboxJob, signal: AbortSignal): Promise<Finding> {
  for (let tries = 1; ; tries += 1) {
    try {
      return findingOf(await sandbox.run(job, signal), job.entryPoint);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const rule = RETRY_RULES[error.type];
      // A host without a sandbox is tried again as a whole batch, with Temporal's patience.
      if (error.type === 'SandboxUnavailable') throw error;
      if (tries < Math.min(TRIES, rule.attempts ?? TRIES)) continue;
      return {
        ...NOTHING,
        errorClass: rule.errorClass,
        fault: rule.fault,
        message: error.message.slice(0, MESSAGE_CHARS),
      };
    }
  }
}

const NOTHING = {
  verdict: 'unscored',
  endOfRun: null,
  casesTotal: 0,
  casesPassed: 0,
  asserts: 0,
  executeMs: 0,
  cpuMs: 0,
  peakMemoryBytes: 0,
} as const;

function findingOf(report: TestReport, entryPoint: string): Finding {
  const { errorLine: _, ...facts } = runFacts(report, 'stop', entryPoint);
  const { exception } = report;
  return {
    ...facts,
    message: exception === null ? report.tampered : `${exception.type}: ${exception.message}`.slice(0, MESSAGE_CHARS),
  };
}
