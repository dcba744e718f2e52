import { slug } from '../domain/cell-id.js';
import type { Cell } from '../domain/cell.js';
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
import { loadSuite } from './load-suite.js';
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
  refuseTwins(cells);
  return { cells, validations };
}

/** Two files of one suite may hold the same ids. */
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
  const { tasks: all } = await loadSuite(spec, context);
  const { tasks } = spec;
  const unknown = tasks?.find((id) => !all.some(({ taskId }) => taskId === id));
  if (unknown !== undefined) {
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
        const variant = `${labelOf(strategy)}${strategy.id === 'direct' ? '' : `-${strategy.rounds}-${strategy.feedback}`}`;
        return {
          sweepId: sweep.name,
          cellId: cellId([sweep.name, suite, taskId, model.label, variant, String(sample)]),
          suite,
          taskId,
          ...hashes,
          domain,
          libraries,
          model: model.label,
          provider: providerOf(model.id),
          strategy,
          sample,
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

/** Readable, as it is what an operator sees first; a hash takes the place of the end where it would be too long. */
function cellId(parts: readonly string[]): string {
  const id = parts.map(slug).join('/');
  return id.length <= 200 ? id : `${id.slice(0, 160)}-${sha256(id).slice(0, 32)}`;
}
