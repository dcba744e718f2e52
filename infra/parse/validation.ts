import { z } from 'zod';
import {
  type Trial,
  TRIAL_KINDS,
  type ValidateItem,
  type ValidationPlan,
  type ValidationRow,
  type Variant,
} from '../../domain/trial.js';
import { TASK_STATUSES, type TaskValidation } from '../../domain/validation.js';
import { END_OF_RUN } from '../../domain/test-report.js';
import { VERDICTS } from '../../domain/verdict.js';
import { batchPlan } from './grade.js';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const variant: z.ZodType<Variant> = z.object({ what: z.string(), program: z.string() });

/** Stubs and mutants of a reference; `problem` is why there are none. */
export interface Variants {
  readonly stubs: readonly Variant[];
  readonly mutants: readonly Variant[];
  readonly problem: string | null;
}

/** The door for what the maker of stubs and mutants answers. */
export const variantsSchema: z.ZodType<Variants[]> = z.array(
  z.object({ stubs: z.array(variant), mutants: z.array(variant), problem: z.string().nullable() }),
);

/** The door for the plan of a validation. */
export const validationPlanSchema: z.ZodType<ValidationPlan> = z.object({
  ...batchPlan,
  validationId: z.string(),
  round: count,
});

/** The door for the tasks of a batch. */
export const validateItemsSchema: z.ZodType<ValidateItem[]> = z.array(
  z.object({
    taskId: z.string(),
    taskSha256: z.string(),
    isAgain: z.boolean(),
    stubs: z.array(variant),
    mutants: z.array(variant),
  }),
);

const trialSchema: z.ZodType<Trial> = z.object({
  kind: z.enum(TRIAL_KINDS),
  what: z.string(),
  taskId: z.string(),
  conditions: z.string(),
  at: amount,
  verdict: z.enum(VERDICTS),
  endOfRun: z.enum(END_OF_RUN).nullable(),
  exception: z
    .object({
      type: z.string(),
      message: z.string(),
      line: z.int().nullable(),
      phase: z.enum(['candidate', 'test']),
    })
    .nullable(),
  cases: z.array(z.enum(['passed', 'failed', 'error', 'not-run'])),
  asserts: count,
  entered: z.boolean(),
  network: z.boolean(),
  gpu: z.enum(['evidence', 'words']).nullable(),
  message: z.string().nullable(),
  wallMs: amount,
  cpuMs: amount,
  peakMemoryBytes: count,
  reportSha256: z.string().nullable(),
});

/** The door for lines of the ledger of runs. */
export const knownTrialSchema: z.ZodType<{ key: string; finding: Trial }> = z.object({
  key: z.string(),
  finding: trialSchema,
});

/** The door for rows of a batch. */
export const validationRowSchema: z.ZodType<ValidationRow> = z.object({
  batch: count,
  taskId: z.string(),
  trials: z.array(trialSchema),
});

/** What is known of the tasks of a suite, as sweeps use it. */
export interface ValidationLock {
  readonly format: 1;
  readonly suite: string;
  readonly graderVersion: string;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
  readonly tasks: readonly TaskValidation[];
}

/** The fields of what a validation found of a task. */
export const taskValidation = {
  taskId: z.string(),
  conditions: z.string(),
  status: z.enum(TASK_STATUSES),
  fault: z.enum(['task', 'environment', 'infrastructure']).nullable(),
  evidence: z.string(),
  cases: count,
  asserts: count,
  wallMs: amount,
  cpuMs: amount,
  peakMemoryBytes: count,
  passedRuns: count,
  failedRuns: count,
  mutants: count,
  killed: count,
  survivors: z.array(z.string()),
  reportSha256: z.string().nullable(),
};
const taskSchema: z.ZodType<TaskValidation> = z.object(taskValidation);

/** The door for lock files. */
export const validationLockSchema: z.ZodType<ValidationLock> = z.object({
  format: z.literal(1),
  suite: z.string(),
  graderVersion: z.string(),
  writtenAt: amount,
  tasks: z.array(taskSchema),
});
