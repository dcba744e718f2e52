import { Failure, RETRY_RULES } from '../domain/failures.js';
import { entryKind, prelude } from '../domain/prelude.js';
import type { Task } from '../domain/task.js';
import type { TestReport } from '../domain/test-report.js';
import type { Sandbox, SandboxJob } from '../infra/sandbox/sandbox.js';

/** A lost runner is replaced; a program that loses three is not judged. */
const TRIES = 3;

/** A program as an answer to a task, with the task's own tests. */
export function jobOf(task: Task, program: Pick<SandboxJob, 'id' | 'program' | 'limits'>): SandboxJob {
  return {
    ...program,
    test: task.test,
    entryPoint: task.entryPoint,
    entryKind: entryKind(task),
    grading: task.grading,
    prelude: prelude(task),
    cases: task.cases,
    reference: { program: task.reference, test: task.test, cases: task.cases },
  };
}

/**
 * Runs a program of a batch: its report, or the fault for which it could not be judged. Throws `SandboxUnavailable`: a host
 * without a sandbox is tried again with the whole batch, with Temporal's patience.
 */
export async function runPatiently(
  sandbox: Sandbox,
  job: SandboxJob,
  signal: AbortSignal,
): Promise<TestReport | Failure> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await sandbox.run(job, signal);
    } catch (error) {
      if (!(error instanceof Failure) || error.type === 'SandboxUnavailable') throw error;
      if (tries >= Math.min(TRIES, RETRY_RULES[error.type].attempts ?? TRIES)) return error;
    }
  }
}
