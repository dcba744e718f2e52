import { join } from 'node:path';
import type { Backend, SuiteSource } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { Limits } from '../domain/test-report.js';
import { programsOf, type Trial, type ValidateItem, type ValidationPlan, type ValidationRow } from '../domain/trial.js';
import { concludeTask, type TaskValidation } from '../domain/validation.js';
import type { LoadedSuite } from '../infra/datasets/dataset.js';
import { type EnvironmentKeys, environmentKeys } from '../infra/environments/environment-keys.js';
import { UserError } from '../infra/errors.js';
import { makeVariants } from '../infra/mutants/variants.js';
import { knownTrialSchema, validationRowSchema, type Variants } from '../infra/parse/validation.js';
import { graderVersion } from '../infra/sandbox/grader-version.js';
import { isFinished, markFinished, readBatches } from '../infra/store/batch-files.js';
import { type BlobStore, openBlobStore } from '../infra/store/blobs.js';
import { canonicalJson, sha256 } from '../infra/store/digest.js';
import { readKeyedLog } from '../infra/store/keyed-log.js';
import { storeTasks, taskHash } from '../infra/store/tasks.js';
import { conditionsOf, trialsFolder, validationFolder, writeValidations } from '../infra/store/validations.js';
import { renderValidation, validationDocument } from '../report/validation.js';
import { BatchWriter, runBatches, unfinishedBatches } from './batches.js';
import type { CommandContext } from './context.js';
import { Interrupt } from './interrupt.js';
import { loadSuite } from './load-suite.js';

export interface ValidateOptions {
  readonly suite: SuiteSource;
  readonly backend: Backend;
  readonly limits: Limits;
  /** Programs at the same time. */
  readonly jobs: number;
  /** Mutants of each reference, at most. */
  readonly mutants: number;
  /** Run the references anew, though what they come to is known. */
  readonly again: boolean;
}

/** Tasks of a batch: a task with its stubs and mutants is a dozen runs, its second run one. */
const TASKS = 4;
const SECOND_RUNS = 16;

/** Tries every task of a suite, or goes on with that, and prints what each is worth. Returns the exit code. */
export async function validateSuite(options: ValidateOptions, context: CommandContext): Promise<number> {
  const { say, print } = context;
  const { home, docker } = context.config;
  const interrupt = new Interrupt();
  try {
    const { id } = options.suite;
    const suite = await loadSuite(options.suite, context);
    if (suite.tasks.length === 0)
      throw new UserError(`${id} has no task that can be run.`, {
        hint: 'Is it the right file?',
        exitCode: 2,
      });
    const keyOf = await environmentKeys(options.backend, docker);
    const variants = await makeVariants(suite.tasks, options.mutants);
    const plan = await writePlan(options, suite.tasks, variants, home, keyOf);
    const folder = validationFolder(home, plan.validationId);
    const left = await unfinished(plan, folder);
    if (left.length > 0 && !(await runBatches(jobOf(plan, folder, options), left, context, interrupt))) {
      say('\nInterrupted; nothing that was run is lost. Go on with the same command.');
      return 130;
    }
    if (left.length === 0) say('All of it was run before: nothing is run. With --again the references are.');
    const version = await graderVersion();
    const tasks = [...(await conclude({ plan, version, keyOf }, suite.tasks, variants, home)), ...unreadable(suite)];
    await writeValidations(home, { suite: id, graderVersion: version, tasks });
    await markFinished(folder);
    print(validationDocument(id, tasks), renderValidation(id, tasks));
    return tasks.every(({ status }) => status === 'usable') ? 0 : 1;
  } finally {
    interrupt.dispose();
  }
}

function jobOf(plan: ValidationPlan, folder: string, { jobs }: ValidateOptions) {
  return {
    plan,
    workflow: 'validateWorkflow',
    workflowId: join('validate', plan.validationId),
    folder,
    summary: `${plan.suite}: references, stubs and mutants in ${plan.batches.length} batches`,
    window: jobs,
    slots: jobs,
  } as const;
}

/** The same tasks under the same conditions have the same name; a round that was told is over. */
async function writePlan(
  { suite: { id: suite }, backend, limits, again }: ValidateOptions,
  tasks: readonly Task[],
  variants: readonly Variants[],
  home: string,
  keyOf: EnvironmentKeys,
): Promise<ValidationPlan> {
  const batches = await writeItems(tasks, variants, openBlobStore(home), keyOf);
  const facts = { suite, backend, limits, batches };
  const version = await graderVersion();
  const idOf = (round: number): string => `${suite}-${sha256(canonicalJson([facts, version, round])).slice(0, 12)}`;
  const isOver = (round: number): Promise<boolean> => isFinished(validationFolder(home, idOf(round)));
  let round = 0;
  while (await isOver(round)) round += 1;
  // Without a wish for more, what was found last stands.
  if (!again && round > 0) round -= 1;
  return { format: 1, validationId: idOf(round), round, ...facts };
}

/** First all tasks with their stubs and mutants, then all references once more in another order. */
async function writeItems(
  tasks: readonly Task[],
  variants: readonly Variants[],
  blobs: BlobStore,
  keyOf: EnvironmentKeys,
): Promise<ValidationPlan['batches']> {
  const first = new BatchWriter<ValidateItem>(blobs, TASKS);
  const again = new BatchWriter<ValidateItem>(blobs, SECOND_RUNS);
  const items: { environment: string; item: ValidateItem }[] = [];
  await storeTasks(blobs, tasks);
  for (const [index, task] of tasks.entries()) {
    const { stubs = [], mutants = [] } = variants[index] ?? {};
    const identity = { taskId: task.taskId, taskSha256: taskHash(task) };
    const item = { ...identity, isAgain: false, stubs, mutants };
    await first.add(task.environment, item, programsOf(item));
    items.push({ environment: task.environment, item: { ...identity, isAgain: true, stubs: [], mutants: [] } });
  }
  for (const { environment, item } of shuffled(items)) await again.add(environment, item, programsOf(item));
  return [...(await first.end(keyOf)), ...(await again.end(keyOf))];
}

/** By a hash, so that it is the same each time. */
function shuffled<T extends { item: ValidateItem }>(items: readonly T[]): T[] {
  const rank = ({ item }: T): string => sha256(`again ${item.taskId}`);
  return items.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

async function unfinished(plan: ValidationPlan, folder: string): Promise<number[]> {
  const rows = await readBatches(folder, validationRowSchema);
  const unjudged = rows.filter(({ trials }) => trials.some(({ verdict }) => verdict === 'unscored'));
  return unfinishedBatches(
    plan,
    folder,
    unjudged.map(({ batch }) => batch),
  );
}

async function conclude(
  { plan, version, keyOf }: { plan: ValidationPlan; version: string; keyOf: EnvironmentKeys },
  tasks: readonly Task[],
  variants: readonly Variants[],
  home: string,
): Promise<TaskValidation[]> {
  const { backend, limits, validationId } = plan;
  const trials = trialsOf(await readBatches(validationFolder(home, validationId), validationRowSchema));
  const history = historyOf((await readKeyedLog(trialsFolder(home), knownTrialSchema)).values());
  return tasks.map((task, index) => {
    const taskSha256 = taskHash(task);
    const key = keyOf(task.environment);
    const conditions = conditionsOf({ taskSha256, ...key, backend, limits, graderVersion: version });
    return concludeTask(
      { taskId: task.taskId, conditions },
      trials.get(task.taskId) ?? [],
      history.get(conditions) ?? [],
      variants[index]?.problem,
    );
  });
}

function trialsOf(rows: readonly ValidationRow[]): Map<string, Trial[]> {
  const found = new Map<string, Trial[]>();
  for (const { taskId, trials } of rows) found.set(taskId, [...(found.get(taskId) ?? []), ...trials]);
  return found;
}

/** Runs of references by their conditions, in the order of time. */
function historyOf(trials: Iterable<Trial>): Map<string, Trial[]> {
  const found = new Map<string, Trial[]>();
  for (const trial of trials) {
    if (trial.kind !== 'reference' && trial.kind !== 'again') continue;
    const runs = found.get(trial.conditions) ?? [];
    runs.push(trial);
    found.set(trial.conditions, runs);
  }
  for (const runs of found.values()) runs.sort((a, b) => a.at - b.at);
  return found;
}

function unreadable({ unusable }: LoadedSuite): TaskValidation[] {
  return unusable.map(({ taskId, where, why }) => ({
    ...concludeTask({ taskId, conditions: '' }, [], []),
    fault: 'task',
    evidence: `${where}: ${why}`,
  }));
}
