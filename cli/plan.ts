import { slug } from '../domain/cell-id.js';
import type { Cell } from '../domain/cell.js';
import { providerOf, type SuiteSpec, type SweepConfig } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { SuiteValidation } from '../domain/validation.js';
import type { Config } from '../infra/config.js';
import { findSuite } from '../infra/datasets/registry.js';
import { listEnvironments } from '../infra/environments/environment.js';
import { UserError } from '../infra/errors.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { sha256 } from '../infra/store/digest.js';
import type { Progress } from '../infra/tools/progress-bar.js';
import { checkTasks } from './validated.js';

/** A sweep's cells, and what is known of the tasks that they are for. */
interface Planned {
  readonly cells: readonly Cell[];
  readonly validations: readonly SuiteValidation[];
}

/** Every cell of a sweep, task by task, so that all models meet a task at about the same time. */
export async function planCells(
  sweep: SweepConfig,
  config: Config,
  onProgress: (progress: Progress) => void,
): Promise<Planned> {
  const blobs = openBlobStore(config.home);
  const cells: Cell[] = [];
  const validations: SuiteValidation[] = [];
  const digests = new Map((await listEnvironments()).map(({ name, digest }) => [name, digest]));
  for (const suite of sweep.suites) {
    const wanted = await loadTasks(suite, config, onProgress);
    const { tasks: found, validation } = await checkTasks(suite, wanted, sweep.sandbox, config.home);
    const tasks = limited(found, suite);
    validations.push(validation);
    for (const task of tasks) {
      const taskSha256 = await blobs.put(JSON.stringify(task));
      cells.push(...cellsOf(sweep, task, { taskSha256, environmentDigest: digests.get(task.environment) ?? '' }));
    }
  }
  return { cells, validations };
}

async function loadTasks(
  spec: SuiteSpec,
  { home, env }: Config,
  onProgress: (progress: Progress) => void,
): Promise<readonly Task[]> {
  const { tasks: all } = await findSuite(spec.id).load({ home, env, onProgress, file: spec.file });
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
  const named = all.filter(({ taskId }) => tasks === null || tasks.includes(taskId));
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
        const variant = `${strategy.id}${strategy.id === 'direct' ? '' : `-${strategy.rounds}-${strategy.feedback}`}`;
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
