import { slug } from '../domain/cell-id.js';
import type { Cell } from '../domain/cell.js';
import { groupBy } from '../domain/group-by.js';
import { providerOf, type SuiteSpec, type SweepConfig } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { SuiteValidation } from '../domain/validation.js';
import { labelOf } from '../domain/strategies/strategy.js';
import { listEnvironments } from '../infra/environments/environment.js';
import { UserError } from '../infra/errors.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { sha256 } from '../infra/store/digest.js';
import { storeTasks, taskHash } from '../infra/store/tasks.js';
import type { CommandContext } from './context.js';
import { loadSuite, whyUnusable } from './load-suite.js';
import { checkTasks } from './validated.js';

/** What planning a sweep needs of a command. */
export type PlanContext = Pick<CommandContext, 'config' | 'onProgress' | 'say'>;

/** A sweep's cells, and what is known of the tasks that they are for. */
interface Planned {
  readonly cells: readonly Cell[];
  readonly validations: readonly SuiteValidation[];
}

/** Every cell of a sweep, task by task, so that all models meet a task at about the same time. */
export async function planCells(sweep: SweepConfig, context: PlanContext): Promise<Planned> {
  const { home } = context.config;
  const blobs = openBlobStore(home);
  const cells: Cell[] = [];
  const validations: SuiteValidation[] = [];
  const digests = new Map((await listEnvironments()).map(({ name, digest }) => [name, digest]));
  for (const suite of sweep.suites) {
    const wanted = await loadTasks(suite, context);
    const { tasks: found, validation } = await checkTasks(suite, wanted, sweep.sandbox, context.config);
    const tasks = limited(found, suite);
    validations.push(validation);
    await storeTasks(blobs, tasks);
    for (const task of tasks) {
      const environmentDigest = digests.get(task.environment) ?? '';
      cells.push(...cellsOf(sweep, task, { taskSha256: taskHash(task), environmentDigest }));
    }
  }
  return { cells: withOwnIds(cells), validations };
}

/**
 * Where cells of different names come to one id ("gpt 4" and "gpt-4", or Chinese words), the parts that an id can't show as they
 * are get a hash. Throws UserError (exit 2) for a task that is there twice: two files of one suite may hold the same ids.
 */
function withOwnIds(cells: readonly Cell[]): Cell[] {
  const alike = groupBy(cells, ({ cellId }) => cellId);
  const own = cells.map((cell) =>
    alike.get(cell.cellId)?.length === 1 ? cell : { ...cell, cellId: cellId(partsOf(cell).map(slugWithHash)) },
  );
  refuseTwins(own);
  return own;
}

function slugWithHash(text: string): string {
  return slug(text) === text ? text : `${slug(text)}-${sha256(text).slice(0, 8)}`;
}

function refuseTwins(cells: readonly Cell[]): void {
  const seen = new Set<string>();
  for (const { cellId: id, suite, taskId } of cells) {
    if (!seen.has(id)) seen.add(id);
    else {
      throw new UserError(`The sweep has the task "${taskId}" of the suite "${suite}" twice.`, {
        hint: 'List a suite once, or give the tasks of its files different ids.',
        exitCode: 2,
      });
    }
  }
}

async function loadTasks(spec: SuiteSpec, context: PlanContext): Promise<readonly Task[]> {
  const loaded = await loadSuite(spec, context);
  const { tasks: all } = loaded;
  const { tasks } = spec;
  const unknown = tasks?.find((id) => !all.some(({ taskId }) => taskId === id));
  if (unknown !== undefined) {
    const why = whyUnusable(loaded, unknown);
    if (why !== null) throw new UserError(why, { hint: 'Correct it there, or leave it out of `tasks`.', exitCode: 2 });
    throw new UserError(`The suite ${spec.id} has no task "${unknown}".`, {
      hint: `Its tasks are ${all
        .slice(0, 5)
        .map(({ taskId }) => taskId)
        .join(', ')}${all.length > 5 ? ', ...' : ''}.`,
      exitCode: 2,
    });
  }
  const named = tasks?.flatMap((id) => all.filter(({ taskId }) => taskId === id)) ?? all;
  return spec.only === undefined ? limited(named, spec) : named;
}

function limited(tasks: readonly Task[], { limit }: SuiteSpec): readonly Task[] {
  return tasks.slice(0, limit ?? tasks.length);
}

function cellsOf(sweep: SweepConfig, task: Task, hashes: Pick<Cell, 'taskSha256' | 'environmentDigest'>): Cell[] {
  const samples = Array.from({ length: sweep.samples }, (_, sample) => sample);
  return samples.flatMap((sample) =>
    sweep.models.flatMap((model) =>
      sweep.strategies.map((strategy): Cell => {
        const { suite, taskId, domain, libraries, environment, grading } = task;
        const names = { sweepId: sweep.name, suite, taskId, model: model.label, strategy, sample };
        return {
          ...names,
          cellId: cellId(partsOf(names).map(slug)),
          ...hashes,
          domain,
          libraries,
          provider: providerOf(model.id),
          environment,
          grading,
          hasExamples: task.examples !== null,
          giveUpAfterMs: model.giveUpAfterMs,
          wallSeconds: sweep.sandbox.wallSeconds,
          gpu: sweep.sandbox.gpu,
        };
      }),
    ),
  );
}

type CellNames = Pick<Cell, 'sweepId' | 'suite' | 'taskId' | 'model' | 'strategy' | 'sample'>;

function partsOf({ sweepId, suite, taskId, model, strategy, sample }: CellNames): string[] {
  const variant = `${labelOf(strategy)}${strategy.id === 'direct' ? '' : `-${strategy.rounds}-${strategy.feedback}`}`;
  return [sweepId, suite, taskId, model, variant, String(sample)];
}

/** Readable, as it is what an operator sees first; a hash takes the place of the end where it would be too long. */
function cellId(parts: readonly string[]): string {
  const id = parts.join('/');
  return id.length <= 200 ? id : `${id.slice(0, 160)}-${sha256(id).slice(0, 32)}`;
}
