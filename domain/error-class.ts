import type { FinishReason } from './candidate.js';
import type { TestReport } from './test-report.js';
import { judge } from './verdict.js';

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
  'model-unavailable',
  'model-refused',
  'sandbox-unavailable',
  'environment-broken',
  'task-broken',
  'store-unavailable',
  'cell-lost',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

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

/** What went wrong in a judged run, from the report's typed fields alone: words that a program prints are no evidence. */
export function classify(report: TestReport, finish: FinishReason, entryPoint: string): ErrorClass {
  const verdict = judge(report);
  if (verdict === 'pass') return 'none';
  if (verdict === 'unverified') return 'unverified';
  if (report.endOfRun === 'ok') return 'assertion';
  if (report.endOfRun !== 'exception' || report.exception === null) {
    return report.endOfRun === 'exception' ? 'exception' : report.endOfRun;
  }
  const byName = BY_EXCEPTION[report.exception.type] ?? 'exception';
  if (byName === 'syntax' && finish === 'length') return 'truncated';
  const isMissing = byName === 'name' && report.exception.message.includes(`name '${entryPoint}' is not defined`);
  return isMissing ? 'missing-function' : byName;
}
