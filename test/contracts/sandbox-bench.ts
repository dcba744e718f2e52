import type { EntryKind } from '../../domain/prelude.js';
import type { Grading } from '../../domain/task.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import type { Sandbox, SandboxJob } from '../../infra/sandbox/sandbox.js';

const MIB = 1024 * 1024;

/** Limits that trivial programs stay far below. */
const LIMITS: Limits = {
  cpuSeconds: 20,
  wallSeconds: 30,
  memoryBytes: 512 * MIB,
  processes: 64,
  outputBytes: 64 * 1024,
  tmpBytes: 32 * MIB,
};

/** A backend under test. */
export interface Backend {
  open(slots: number): Sandbox;
  /** Host process ids of the outer walls that run now. */
  walls(): Promise<number[]>;
}

/** What each group of the contract works with: one sandbox, shared by its tests. */
export interface Bench {
  readonly backend: Backend;
  readonly grading: Grading;
  readonly sandbox: () => Sandbox;
  /** Runs a program that defines `f`, with a test. */
  readonly run: (program: string, test: string, options?: RunOptions) => Promise<TestReport>;
}

export interface RunOptions {
  readonly limits?: Partial<Limits>;
  readonly cases?: number | null;
  readonly entryPoint?: string;
  readonly entryKind?: EntryKind;
  readonly grading?: Grading;
  readonly prelude?: string;
  readonly signal?: AbortSignal;
}

/** A job with the suite's limits unless told otherwise. */
export function jobOf(program: string, test: string, options: RunOptions = {}): SandboxJob {
  const { limits = {}, signal: _, ...rest } = options;
  const usual = {
    entryPoint: 'f',
    entryKind: 'function',
    grading: 'in-process',
    prelude: '',
    cases: null,
    reference: null,
  } as const;
  return { ...usual, ...rest, id: 'contract', program, test, limits: { ...LIMITS, ...limits } };
}
