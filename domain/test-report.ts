/** How the run of a program ended. Everything but `ok` says why it did not reach its end. */
export type EndOfRun =
  'ok' | 'exception' | 'exit' | 'signal' | 'cpu-time' | 'wall-time' | 'memory' | 'output' | 'processes';

export const END_OF_RUN = [
  'ok',
  'exception',
  'exit',
  'signal',
  'cpu-time',
  'wall-time',
  'memory',
  'output',
  'processes',
] as const satisfies readonly EndOfRun[];

export type CaseStatus = 'passed' | 'failed' | 'error' | 'not-run';

/** Where a program was when it was stopped or raised: the phase tells candidate from test by evidence, not by text. */
export type Phase = 'candidate' | 'test';

export interface ProgramException {
  /** Class name, e.g. "AssertionError". */
  readonly type: string;
  /** Message, capped at 2,000 characters. */
  readonly message: string;
  /** Line in the candidate's source of the innermost frame that lies in it; null if none does. */
  readonly line: number | null;
  /** Formatted traceback without the runner's own frames, capped at 8,000 characters. */
  readonly trace: string;
  /** Which source the exception came out of: `candidate` if any frame below the test lies in the candidate. */
  readonly phase: Phase;
  // What follows is the trace of the cause: help for a repair, never evidence. Reports of earlier versions lack it.
  /** The exception and those that it was raised from, at most 4. */
  readonly chain?: readonly { readonly type: string; readonly message: string }[] | undefined;
  /** From the outermost to the innermost, without the runner's own. */
  readonly frames?: readonly TraceFrame[] | undefined;
  /** Variables of the innermost frame of the candidate, at most 12. */
  readonly locals?: readonly LocalValue[] | undefined;
  /** The library call in the candidate that failed; null if none is named there. */
  readonly call?: LibraryCall | null | undefined;
}

/** One frame of a traceback. */
export interface TraceFrame {
  readonly where: 'candidate' | 'test' | 'library';
  /** "program", or the path of a module within its library's folder. */
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** The line's source. */
  readonly text: string;
}

/** A variable: what it is, and a short text of its value. Null where a value has no such thing. */
export interface LocalValue {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
  readonly device: string | null;
  readonly length: number | null;
  readonly value: string;
}

/** A function or class of a library, as the installed version has it. */
export interface LibraryCall {
  /** As users write it, e.g. "transformers.AutoModel.from_pretrained". */
  readonly name: string;
  readonly library: string;
  readonly version: string | null;
  /** Names and defaults; null if there is no such thing, or Python can't tell. */
  readonly signature: string | null;
}

/** What a test asked for where it failed. */
export interface FailedCase {
  /** From 0. */
  readonly index: number;
  /** The expression under test as the test has it, with the values of its variables. */
  readonly call: string;
  readonly expected: string | null;
  readonly got: string | null;
}

/** Output of one stream: head and tail are kept, the middle is dropped once the limit is passed. */
export interface Output {
  readonly text: string;
  /** Bytes written by the program, kept or not. */
  readonly bytes: number;
  readonly truncated: boolean;
}

/** How the sentence in `beside` begins that clears surroundings and task. */
export const REFERENCE_PASSED = 'The reference passed beside it';

/** What the sandbox observed of one run. A value, never an exception: wrong programs are expected. */
export interface TestReport {
  readonly endOfRun: EndOfRun;
  readonly exitCode: number | null;
  readonly signal: number | null;
  readonly exception: ProgramException | null;
  /** In the order of the test; empty if the test marks no cases. */
  readonly cases: readonly CaseStatus[];
  /** The first case that failed by an exception of the test or below it; reports of earlier versions lack it. */
  readonly failure?: FailedCase | null | undefined;
  /** Assertions of the test source that held. */
  readonly asserts: number;
  /** The function under test was called at least once. */
  readonly entered: boolean;
  /** The run's closing message came with this run's nonce. */
  readonly closed: boolean;
  /** What the program was seen doing to the process that graded it; null for nothing. All that follows is doubtful. */
  readonly tampered: string | null;
  /** A socket of the internet was opened, by the program or by its test: something was to be looked up or reached. */
  readonly network: boolean;
  /** What was tried beside the run to tell whose fault its end is, a sentence each. */
  readonly beside: readonly string[];
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds. */
  readonly wallMs: number;
  /** Processor time of the program and all that it started; in one process its test is part of that. */
  readonly cpuMs: number;
  /** Processor time of an isolated test's own process, else 0; reports of earlier versions lack it. */
  readonly testCpuMs?: number | undefined;
  readonly peakMemoryBytes: number;
}

/** Milliseconds of processor time that the limit goes by: an isolated program and its test have it each. */
export function limitedCpuMs({ cpuMs, testCpuMs = 0 }: Pick<TestReport, 'cpuMs' | 'testCpuMs'>): number {
  return Math.max(cpuMs, testCpuMs);
}

/** Limits of one run; reaching one is that run's end. */
export interface Limits {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly memoryBytes: number;
  readonly processes: number;
  /** Per stream. */
  readonly outputBytes: number;
  /** Size of the private temporary file system. */
  readonly tmpBytes: number;
}
