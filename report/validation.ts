import { TASK_STATUSES, type TaskStatus, type TaskValidation } from '../domain/validation.js';

/** How many tasks have each status; those that none has are left out. */
function counts(tasks: readonly TaskValidation[]): [TaskStatus, number][] {
  return TASK_STATUSES.map((status): [TaskStatus, number] => [
    status,
    tasks.filter((task) => task.status === status).length,
  ]).filter(([, count]) => count > 0);
}

/** Share of all mutants that the tests noticed, 0 to 1; null where there is none. */
function mutationScore(tasks: readonly Pick<TaskValidation, 'mutants' | 'killed'>[]): number | null {
  const mutants = tasks.reduce((sum, task) => sum + task.mutants, 0);
  return mutants === 0 ? null : tasks.reduce((sum, task) => sum + task.killed, 0) / mutants;
}

/** What a validation came to, for scripts. */
export function validationDocument(suite: string, tasks: readonly TaskValidation[]): object {
  return {
    suite,
    counts: Object.fromEntries(counts(tasks)),
    mutation_score: mutationScore(tasks),
    tasks: tasks.map((task) => ({
      task_id: task.taskId,
      status: task.status,
      fault: task.fault,
      evidence: task.evidence,
      cases: task.cases,
      asserts: task.asserts,
      wall_ms: task.wallMs,
      cpu_ms: task.cpuMs,
      peak_memory_bytes: task.peakMemoryBytes,
      passed_runs: task.passedRuns,
      failed_runs: task.failedRuns,
      mutants: task.mutants,
      mutation_score: mutationScore([task]),
      survivors: task.survivors,
      report_sha256: task.reportSha256,
    })),
  };
}

/** The same for people: counts, then a line for each task that is not usable. */
export function renderValidation(suite: string, tasks: readonly TaskValidation[]): string {
  const bad = tasks.filter(({ status }) => status !== 'usable');
  const score = mutationScore(tasks);
  const mutants = tasks.reduce((sum, task) => sum + task.mutants, 0);
  const width = Math.max(0, ...bad.map(({ taskId }) => taskId.length));
  return [
    `${suite}: ${tasks.length} tasks`,
    ...counts(tasks).map(([status, count]) => `  ${status.padEnd(14)}${count}`),
    ...(score === null
      ? []
      : [`  mutants       ${(100 * score).toFixed(1)} % of ${mutants} were noticed by the tests`]),
    ...slowest(tasks),
    ...(bad.length === 0 ? [] : ['']),
    ...bad.map(({ taskId, status, evidence }) => `${taskId.padEnd(width)}  ${status.padEnd(13)}  ${evidence}`),
  ].join('\n');
}

function slowest(tasks: readonly TaskValidation[]): string[] {
  const [most] = tasks.toSorted((a, b) => b.cpuMs - a.cpuMs);
  const [largest] = tasks.toSorted((a, b) => b.peakMemoryBytes - a.peakMemoryBytes);
  if (most === undefined || largest === undefined || most.cpuMs === 0) return [];
  const seconds = (most.cpuMs / 1_000).toFixed(1);
  const mib = Math.round(largest.peakMemoryBytes / (1 << 20));
  return [`  references    up to ${seconds} s of processor time (${most.taskId}), ${mib} MiB (${largest.taskId})`];
}
