import type { Execution } from '../domain/attempt.js';
import type { CellResult } from '../domain/cell.js';
import type { FinishReason } from '../domain/candidate.js';
import { classify } from '../domain/error-class.js';
import type { TestReport } from '../domain/test-report.js';
import { judge } from '../domain/verdict.js';

/** What of an execution follows from its report alone. */
type RunFacts = Omit<Execution, 'check' | 'reportSha256' | 'worker' | 'device' | 'fault'> & Pick<CellResult, 'fault'>;

/** The verdict on a run, and the small facts that go on its row. */
export function runFacts(report: TestReport, finishReason: FinishReason, entryPoint: string): RunFacts {
  const { errorClass, fault } = classify(report, finishReason, entryPoint);
  return {
    verdict: judge(report),
    errorClass,
    fault,
    endOfRun: report.endOfRun,
    errorLine: report.exception?.line ?? null,
    casesTotal: report.cases.length,
    casesPassed: report.cases.filter((status) => status === 'passed').length,
    asserts: report.asserts,
    executeMs: report.wallMs,
    cpuMs: report.cpuMs,
    peakMemoryBytes: report.peakMemoryBytes,
  };
}
