import { expect, test } from '@jest/globals';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import type { ExecuteInput } from '../../activities/contract.js';
import { createSandboxActivities, type ExecuteDeps } from '../../activities/execute.js';
import type { TestReport } from '../../domain/test-report.js';
import { CarefulSandbox } from '../../infra/sandbox/careful-sandbox.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { task } from '../domain/extract-task.js';
import { never } from '../infra/models/specs.js';
import { temporaryHomes } from '../infra/store/home.js';
import { PASSED_REPORT } from '../support/passed-report.js';

const newHome = temporaryHomes();
const LACKING = 'import no_such_module\n';
/** As HumanEval/47 has one: its reference fails it. */
const EXAMPLES = 'assert primes_below(6) == [1, 2, 3, 5]\n';
const sandboxConfig = { backend: 'local', cpuSeconds: 1, wallSeconds: 3 };

function failed(type: string): TestReport {
  const exception = { type, message: 'no', line: 1, trace: '', phase: 'candidate' } as const;
  return { ...PASSED_REPORT, endOfRun: 'exception', exception, cases: [] };
}

/** Knows its own known programs, the task's reference, and one that lacks an import. */
const sandbox: Sandbox = {
  run: ({ id, program, test }) => {
    if (program.startsWith(LACKING)) return Promise.resolve(failed('ModuleNotFoundError'));
    return Promise.resolve(id === 'known-bad' || test === EXAMPLES ? failed('AssertionError') : PASSED_REPORT);
  },
  close: () => Promise.resolve(),
};

test.each(['examples', 'tests'] as const)(
  'a program that lacks an import fails the %s, though the reference fails the examples',
  async (check) => {
    const blobs = openBlobStore(newHome());
    const data = {
      task: () => Promise.resolve({ ...task, examples: EXAMPLES }),
      manifest: () => Promise.resolve({ config: { sandbox: sandboxConfig } }),
    };
    const activities = createSandboxActivities({ worker: 'w', blobs, data } as unknown as ExecuteDeps, {
      get: () => Promise.resolve(new CarefulSandbox(sandbox)),
    });
    const programSha256 = await blobs.put(`${LACKING}${task.reference}`);
    const cell = { cellId: 'c', grading: 'in-process' };
    const input = { cell, attempt: 1, check, programSha256, finishReason: 'stop' } as ExecuteInput;
    const info = { attempt: 1, heartbeatTimeoutMs: 10_000 };
    const context = { info, heartbeat: () => {}, cancellationSignal: never() } as unknown as Context;
    const execution = await asyncLocalStorage.run(context, () => activities.execute(input));
    expect(execution).toMatchObject({ check, verdict: 'fail', errorClass: 'import', fault: 'model' });
  },
);
