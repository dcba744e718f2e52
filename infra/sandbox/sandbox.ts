import type { EntryKind } from '../../domain/prelude.js';
import type { Grading } from '../../domain/task.js';
import type { Backend } from '../../domain/sweep.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import type { GpuDevice } from '../gpu/probe.js';

/** A program to run with its tests. */
export interface SandboxJob {
  /** Cell, attempt and check: what names the run in messages. */
  readonly id: string;
  /** Python source of the candidate. */
  readonly program: string;
  /** Python source of the test, run after the candidate; sees the candidate's names. */
  readonly test: string;
  /** The function or class under test. */
  readonly entryPoint: string;
  /** What the task asks for: only a class may bring operators of its own into an isolated test. */
  readonly entryKind: EntryKind;
  readonly grading: Grading;
  /** What the test finds beside the candidate's names, and before them: the task's own imports and helpers. */
  readonly prelude: string;
  /** Number of the test's cases where it is known, else null. */
  readonly cases: number | null;
  readonly limits: Limits;
  /** A program that passes; it is run beside a failure that may not be the candidate's doing. Null if there is none. */
  readonly reference: Reference | null;
  /** No other program runs meanwhile. */
  readonly isAlone?: boolean;
}

/** A program and the test that it passes: the task's own, also where the job's is another (a docstring's examples may be wrong). */
export type Reference = Pick<SandboxJob, 'program' | 'test' | 'cases'>;

/** Runs programs that nobody has vouched for. */
export interface Sandbox {
  /**
   * Runs a job when a slot is free; whatever the program does is a report. Throws the signal's reason when it is
   * aborted, waiting or running, and `Failure`: `SandboxLost` when the runner died, `SandboxUnavailable` when this host can't
   * make the sandbox. Nothing of the program is left in any of these cases.
   */
  run(job: SandboxJob, signal?: AbortSignal): Promise<TestReport>;
  /** Ends every program and process of the sandbox; jobs under way fail with `SandboxLost`. */
  close(): Promise<void>;
}

/** Which sandbox a program belongs in: its environment, that one's digest ("" is any), what its outer wall is made of. */
export interface Place {
  readonly environment: string;
  readonly digest: string;
  readonly backend: Backend;
  /** The GPU that its programs have; none for the processor alone. */
  readonly gpu?: GpuDevice;
}

/** Opens sandboxes, each when it is first asked for. */
export interface SandboxSource {
  /** Throws `SandboxUnavailable` where this machine can't have it. */
  get(place: Place): Promise<Sandbox>;
}
