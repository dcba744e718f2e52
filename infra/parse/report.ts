import { z } from 'zod';
import type { Check } from '../../domain/attempt.js';
import { END_OF_RUN, type Output, type ProgramException, type TestReport } from '../../domain/test-report.js';

/** A run's report as the store keeps it. */
export interface StoredReport {
  readonly check: Check;
  readonly report: TestReport;
}

const count = z.int().nonnegative();

const outputSchema: z.ZodType<Output> = z.object({ text: z.string(), bytes: count, truncated: z.boolean() });

const exceptionSchema: z.ZodType<ProgramException> = z.object({
  type: z.string(),
  message: z.string(),
  line: z.int().nullable(),
  trace: z.string(),
  phase: z.enum(['candidate', 'test']),
});

/** What the sandbox observed of a run. */
export const testReportSchema: z.ZodType<TestReport> = z.object({
  endOfRun: z.enum(END_OF_RUN),
  exitCode: z.int().nullable(),
  signal: z.int().nullable(),
  exception: exceptionSchema.nullable(),
  cases: z.array(z.enum(['passed', 'failed', 'error', 'not-run'])),
  asserts: count,
  entered: z.boolean(),
  closed: z.boolean(),
  // Reports of earlier versions lack it.
  beside: z.array(z.string()).default([]),
  tampered: z.string().nullable().default(null),
  network: z.boolean().default(false),
  stdout: outputSchema,
  stderr: outputSchema,
  wallMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
  peakMemoryBytes: count,
});

/** The door for reports read back from the store. */
export const reportSchema: z.ZodType<StoredReport> = z.object({
  check: z.enum(['tests', 'examples']),
  report: testReportSchema,
});
