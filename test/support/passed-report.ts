import type { TestReport } from '../../domain/test-report.js';

const silent = { text: '', bytes: 0, truncated: false };

/** The report of a verified pass with two cases; tests state only what differs. */
export const PASSED_REPORT: TestReport = {
  endOfRun: 'ok',
  exitCode: 0,
  signal: null,
  exception: null,
  cases: ['passed', 'passed'],
  asserts: 2,
  entered: true,
  closed: true,
  tampered: null,
  network: false,
  beside: [],
  stdout: silent,
  stderr: silent,
  wallMs: 1,
  cpuMs: 1,
  peakMemoryBytes: 1,
};
