import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type Assembly, programOfCompletion } from '../domain/aicodereval-assembly.js';
import { CONTROL_QUEUE } from '../domain/queues.js';
import type { GradeBatch, GradeItem, GradePlan } from '../domain/grade.js';
import type { Backend } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { Limits } from '../domain/test-report.js';
import { readSamples } from '../infra/datasets/samples.js';
import { listEnvironments } from '../infra/environments/environment.js';
import { ensureEnvironment } from '../infra/environments/provision.js';
import { UserError } from '../infra/errors.js';
import { graderVersion } from '../infra/sandbox/grader-version.js';
import { type BlobStore, openBlobStore } from '../infra/store/blobs.js';
import { finishedBatches, gradeFolder, readGrade } from '../infra/store/grade-files.js';
import { writeGradeResults } from '../infra/store/grade-results.js';
import { ensureTool } from '../infra/tools/tool.js';
import { type GradeSummary, renderGrade, summariseGrade } from '../report/grade.js';
import type { GradeInput, GradeRange, gradeWorkflow } from '../workflows/grade.js';
import type { CommandContext } from './context.js';
import { loadSuite } from './load-suite.js';
import { orNull } from './progress.js';
import { Interrupt } from './run-sweep.js';
import { openSession, type Session } from './session.js';

export interface GradeOptions {
  readonly suite: string;
  /** The samples file. */
  readonly file: string;
  /** The suite's tasks, in place of the published ones. */
  readonly tasks: string | null;
  /** Commit of the suite's repository on the hub. */
  readonly revision: string | undefined;
  /** Where results go, in place of a folder of the home. */
  readonly out: string | null;
  readonly backend: Backend;
  readonly limits: Limits;
  readonly useCache: boolean;
  readonly assembly: Assembly;
  /** Share of programs, 0 to 1, that must pass; else exit code 1. */
  readonly failUnder: number | null;
}

/** Few enough that little is lost with a worker, many enough that a batch costs little beside its programs. */
const BATCH = 64;
const BATCHES_IN_FLIGHT = 16;

/** Grades a samples file, or goes on with it, and prints what it came to. Returns the exit code. */
export async function gradeSamples(options: GradeOptions, context: CommandContext): Promise<number> {
  const began = Date.now();
  const { home } = context.config;
  const interrupt = new Interrupt();
  try {
    const tasks = await loadSuite({ id: options.suite, file: options.tasks, revision: options.revision }, context);
    const plan = await writePlan(options, tasks, context);
    const left = await unfinished(home, plan);
    if (left.length > 0 && !(await run(plan, left, context, interrupt))) {
      context.say('\nInterrupted; nothing that was graded is lost. Go on with the same command.');
      return 130;
    }
    const rows = await readGrade(home, plan.gradeId);
    const summary = summariseGrade(plan.suite, plan.samples, rows, tasks.length);
    const seconds = (Date.now() - began) / 1_000;
    const folder = options.out ?? gradeFolder(home, plan.gradeId);
    await writeGradeResults(folder, options.file, rows, summary);
    const document = { ...summary, programs_per_second: rows.length / seconds, seconds, results: folder };
    context.print(document, `${renderGrade(summary)}\n${speed(rows.length, seconds)}\nResults: ${folder}`);
    return exitCode(summary, options.failUnder);
  } finally {
    interrupt.dispose();
  }
}

function speed(programs: number, seconds: number): string {
  return `${programs} programs in ${seconds.toFixed(1)} s: ${(programs / seconds).toFixed(0)} a second`;
}

function exitCode({ verdicts, programs }: GradeSummary, failUnder: number | null): number {
  return failUnder !== null && verdicts.pass / programs < failUnder ? 1 : 0;
}

/** The plan of these programs, in the store. The same file under the same conditions has the same name. */
async function writePlan(
  { suite, file, backend, limits, useCache, assembly }: GradeOptions,
  tasks: readonly Task[],
  { config }: CommandContext,
): Promise<GradePlan> {
  const blobs = openBlobStore(config.home);
  const environments = new Map((await listEnvironments()).map(({ name, digest }) => [name, digest]));
  const batches: GradeBatch[] = [];
  const waiting = new Map<string, GradeItem[]>();
  const store = async (environment: string, items: readonly GradeItem[]): Promise<void> => {
    const sha256 = await blobs.put(JSON.stringify(items));
    batches.push({ sha256, programs: items.length, environment, digest: environments.get(environment) ?? '' });
  };
  for await (const { environment, item } of readItems(file, tasks, assembly, blobs)) {
    const items = [...(waiting.get(environment) ?? []), item];
    waiting.set(environment, items.length === BATCH ? [] : items);
    if (items.length === BATCH) await store(environment, items);
  }
  for (const [environment, items] of waiting) if (items.length > 0) await store(environment, items);
  if (batches.length === 0)
    throw new UserError(`${file} holds no programs.`, { hint: 'Is it the right file?', exitCode: 2 });
  batches.sort((a, b) => a.environment.localeCompare(b.environment));
  const facts = { suite, samples: basename(file), backend, limits, useCache, batches };
  const once = useCache ? '' : String(Date.now());
  const hash = createHash('sha256')
    .update(JSON.stringify([facts, await graderVersion(), once]))
    .digest('hex');
  return { format: 1, gradeId: `${suite}-${hash.slice(0, 12)}`, ...facts };
}

async function* readItems(file: string, tasks: readonly Task[], assembly: Assembly, blobs: BlobStore) {
  const known = new Map(tasks.map((task) => [task.taskId, task]));
  const hashes = new Map<string, string>();
  const samples = new Map<string, number>();
  for await (const { line, taskId, kind, text } of readSamples(file)) {
    const task = known.get(taskId);
    if (task === undefined) {
      throw new UserError(`${file}, line ${line}: there is no task "${taskId}" in the suite.`, {
        hint: `Its tasks are ${[...known.keys()].slice(0, 3).join(', ')}, ...`,
        exitCode: 2,
      });
    }
    const taskSha256 = hashes.get(taskId) ?? (await blobs.put(JSON.stringify(task)));
    hashes.set(taskId, taskSha256);
    const sample = samples.get(taskId) ?? 0;
    samples.set(taskId, sample + 1);
    const program = kind === 'solution' ? text : programOfCompletion(task, text, assembly);
    yield { environment: task.environment, item: { line, taskId, sample, taskSha256, program } };
  }
}

async function unfinished(home: string, plan: GradePlan): Promise<number[]> {
  const finished = new Set(await finishedBatches(home, plan.gradeId));
  // What could not be judged is tried again; the rest of its batch is known.
  for (const { batch, verdict } of await readGrade(home, plan.gradeId))
    if (verdict === 'unscored') finished.delete(batch);
  return plan.batches.flatMap((_, batch) => (finished.has(batch) ? [] : [batch]));
}

/** True when every batch is graded, false when the user interrupted. */
async function run(
  plan: GradePlan,
  left: readonly number[],
  context: CommandContext,
  interrupt: Interrupt,
): Promise<boolean> {
  const { config, log } = context;
  await prepare(plan, context);
  const session = await openSession({ config, log, roles: ['control', 'sandbox'] });
  try {
    const planSha256 = await openBlobStore(config.home).put(JSON.stringify(plan));
    await start(session, plan, { planSha256, ranges: rangesOf(plan, left), done: plan.batches.length - left.length });
    return await follow(session, plan, context, interrupt);
  } finally {
    await session.close();
  }
}

async function prepare(plan: GradePlan, { config, onProgress, say }: CommandContext): Promise<void> {
  const { home, env, cluster } = config;
  if (cluster !== null) return;
  await ensureTool('temporal', { home, env, onProgress });
  if (plan.backend !== 'local') return;
  await ensureTool('bwrap', { home, env, onProgress });
  const names = new Set(plan.batches.map(({ environment }) => environment));
  for (const environment of await listEnvironments()) {
    if (!names.has(environment.name) || environment.lock === null) continue;
    say(`Environment ${environment.name} (${environment.disk ?? 'nothing'} on disk)`);
    await ensureEnvironment(environment, { home, env, onProgress });
  }
}

function rangesOf(plan: GradePlan, left: readonly number[]): GradeRange[] {
  const ranges: GradeRange[] = [];
  for (const batch of left) {
    const environment = plan.batches[batch]?.environment ?? '';
    const last = ranges.at(-1);
    if (last?.environment === environment && last.to === batch) ranges.splice(-1, 1, { ...last, to: batch + 1 });
    else ranges.push({ environment, from: batch, to: batch + 1 });
  }
  return ranges;
}

async function start(
  { client }: Session,
  plan: GradePlan,
  facts: Pick<GradeInput, 'planSha256' | 'ranges' | 'done'>,
): Promise<void> {
  // Programs that sleep run again alone, one after the other. A worker that dies is noticed by its heartbeat.
  const batchMs = (BATCH * plan.limits.wallSeconds * 16 + 120) * 1_000;
  try {
    await client.workflow.start<typeof gradeWorkflow>('gradeWorkflow', {
      workflowId: workflowId(plan),
      taskQueue: CONTROL_QUEUE,
      workflowTaskTimeout: '5 seconds',
      args: [{ gradeId: plan.gradeId, window: BATCHES_IN_FLIGHT, batchMs, ...facts }],
      staticSummary: `${plan.samples}: ${plan.batches.length} batches of ${plan.suite}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function follow(
  session: Session,
  plan: GradePlan,
  { config, say }: CommandContext,
  interrupt: Interrupt,
): Promise<boolean> {
  const total = plan.batches.reduce((sum, { programs }) => sum + programs, 0);
  let saidAt = Date.now();
  while (!interrupt.seen) {
    const handle = session.client.workflow.getHandle<typeof gradeWorkflow>(workflowId(plan));
    const status = (await orNull(handle.describe()))?.status.name ?? null;
    if (status === 'COMPLETED') return true;
    if (status !== null && status !== 'RUNNING' && status !== 'CONTINUED_AS_NEW') {
      throw new UserError(`Grading ended as ${status.toLowerCase()}.`, {
        hint: 'The same command goes on with what is left; Temporal\u2019s UI shows what went wrong.',
        exitCode: 3,
      });
    }
    const isDue = Date.now() - saidAt >= (process.stderr.isTTY ? 500 : 60_000);
    if (isDue) {
      saidAt = Date.now();
      const done = (await finishedBatches(config.home, plan.gradeId)).length * BATCH;
      const line = `${Math.min(done, total)}/${total} programs`;
      if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2K${line}`);
      else say(line);
    }
    await interrupt.sleep(200);
  }
  return false;
}

function workflowId({ gradeId }: GradePlan): string {
  return join('grade', gradeId);
}
