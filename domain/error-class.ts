import type { FinishReason } from './candidate.js';
import { REFERENCE_PASSED, type TestReport } from './test-report.js';
import { judge, type Fault } from './verdict.js';

/** The closed list of error classes. A new one is a row here and a row in its test. */
export const ERROR_CLASSES = [
  'none',
  'no-code',
  'truncated',
  'syntax',
  'missing-function',
  'import',
  'name',
  'type',
  'value',
  'lookup',
  'attribute',
  'assertion',
  'exception',
  'exit',
  'signal',
  'cpu-time',
  'wall-time',
  'memory',
  'output',
  'processes',
  'unverified',
  'interrupted',
  'disk-full',
  'network',
  'unknown-model',
  'missing-package',
  'missing-file',
  'model-unavailable',
  'model-refused',
  'sandbox-unavailable',
  'environment-broken',
  'task-broken',
  'store-unavailable',
  'cell-lost',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** What went wrong, whose fault it is, and what says so. */
export interface Classification {
  readonly errorClass: ErrorClass;
  /** Null on a pass. */
  readonly fault: Fault | null;
  /** `low` where the evidence admits another reading. */
  readonly confidence: Confidence;
  /** The deciding line or fact; "" on a pass that left no word. */
  readonly evidence: string;
}

export type Confidence = 'high' | 'low';

const BY_EXCEPTION: Readonly<Record<string, ErrorClass>> = {
  SyntaxError: 'syntax',
  IndentationError: 'syntax',
  TabError: 'syntax',
  ImportError: 'import',
  ModuleNotFoundError: 'import',
  NameError: 'name',
  UnboundLocalError: 'name',
  TypeError: 'type',
  ValueError: 'value',
  UnicodeDecodeError: 'value',
  UnicodeEncodeError: 'value',
  IndexError: 'lookup',
  KeyError: 'lookup',
  StopIteration: 'lookup',
  AttributeError: 'attribute',
  AssertionError: 'assertion',
  MemoryError: 'memory',
};

/** The class of an exception by the name of its Python class. */
export function classOfException(type: string): ErrorClass {
  return Object.hasOwn(BY_EXCEPTION, type) ? (BY_EXCEPTION[type] ?? 'exception') : 'exception';
}

/**
 * What went wrong in a judged run, from the report's typed fields alone: words that a program prints are no evidence,
 * and since the sandbox has no network nothing that it raises is evidence of one. Faults of ours are no reports but
 * exceptions (`failures.ts`).
 */
export function classify(report: TestReport, finish: FinishReason, entryPoint: string): Classification {
  const verdict = judge(report);
  if (verdict === 'pass') return { errorClass: 'none', fault: null, confidence: 'high', evidence: '' };
  if (verdict === 'unverified') return classifyUnverified(report);
  const { endOfRun, exception } = report;
  const isCleared = report.beside.some((sentence) => sentence.startsWith(REFERENCE_PASSED));
  if (endOfRun === 'ok') {
    const failed = report.cases.findIndex((status) => status === 'failed' || status === 'error') + 1;
    const evidence = `case ${failed} of ${report.cases.length}: ${report.cases[failed - 1]}`;
    return { errorClass: 'assertion', fault: 'model', confidence: 'high', evidence };
  }
  if (endOfRun !== 'exception' || exception === null) {
    const errorClass = endOfRun === 'exception' ? 'exception' : endOfRun;
    const confidence = isCleared || !LOADED_ENDS.has(endOfRun) ? 'high' : 'low';
    return { errorClass, fault: 'model', confidence, evidence: `the run ended by ${endOfRun}` };
  }
  const byName = classOfException(exception.type);
  const evidence = `${exception.type}: ${exception.message}`;
  if (byName === 'syntax' && finish === 'length') {
    return { errorClass: 'truncated', fault: 'model', confidence: 'high', evidence };
  }
  const isMissing = byName === 'name' && exception.message.includes(`name '${entryPoint}' is not defined`);
  if (isMissing) return { errorClass: 'missing-function', fault: 'model', confidence: 'high', evidence };
  const isOwn = exception.phase === 'candidate' || exception.type === 'AssertionError' || isCleared;
  if (isOwn) return { errorClass: byName, fault: 'model', confidence: 'high', evidence };
  return { errorClass: byName, fault: SETUP_FAULTS[exception.type] ?? 'model', confidence: 'low', evidence };
}

/** Ends that a loaded or broken machine brings about as well as a wrong program. */
const LOADED_ENDS: ReadonlySet<string> = new Set(['signal', 'cpu-time', 'wall-time', 'memory', 'processes']);
/** What a test raises, outside of the program, where something that it needs is not there. */
const SETUP_FAULTS: Readonly<Record<string, Fault>> = {
  ImportError: 'environment',
  ModuleNotFoundError: 'environment',
  FileNotFoundError: 'task',
};

function classifyUnverified({ tampered, closed, entered, asserts }: TestReport): Classification {
  const base = { errorClass: 'unverified', fault: 'model' } as const;
  if (tampered !== null) return { ...base, confidence: 'high', evidence: tampered };
  let evidence = 'a case was not reached';
  if (asserts === 0) evidence = 'no assertion held';
  if (!entered) evidence = 'the function under test was not called';
  if (!closed) evidence = 'the closing message of the run did not come';
  return { ...base, confidence: 'low', evidence };
}
