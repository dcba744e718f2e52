import { type Assembly, programOfCompletion } from '../domain/aicodereval-assembly.js';
import { behindPrelude } from '../domain/extract-candidate.js';
import { Failure } from '../domain/failures.js';
import { type GradeItem, type GradeRow, unjudged } from '../domain/grade.js';
import type { SuiteSource } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { LoadedSuite } from '../infra/datasets/dataset.js';
import { findSuite } from '../infra/datasets/registry.js';
import { readSamples, type SampleLine } from '../infra/datasets/samples.js';
import { UserError } from '../infra/errors.js';
import { sha256 } from '../infra/store/digest.js';
import { taskHash } from '../infra/store/tasks.js';
import { whyUnusable } from './load-suite.js';

/** Programs made elsewhere, the suite that they are for, and how completions are put together. */
export interface SamplesFile {
  readonly suite: SuiteSource;
  readonly file: string;
  readonly assembly: Assembly;
}

/** A program, and the task that it is graded by. */
export interface Sample {
  readonly task: Task;
  readonly item: GradeItem;
}

/**
 * The programs of a samples file, one for each of its lines; for one whose task can't be used the row that it comes to.
 * Throws UserError (exit 2) for a line that can't be read, and for a task that there is not.
 */
export async function* readItems(options: SamplesFile, loaded: LoadedSuite): AsyncGenerator<Sample | GradeRow> {
  const { file } = options;
  const known = new Map(loaded.tasks.map((task) => [task.taskId, { task, taskSha256: taskHash(task) }]));
  const samples = new Map<string, number>();
  for await (const sampleLine of readSamples(file)) {
    const { line, taskId, text } = sampleLine;
    const sample = samples.get(taskId) ?? 0;
    samples.set(taskId, sample + 1);
    const found = known.get(taskId);
    if (found !== undefined) {
      const program = programOf(found.task, sampleLine, options);
      yield { task: found.task, item: { line, taskId, sample, taskSha256: found.taskSha256, program } };
      continue;
    }
    const why = whyUnusable(loaded, taskId);
    if (why === null) {
      throw new UserError(`${file}, line ${line}: there is no task "${taskId}" in the suite.`, {
        hint: `Its tasks are ${[...known.keys()].slice(0, 3).join(', ')}, ...`,
        exitCode: 2,
      });
    }
    yield unusableRow({ line, taskId, sample, programSha256: sha256(text) }, why);
  }
}

/** Whoever wrote the program: the fault is the task's. */
function unusableRow(identity: Pick<GradeRow, 'line' | 'taskId' | 'sample' | 'programSha256'>, why: string): GradeRow {
  return {
    ...identity,
    ...unjudged(new Failure('TaskBroken', why)),
    environment: '',
    environmentDigest: '',
    batch: null,
    cached: false,
  };
}

/** A solution is a program of its own, but where the suite's own grader puts the prompt's imports before it. */
function programOf(task: Task, { kind, text }: SampleLine, { suite, assembly }: SamplesFile): string {
  if (kind === 'completion' || task.answer === 'snippet') return programOfCompletion(task, text, assembly);
  return findSuite(suite.id).isCalibrated === true ? behindPrelude(task, text) : text;
}
