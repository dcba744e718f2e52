import { humaneval } from '../infra/datasets/humaneval.js';
import { entryKind, prelude } from '../domain/prelude.js';
import type { Grading, Task } from '../domain/task.js';
import type { SandboxJob } from '../infra/sandbox/sandbox.js';

const MIB = 1024 * 1024;
export const LIMITS = {
  cpuSeconds: 10,
  wallSeconds: 30,
  memoryBytes: 2048 * MIB,
  processes: 64,
  outputBytes: MIB,
  tmpBytes: 64 * MIB,
};

/** HumanEval's tasks, as they are published; fetched once into the home. */
export async function loadTasks(home: string): Promise<readonly Task[]> {
  return (await humaneval.load({ home, file: null })).tasks;
}

/** A task's reference as a job, made different from every other by its number. */
export function referenceJob(task: Task, grading: Grading, number: number): SandboxJob {
  return {
    id: `${task.taskId} ${number}`,
    program: `${task.reference}\n# ${number}\n`,
    test: task.test,
    entryPoint: task.entryPoint,
    entryKind: entryKind(task),
    grading,
    prelude: prelude(task),
    cases: task.cases,
    limits: LIMITS,
    reference: null,
  };
}

/** The middle one of the numbers, the mean of both where there are two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  return ((sorted[below] ?? Number.NaN) + (sorted[above] ?? Number.NaN)) / 2;
}
