import { z } from 'zod';
import type { Batch } from '../../domain/batches.js';
import { ERROR_CLASSES } from '../../domain/error-class.js';
import type { Finding, GradeItem, GradePlan, GradeRow } from '../../domain/grade.js';
import { BACKENDS } from '../../domain/sweep.js';
import { END_OF_RUN } from '../../domain/test-report.js';
import { FAULTS, VERDICTS } from '../../domain/verdict.js';
import { programLimits } from './manifest.js';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

const batchSchema: z.ZodType<Batch> = z.object({
  sha256: z.string(),
  programs: count,
  environment: z.string(),
  digest: z.string(),
  // A plan of an older version may still be under way.
  interpreter: z.string().default(''),
});

/** What every plan of batches has. */
export const batchPlan = {
  format: z.literal(1),
  suite: z.string(),
  backend: z.enum(BACKENDS),
  limits: z.object(programLimits),
  batches: z.array(batchSchema),
};

/** The door for the plan of a grading. */
export const gradePlanSchema: z.ZodType<GradePlan> = z.object({
  ...batchPlan,
  gradeId: z.string(),
  samples: z.string(),
  useCache: z.boolean(),
});

/** The door for the programs of a batch. */
export const gradeItemsSchema: z.ZodType<GradeItem[]> = z.array(
  z.object({ line: count, taskId: z.string(), sample: count, taskSha256: z.string(), program: z.string() }),
);

const finding = {
  verdict: z.enum(VERDICTS),
  fault: z.enum(FAULTS).nullable(),
  errorClass: z.enum(ERROR_CLASSES),
  endOfRun: z.enum(END_OF_RUN).nullable(),
  casesTotal: count,
  casesPassed: count,
  asserts: count,
  executeMs: amount,
  cpuMs: amount,
  peakMemoryBytes: count,
  message: z.string().nullable(),
};

/** The door for lines of the verdict cache. */
export const knownVerdictSchema: z.ZodType<{ key: string; finding: Finding }> = z.object({
  key: z.string(),
  finding: z.object(finding),
});

/** The door for lines of results. */
export const gradeRowSchema: z.ZodType<GradeRow & { readonly batch: number }> = z.object({
  ...finding,
  batch: count,
  line: count,
  taskId: z.string(),
  sample: count,
  environment: z.string(),
  environmentDigest: z.string(),
  programSha256: z.string(),
  cached: z.boolean(),
});
