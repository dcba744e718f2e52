import { resolve } from 'node:path';
import type { SandboxSpec, SuiteSpec } from '../domain/sweep.js';
import type { Task } from '../domain/task.js';
import type { SuiteValidation, TaskStatus } from '../domain/validation.js';
import type { Config } from '../infra/config.js';
import { environmentKeys } from '../infra/environments/environment-keys.js';
import { UserError } from '../infra/errors.js';
import { graderVersion } from '../infra/sandbox/grader-version.js';
import { taskHash } from '../infra/store/tasks.js';
import { conditionsOf, readValidations } from '../infra/store/validations.js';
import { sandboxDefaults } from '../infra/parse/sweep-file.js';

/** Tasks of a suite that a sweep takes, and what is known of them. */
interface Checked {
  readonly tasks: readonly Task[];
  readonly validation: SuiteValidation;
}

/**
 * Looks up what a validation has found of the tasks under the sweep's own conditions; with `only: usable` the others are left
 * out. Throws UserError (exit 2) where that is asked for and not known of every task.
 */
export async function checkTasks(
  spec: SuiteSpec,
  tasks: readonly Task[],
  sandbox: SandboxSpec,
  config: Config,
): Promise<Checked> {
  const statusOf = await statuses(spec.id, sandbox, config);
  const known = tasks.map((task) => ({ task, taskId: task.taskId, status: statusOf(task) }));
  const bad = known.flatMap(({ taskId, status }) =>
    status === null || status === 'usable' ? [] : [{ taskId, status }],
  );
  const unvalidated = known.filter(({ status }) => status === null).length;
  const facts = { suite: spec.id, tasks: tasks.length, unvalidated, command: commandFor(spec, sandbox) };
  if (spec.only === undefined) return { tasks, validation: { ...facts, notUsable: bad, leftOut: [] } };
  if (unvalidated > 0) {
    throw new UserError(`Which tasks of ${spec.id} are usable is not known of ${unvalidated} of ${tasks.length}.`, {
      hint: `First run: ${facts.command}`,
      exitCode: 2,
    });
  }
  if (bad.length === tasks.length) {
    throw new UserError(`No task of ${spec.id} that the sweep asks for is usable: ${listed(bad)}.`, {
      hint: 'Leave out `only: usable`, or choose other tasks.',
      exitCode: 2,
    });
  }
  const usable = known.filter(({ status }) => status === 'usable').map(({ task }) => task);
  return { tasks: usable, validation: { ...facts, notUsable: [], leftOut: bad } };
}

/** One line for each suite of which there is something to say. */
export function validationWarnings(validations: readonly SuiteValidation[]): string[] {
  return validations.flatMap(({ suite, tasks, unvalidated, notUsable, leftOut, command }) => {
    const parts = [
      ...(unvalidated === 0
        ? []
        : [`${unvalidated} of ${tasks} tasks were never tried out under this sweep's conditions`]),
      ...(notUsable.length === 0 ? [] : [`not usable: ${listed(notUsable)}`]),
      ...(leftOut.length === 0 ? [] : [`${leftOut.length} of ${tasks} tasks are left out: ${listed(leftOut)}`]),
    ];
    if (parts.length === 0) return [];
    const cure = unvalidated === 0 ? '' : ` (to do so: ${command})`;
    return [`${suite}: ${parts.join('; ')}${cure}`];
  });
}

const LISTED = 10;

function listed(tasks: SuiteValidation['notUsable']): string {
  const shown = tasks.slice(0, LISTED).map(({ taskId, status }) => `${taskId} (${status})`);
  return [...shown, ...(tasks.length > LISTED ? [`and ${tasks.length - LISTED} more`] : [])].join(', ');
}

async function statuses(
  suite: string,
  sandbox: SandboxSpec,
  { home, docker }: Config,
): Promise<(task: Task) => TaskStatus | null> {
  const known = await readValidations(home, suite);
  const keyOf = await environmentKeys(sandbox.backend, docker);
  const version = await graderVersion();
  return (task) => {
    const { status } =
      known.get(
        conditionsOf({
          taskSha256: taskHash(task),
          ...keyOf(task.environment),
          backend: sandbox.backend,
          limits: sandbox,
          graderVersion: version,
        }),
      ) ?? {};
    // Validations run without one.
    return status === 'needs-gpu' && sandbox.gpu !== undefined ? 'usable' : (status ?? null);
  };
}

/** The command that validates a suite under the conditions of a sweep. */
function commandFor({ id, file, revision }: SuiteSpec, sandbox: SandboxSpec): string {
  const usual = sandboxDefaults(sandbox.cpuSeconds);
  const options = [
    file === null ? null : `--tasks ${resolve(file)}`,
    revision === undefined ? null : `--revision ${revision}`,
    sandbox.backend === usual.backend ? null : `--backend ${sandbox.backend}`,
    sandbox.cpuSeconds === sandboxDefaults().cpuSeconds ? null : `--cpu-seconds ${sandbox.cpuSeconds}`,
    sandbox.wallSeconds === usual.wallSeconds ? null : `--wall ${sandbox.wallSeconds}s`,
    sandbox.memoryBytes === usual.memoryBytes ? null : `--memory ${sandbox.memoryBytes}B`,
    sandbox.processes === usual.processes ? null : `--processes ${sandbox.processes}`,
    sandbox.outputBytes === usual.outputBytes ? null : `--output ${sandbox.outputBytes}B`,
    sandbox.tmpBytes === usual.tmpBytes ? null : `--tmp ${sandbox.tmpBytes}B`,
  ].filter((option) => option !== null);
  return ['aicodereval validate --suite', id, ...options].join(' ');
}
