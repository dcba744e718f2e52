import type { TestReport } from './test-report.js';

/** `unverified` and `unscored` never count as a pass; `unscored` was not judged at all. */
export type Verdict = 'pass' | 'fail' | 'unverified' | 'unscored';
export const VERDICTS = ['pass', 'fail', 'unverified', 'unscored'] as const satisfies readonly Verdict[];

/** Verdicts whose cells may be tried again. Any other is a judgement: to try those again would be to pick results. */
export const RETRIED = ['unscored'] as const satisfies readonly Verdict[];
export type Retried = (typeof RETRIED)[number];

/** Whose fault it was; null on a pass. */
export type Fault = 'model' | 'task' | 'environment' | 'infrastructure';
export const FAULTS = ['model', 'task', 'environment', 'infrastructure'] as const satisfies readonly Fault[];

/**
 * The verdict on one run of a task's tests. A pass must be verified: the run reached its end and closed with its
 * nonce, the function under test was entered, at least one assertion held, every case passed, and nobody tampered.
 */
export function judge(report: TestReport): Exclude<Verdict, 'unscored'> {
  if (report.endOfRun !== 'ok' || report.cases.some((status) => status === 'failed' || status === 'error')) {
    return 'fail';
  }
  const reachedAll = report.cases.every((status) => status === 'passed');
  const isProved = report.closed && report.entered && report.asserts > 0 && report.tampered === null;
  return isProved && reachedAll ? 'pass' : 'unverified';
}
