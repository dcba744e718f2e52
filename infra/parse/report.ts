import { z } from 'zod';
import type { Check } from '../../domain/attempt.js';
import {
  END_OF_RUN,
  type FailedCase,
  type LibraryCall,
  type LocalValue,
  type Output,
  type ProgramException,
  type TestReport,
  type TraceFrame,
} from '../../domain/test-report.js';

/** A run's report as the store keeps it. */
export interface StoredReport {
  readonly check: Check;
  readonly report: TestReport;
}

const count = z.int().nonnegative();

const outputSchema: z.ZodType<Output> = z.object({ text: z.string(), bytes: count, truncated: z.boolean() });

const frameSchema: z.ZodType<TraceFrame> = z.object({
  where: z.enum(['candidate', 'test', 'library']),
  file: z.string(),
  line: count,
  function: z.string(),
  text: z.string(),
});

const localSchema: z.ZodType<LocalValue> = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.array(count).nullable(),
  dtype: z.string().nullable(),
  device: z.string().nullable(),
  length: count.nullable(),
  value: z.string(),
});

const callSchema: z.ZodType<LibraryCall> = z.object({
  name: z.string(),
  library: z.string(),
  version: z.string().nullable(),
  signature: z.string().nullable(),
});

const exceptionSchema: z.ZodType<ProgramException> = z.object({
  type: z.string(),
  message: z.string(),
  line: z.int().nullable(),
  trace: z.string(),
  phase: z.enum(['candidate', 'test']),
  chain: z.array(z.object({ type: z.string(), message: z.string() })).optional(),
  frames: z.array(frameSchema).optional(),
  locals: z.array(localSchema).optional(),
  call: callSchema.nullish(),
});

const failureSchema: z.ZodType<FailedCase> = z.object({
  index: count,
  call: z.string(),
  expected: z.string().nullable(),
  got: z.string().nullable(),
});

/** What the sandbox observed of a run. */
export const testReportSchema: z.ZodType<TestReport> = z.object({
  endOfRun: z.enum(END_OF_RUN),
  exitCode: z.int().nullable(),
  signal: z.int().nullable(),
  exception: exceptionSchema.nullable(),
  cases: z.array(z.enum(['passed', 'failed', 'error', 'not-run'])),
  failure: failureSchema.nullish(),
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
  testCpuMs: z.number().nonnegative().optional(),
  peakMemoryBytes: count,
});

/** The door for reports read back from the store. */
export const reportSchema: z.ZodType<StoredReport> = z.object({
  check: z.enum(['tests', 'examples']),
  report: testReportSchema,
});
