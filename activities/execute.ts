import type { Execution } from '../domain/attempt.js';
import { classify } from '../domain/error-class.js';
import { Failure } from '../domain/failures.js';
import { entryKind, prelude } from '../domain/prelude.js';
import type { Backend } from '../domain/sweep.js';
import type { TestReport } from '../domain/test-report.js';
import { judge } from '../domain/verdict.js';
import type { Sandbox } from '../infra/sandbox/sandbox.js';
import type { StoredReport } from '../infra/parse/report.js';
import type { BlobStore } from '../infra/store/blobs.js';
import type { ExecuteInput, SandboxActivities } from './contract.js';
import { withHeartbeat } from './heartbeat.js';
import type { SweepData } from './sweep-data.js';

export interface ExecuteDeps {
  readonly worker: string;
  readonly blobs: BlobStore;
  readonly data: SweepData;
  readonly sandboxes: { get(place: { environment: string; digest: string; backend: Backend }): Promise<Sandbox> };
}

/** The activities of a sandbox worker. */
export function createSandboxActivities(deps: ExecuteDeps): SandboxActivities {
  return { execute: (input) => withHeartbeat((signal) => execute(deps, input, signal)) };
}

async function execute(deps: ExecuteDeps, input: ExecuteInput, signal: AbortSignal): Promise<Execution> {
  const { blobs, data, sandboxes, worker } = deps;
  const { cell, check } = input;
  const [task, program, manifest] = await Promise.all([
    data.task(cell.taskSha256),
    blobs.get(input.programSha256),
    data.manifest(cell.sweepId),
  ]);
  const test = check === 'tests' ? task.test : task.examples;
  if (test === null) throw new Failure('TaskNotFound', `task ${task.taskId} has no examples to run`);
  const job = {
    id: `${cell.cellId}/a${input.attempt}/${check}`,
    program,
    test,
    entryPoint: task.entryPoint,
    entryKind: entryKind(task),
    grading: cell.grading,
    prelude: prelude(task),
    cases: check === 'tests' ? task.cases : null,
    limits: manifest.config.sandbox,
    reference: task.reference,
  };
  const { environment, environmentDigest: digest } = cell;
  const sandbox = await sandboxes.get({ environment, digest, backend: manifest.config.sandbox.backend });
  const report = await sandbox.run(job, signal);
  const stored: StoredReport = { check, report };
  return {
    check,
    ...facts(report, input.finishReason, task.entryPoint),
    reportSha256: await blobs.put(JSON.stringify(stored)),
    worker,
    device: 'cpu',
  };
}

function facts(
  report: TestReport,
  finishReason: ExecuteInput['finishReason'],
  entryPoint: string,
): Omit<Execution, 'check' | 'reportSha256' | 'worker' | 'device'> {
  return {
    verdict: judge(report),
    errorClass: classify(report, finishReason, entryPoint),
    endOfRun: report.endOfRun,
    errorLine: report.exception?.line ?? null,
    casesTotal: report.cases.length,
    casesPassed: report.cases.filter((status) => status === 'passed').length,
    asserts: report.asserts,
    executeMs: report.wallMs,
    cpuMs: report.cpuMs,
    peakMemoryBytes: report.peakMemoryBytes,
  };
}
