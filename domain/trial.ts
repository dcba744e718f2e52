import type { BatchPlan } from './batches.js';
import type { CaseStatus, EndOfRun, ProgramException } from './test-report.js';
import type { Verdict } from './verdict.js';

/**
 * What a validation runs of a task: its reference; the same once more, alone and in another order of the tasks; of one that passed, where
 * its cases are tests of `unittest`, with these in reverse; that of a failed one with the libraries' offline switches off, to see
 * whether it asks for a network; programs that must fail.
 */
export const TRIAL_KINDS = ['reference', 'again', 'reversed', 'online', 'stub', 'mutant'] as const;
export type TrialKind = (typeof TRIAL_KINDS)[number];

/** A program made from a reference; `what` says what it does, or what was changed. */
export interface Variant {
  readonly what: string;
  readonly program: string;
}

/** What of a reference's exception speaks for a missing GPU: where it came from or its type, or only its words. */
export type GpuSign = 'evidence' | 'words' | null;

/** One run of a validation. Times in milliseconds. */
export interface Trial {
  readonly kind: TrialKind;
  /** Of a stub or mutant; "" for a reference. */
  readonly what: string;
  readonly taskId: string;
  /** Hash of all that the outcome may depend on: task, environment, backend, limits, grader. */
  readonly conditions: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly verdict: Verdict;
  /** Null where nothing was run. */
  readonly endOfRun: EndOfRun | null;
  readonly exception: Pick<ProgramException, 'type' | 'message' | 'line' | 'phase'> | null;
  readonly cases: readonly CaseStatus[];
  readonly asserts: number;
  readonly entered: boolean;
  /** It asked for a network: see `TestReport.network`. */
  readonly network: boolean;
  readonly gpu: GpuSign;
  /** Why it could not be judged, or what it did to its grader; null for neither. */
  readonly message: string | null;
  readonly wallMs: number;
  /** What the limit goes by: see `limitedCpuMs`. */
  readonly cpuMs: number;
  readonly peakMemoryBytes: number;
  /** The whole report in the store, for references alone. */
  readonly reportSha256: string | null;
}

/** A task to be tried: its reference with stubs and mutants, or only the reference, again. */
export interface ValidateItem {
  readonly taskId: string;
  /** The task's JSON in the store. */
  readonly taskSha256: string;
  readonly isAgain: boolean;
  readonly stubs: readonly Variant[];
  readonly mutants: readonly Variant[];
}

/** What a validation was started with. */
export interface ValidationPlan extends BatchPlan {
  readonly validationId: string;
  /** References are run anew in each round, from 0. */
  readonly round: number;
}

/** A task's runs in one batch. */
export interface ValidationRow {
  readonly batch: number;
  readonly taskId: string;
  readonly trials: readonly Trial[];
}

const UNITTEST_CLASS = /^class\s+\w+\s*\([^)\n]*\bTestCase\b/m;
/** A loader of its own: one that were changed for all would count as tampering. */
const RUN_REVERSED = `
import unittest as _unittest
_loader = _unittest.TestLoader()
_loader.sortTestMethodsUsing = lambda a, b: (a < b) - (a > b)
for _class in list(globals().values()):
    if isinstance(_class, type) and issubclass(_class, _unittest.TestCase) and _class.__module__ == "__main__":
        _unittest.TestSuite(_loader.loadTestsFromTestCase(_class)).run(_unittest.TestResult())
`;

/**
 * A test that runs the tests of its `unittest` classes in reverse order; null where it has none: cases of other tests stand in one
 * piece of source, where one may use what those before it made.
 */
export function reversedTest(test: string): string | null {
  return UNITTEST_CLASS.test(test) ? `${test}\n${RUN_REVERSED}` : null;
}

/** Runs that an item comes to, at most, but for a reference that fails or whose cases are run in reverse. */
export function programsOf({ isAgain, stubs, mutants }: ValidateItem): number {
  return isAgain ? 1 : 1 + stubs.length + mutants.length;
}

/** Reads a `GpuSign` off an exception. */
export function gpuSign(exception: ProgramException | null): GpuSign {
  if (exception === null) return null;
  // torch starts CUDA in this function; what it raises there is that there is none.
  const isFromCuda = /torch\/cuda\/__init__\.py", line \d+, in _lazy_init/.test(exception.trace);
  if (isFromCuda || exception.type === 'AcceleratorError') return 'evidence';
  return GPU_WORDS.test(exception.message) ? 'words' : null;
}

const GPU_WORDS =
  /\bno (?:cuda|nvidia|gpu)\b|cuda[^\n]{0,40}(?:not available|unavailable|not enabled|is false)|requires? (?:a |an )?(?:gpu|cuda)|device:gpu:\d/i;
