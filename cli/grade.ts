import { basename, join } from 'node:path';
import { type Assembly, programOfCompletion } from '../domain/aicodereval-assembly.js';
import type { GradeItem, GradePlan, GradeRow } from '../domain/grade.js';
import { sum } from '../domain/metrics.js';
import type { Backend, SuiteSource } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { Limits } from '../domain/test-report.js';
import { readSamples } from '../infra/datasets/samples.js';
import { environmentKeys, type EnvironmentKeys } from '../infra/environments/environment-keys.js';
import { UserError } from '../infra/errors.js';
import { inParallel } from '../infra/in-parallel.js';
import { gradeRowSchema } from '../infra/parse/grade.js';
import { graderVersion } from '../infra/sandbox/grader-version.js';
import { gradeFolder, isFinished, markFinished, readBatches } from '../infra/store/batch-files.js';
import { type BlobStore, openBlobStore, WRITES_IN_FLIGHT } from '../infra/store/blobs.js';
import { sha256 } from '../infra/store/digest.js';
import { writeGradeResults } from '../infra/store/grade-results.js';
import { storeTasks, taskHash } from '../infra/store/tasks.js';
import { type GradeSummary, renderGrade, summariseGrade } from '../report/grade.js';
import { BatchWriter, runBatches, unfinishedBatches } from './batches.js';
import type { CommandContext } from './context.js';
import { Interrupt } from './interrupt.js';
import { loadSuite } from './load-suite.js';
import { writingTo } from './output-files.js';

export interface GradeOptions {
  readonly suite: SuiteSource;
  /** The samples file. */
  readonly file: string;
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
    const { tasks } = await loadSuite(options.suite, context);
    const plan = await writePlan(options, tasks, context);
    const folder = gradeFolder(home, plan.gradeId);
    const left = await unfinished(plan, folder);
    if (left.length > 0 && !(await run(plan, left, context, interrupt))) {
      context.say('\nInterrupted; nothing that was graded is lost. Go on with the same command.');
      return 130;
    }
    const rows = await readRows(folder);
    const summary = summariseGrade(plan.suite, plan.samples, rows, tasks.length);
    const results = options.out ?? folder;
    await writingTo('--out', results, () => writeGradeResults(results, options.file, rows, summary));
    const seconds = (Date.now() - began) / 1_000;
    const graded = sum(left.map((batch) => plan.batches[batch]?.programs ?? 0));
    const document = { ...summary, programs_per_second: graded === 0 ? null : graded / seconds, seconds, results };
    context.print(document, `${renderGrade(summary)}\n${speed(graded, seconds)}\nResults: ${results}`);
    await markFinished(folder);
    return exitCode(summary, options.failUnder);
  } finally {
    interrupt.dispose();
  }
}

function speed(programs: number, seconds: number): string {
  if (programs === 0) return 'All of it had been graded before: nothing was run.';
  return `${programs} programs in ${seconds.toFixed(1)} s: ${(programs / seconds).toFixed(0)} a second`;
}

function exitCode({ verdicts, programs }: GradeSummary, failUnder: number | null): number {
  return failUnder !== null && verdicts.pass / programs < failUnder ? 1 : 0;
}

/** The plan of these programs, in the store. The same file under the same conditions has the same name. */
async function writePlan(
  { suite: { id: suite }, file, backend, limits, useCache, assembly }: GradeOptions,
  tasks: readonly Task[],
  { config }: CommandContext,
): Promise<GradePlan> {
  const keyOf = await environmentKeys(backend, config.docker);
  const batches = await writeItems(readItems(file, tasks, assembly), openBlobStore(config.home), keyOf);
  if (batches.length === 0)
    throw new UserError(`${file} holds no programs.`, { hint: 'Is it the right file?', exitCode: 2 });
  const facts = { suite, samples: basename(file), backend, limits, useCache, batches };
  const version = await graderVersion();
  for (let round = 0; ; round += 1) {
    const gradeId = `${suite}-${sha256(JSON.stringify([facts, version, round])).slice(0, 12)}`;
    // Without the cache one that was told is done with; one that was interrupted goes on.
    if (useCache || !(await isFinished(gradeFolder(config.home, gradeId)))) return { format: 1, gradeId, ...facts };
  }
}

/** The batches do not depend on what is stored first: an item has its place in them before anything is waited for. */
async function writeItems(
  samples: AsyncIterable<Sample>,
  blobs: BlobStore,
  keyOf: EnvironmentKeys,
): Promise<GradePlan['batches']> {
  const writer = new BatchWriter<GradeItem>(blobs, BATCH);
  const used = new Set<Task>();
  await inParallel(samples, WRITES_IN_FLIGHT, ({ task, item }) => {
    used.add(task);
    return writer.add(task.environment, item, 1);
  });
  await storeTasks(blobs, used);
  return writer.end(keyOf);
}

interface Sample {
  readonly task: Task;
  readonly item: GradeItem;
}

async function* readItems(file: string, tasks: readonly Task[], assembly: Assembly): AsyncGenerator<Sample> {
  const known = new Map(tasks.map((task) => [task.taskId, { task, taskSha256: taskHash(task) }]));
  const samples = new Map<string, number>();
  for await (const { line, taskId, kind, text } of readSamples(file)) {
    const found = known.get(taskId);
    if (found === undefined) {
      throw new UserError(`${file}, line ${line}: there is no task "${taskId}" in the suite.`, {
        hint: `Its tasks are ${[...known.keys()].slice(0, 3).join(', ')}, ...`,
        exitCode: 2,
      });
    }
    const { task, taskSha256 } = found;
    const sample = samples.get(taskId) ?? 0;
    samples.set(taskId, sample + 1);
    const program = kind === 'solution' && task.answer !== 'snippet' ? text : programOfCompletion(task, text, assembly);
    yield { task, item: { line, taskId, sample, taskSha256, program } };
  }
}

async function readRows(folder: string): Promise<GradeRow[]> {
  return (await readBatches(folder, gradeRowSchema)).sort((a, b) => a.line - b.line);
}

/** What could not be judged is tried again; the rest of its batch is known. */
async function unfinished(plan: GradePlan, folder: string): Promise<number[]> {
  const unscored = (await readRows(folder)).filter(({ verdict }) => verdict === 'unscored');
  return unfinishedBatches(
    plan,
    folder,
    unscored.map(({ batch }) => batch),
  );
}

/** True when every batch is graded, false when the user interrupted. */
function run(
  plan: GradePlan,
  left: readonly number[],
  context: CommandContext,
  interrupt: Interrupt,
): Promise<boolean> {
  const job = {
    plan,
    workflow: 'gradeWorkflow',
    workflowId: join('grade', plan.gradeId),
    folder: gradeFolder(context.config.home, plan.gradeId),
    summary: `${plan.samples}: ${plan.batches.length} batches of ${plan.suite}`,
    window: BATCHES_IN_FLIGHT,
  } as const;
  return runBatches(job, left, context, interrupt);
}
