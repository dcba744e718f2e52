import type { Grading } from '../../domain/task.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import { openBubblewrapSandbox } from '../../infra/sandbox/bubblewrap.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { ensureTool } from '../../infra/tools/tool.js';
import { sharedHome } from './embedded-home.js';

const MIB = 1024 * 1024;

/** What the tasks of a suite are given in tests. */
const LIMITS: Limits = {
  cpuSeconds: 20,
  wallSeconds: 60,
  memoryBytes: 1024 * MIB,
  processes: 16,
  outputBytes: 64 * 1024,
  tmpBytes: 64 * MIB,
};

/** A program with its test, as a task gives them. */
export interface Run {
  readonly program: string;
  readonly test: string;
  readonly entryPoint: string;
  readonly cases?: number | null;
  readonly grading?: Grading;
  readonly prelude?: string;
}

/** The real sandbox with two slots, and reports of many runs in it, in order. */
export class TestSandbox {
  private readonly sandbox: Sandbox;

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async open(): Promise<TestSandbox> {
    const bwrapPath = await ensureTool('bwrap', { home: sharedHome() });
    return new TestSandbox(openBubblewrapSandbox({ bwrapPath, slots: 2 }));
  }

  runAll(runs: readonly Run[]): Promise<TestReport[]> {
    return Promise.all(
      runs.map((run, index) =>
        this.sandbox.run({
          id: `run ${index}`,
          cases: null,
          grading: 'isolated',
          entryKind: 'function',
          prelude: '',
          reference: null,
          limits: LIMITS,
          ...run,
        }),
      ),
    );
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
