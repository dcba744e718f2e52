import { basename, join } from 'node:path';
import type { GradeItem, GradePlan, GradeRow } from '../domain/grade.js';
import { sum } from '../domain/metrics.js';
import type { Backend } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { Limits } from '../domain/test-report.js';
import type { LoadedSuite } from '../infra/datasets/dataset.js';
import { environmentKeys, type EnvironmentKeys } from '../infra/environments/environment-keys.js';
import { UserError } from '../infra/errors.js';
import { inParallel } from '../infra/in-parallel.js';
import { gradeRowSchema } from '../infra/parse/grade.js';
import { graderVersion } from '../infra/sandbox/grader-version.js';
import { gradeFolder, isFinished, markFinished, readBatches } from '../infra/store/batch-files.js';
import { type BlobStore, openBlobStore, WRITES_IN_FLIGHT } from '../infra/store/blobs.js';
import { sha256 } from '../infra/store/digest.js';
import { writeGradeResults } from '../infra/store/grade-results.js';
import { storeTasks } from '../infra/store/tasks.js';
import { type GradeSummary, renderGrade, summariseGrade } from '../report/grade.js';
import { BatchWriter, runBatches, unfinishedBatches } from './batches.js';
import type { CommandContext } from './context.js';
import { readItems, type Sample, type SamplesFile } from './grade-items.js';
import { Interrupt } from './interrupt.js';
import { loadSuite } from './load-suite.js';
import { writingTo } from './output-files.js';

export interface GradeOptions extends SamplesFile {
  /** Where results go, in place of a folder of the home. */
  readonly out: string | null;
  readonly backend: Backend;
  readonly limits: Limits;
  readonly useCache: boolean;
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
    const loaded = await loadSuite(options.suite, context);
    const { plan, unusable } = await writePlan(options, loaded, context);
    const folder = gradeFolder(home, plan.gradeId);
    const left = await unfinished(plan, folder);
    if (left.length > 0 && !(await run(plan, left, context, interrupt))) {
      context.say('\nInterrupted; nothing that was graded is lost. Go on with the same command.');
      return 130;
    }
    const rows = [...(await readRows(folder)), ...unusable].sort((a, b) => a.line - b.line);
    // Of the tasks that can't be used those that the file has programs for.
    const suiteTasks = loaded.tasks.length + new Set(unusable.map(({ taskId }) => taskId)).size;
    const summary = summariseGrade(plan.suite, plan.samples, rows, suiteTasks);
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
  if (programs === 0) return 'All that can be run had been graded before: nothing was run.';
  return `${programs} programs in ${seconds.toFixed(1)} s: ${(programs / seconds).toFixed(0)} a second`;
}

function exitCode({ verdicts, programs }: GradeSummary, failUnder: number | null): number {
  return failUnder !== null && verdicts.pass / programs < failUnder ? 1 : 0;
}

/** A grading: what is run, and the rows of programs whose task can't be used. */
interface Planned {
  readonly plan: GradePlan;
  readonly unusable: readonly GradeRow[];
}

/** The plan of these programs, in the store. The same file under the same conditions has the same name. */
async function writePlan(options: GradeOptions, loaded: LoadedSuite, { config }: CommandContext): Promise<Planned> {
  const { file, backend, limits, useCache } = options;
  const suite = options.suite.id;
  const keyOf = await environmentKeys(backend, config.docker);
  const { batches, unusable } = await writeItems(readItems(options, loaded), openBlobStore(config.home), keyOf);
  if (batches.length + unusable.length === 0)
    throw new UserError(`${file} holds no programs.`, { hint: 'Is it the right file?', exitCode: 2 });
  const facts = { suite, samples: basename(file), backend, limits, useCache, batches };
  const version = await graderVersion();
  for (let round = 0; ; round += 1) {
    const gradeId = `${suite}-${sha256(JSON.stringify([facts, version, round])).slice(0, 12)}`;
    // Without the cache one that was told is done with; one that was interrupted goes on.
    if (useCache || !(await isFinished(gradeFolder(config.home, gradeId))))
      return { plan: { format: 1, gradeId, ...facts }, unusable };
  }
}

/** The batches do not depend on what is stored first: an item has its place in them before anything is waited for. */
async function writeItems(
  samples: AsyncIterable<Sample | GradeRow>,
  blobs: BlobStore,
  keyOf: EnvironmentKeys,
): Promise<Pick<GradePlan, 'batches'> & Pick<Planned, 'unusable'>> {
  const writer = new BatchWriter<GradeItem>(blobs, BATCH);
  const used = new Set<Task>();
  const unusable: GradeRow[] = [];
  await inParallel(samples, WRITES_IN_FLIGHT, async (sample) => {
    if ('verdict' in sample) unusable.push(sample);
    else {
      used.add(sample.task);
      await writer.add(sample.task.environment, sample.item, 1);
    }
  });
  await storeTasks(blobs, used);
  return { batches: await writer.end(keyOf), unusable };
}

function readRows(folder: string): Promise<(GradeRow & { readonly batch: number })[]> {
  return readBatches(folder, gradeRowSchema);
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
