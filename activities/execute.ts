import type { Execution } from '../domain/attempt.js';
import type { Cell } from '../domain/cell.js';
import { Failure } from '../domain/failures.js';
import type { TestReport } from '../domain/test-report.js';
import type { GpuSandbox } from '../infra/gpu/gpu-sandbox.js';
import type { Place, SandboxJob, SandboxSource } from '../infra/sandbox/sandbox.js';
import type { StoredReport } from '../infra/parse/report.js';
import type { BlobStore } from '../infra/store/blobs.js';
import type { ExecuteInput, SandboxActivities } from './contract.js';
import { PROGRAM_PATIENCE, withHeartbeat } from './heartbeat.js';
import { jobOf } from './job.js';
import { retrieve, type RetrieveDeps } from './retrieve.js';
import { runFacts } from './run-facts.js';
import type { SweepData } from './sweep-data.js';

export interface ExecuteDeps {
  readonly worker: string;
  readonly blobs: BlobStore;
  readonly data: SweepData;
  /** What look-ups need. */
  readonly look: RetrieveDeps;
}

/** Runs a job where the cell wants it, and says on which device that was. */
type Run = (
  job: SandboxJob,
  place: Place,
  cell: Cell,
  signal: AbortSignal,
) => Promise<{ report: TestReport; device: string }>;

/** The activities of a sandbox worker. */
export function createSandboxActivities(deps: ExecuteDeps, sandboxes: SandboxSource): SandboxActivities {
  return activities(deps, async (job, place, _cell, signal) => {
    const sandbox = await sandboxes.get(place);
    return { report: await sandbox.run(job, signal), device: 'cpu' };
  });
}

/** The activities of a GPU worker: the same, each program on a GPU of its own. */
export function createGpuActivities(deps: ExecuteDeps, sandbox: GpuSandbox): SandboxActivities {
  return activities(deps, (job, place, { gpu = 'any' }, signal) =>
    sandbox.run({ job, place, deviceClass: gpu }, signal),
  );
}

function activities(deps: ExecuteDeps, run: Run): SandboxActivities {
  return {
    execute: (input) => withHeartbeat(PROGRAM_PATIENCE, (signal) => execute(deps, run, input, signal)),
    retrieve: (input) => withHeartbeat(PROGRAM_PATIENCE, (signal) => retrieve(deps.look, input, signal)),
  };
}

async function execute(deps: ExecuteDeps, run: Run, input: ExecuteInput, signal: AbortSignal): Promise<Execution> {
  const { blobs, data, worker } = deps;
  const { cell, check } = input;
  const [task, program, manifest] = await Promise.all([
    data.task(cell.taskSha256),
    blobs.get(input.programSha256),
    data.manifest(cell.sweepId),
  ]);
  const test = check === 'tests' ? task.test : task.examples;
  if (test === null) throw new Failure('TaskNotFound', `task ${task.taskId} has no examples to run`);
  const job = {
    ...jobOf(task, { id: `${cell.cellId}/a${input.attempt}/${check}`, program, limits: manifest.config.sandbox }),
    test,
    grading: cell.grading,
    cases: check === 'tests' ? task.cases : null,
  };
  const place = {
    environment: cell.environment,
    digest: cell.environmentDigest,
    backend: manifest.config.sandbox.backend,
  };
  const { report, device } = await run(job, place, cell, signal);
  const stored: StoredReport = { check, report };
  return {
    check,
    ...runFacts(report, input.finishReason, task.entryPoint),
    reportSha256: await blobs.put(JSON.stringify(stored)),
    worker,
    device,
  };
}
