import { z } from 'zod';
import type { HandLabel } from '../../domain/rescore/label.js';
import type { RecordedRun, RecordedTask } from '../../domain/rescore/strict.js';
import type { Fault } from '../../domain/verdict.js';

/** A recorded run, with its exit code if it was recorded. */
export interface RecordedLine extends Omit<RecordedRun, 'taskId'> {
  /** Null where the line names none. */
  readonly taskId: string | null;
  readonly exitCode: number | null;
}

/** The door for a line of recorded runs; only what a run wrote is needed. */
export const recordedLineSchema: z.ZodType<RecordedLine> = z
  .object({
    task_id: z.string().nullish(),
    model: z.string().nullish(),
    program: z.string().nullish(),
    prediction: z.string().nullish(),
    stdout: z.string(),
    stderr: z.string(),
    exit_code: z.int().nullish(),
  })
  .transform((line) => ({
    taskId: line.task_id ?? null,
    model: line.model ?? '',
    program: line.program ?? null,
    prediction: line.prediction ?? null,
    stdout: line.stdout,
    stderr: line.stderr,
    exitCode: line.exit_code ?? null,
  }));

/** The door for a line of AICoderEval's tasks, with the run of the reference where there is one. */
export const recordedTaskSchema: z.ZodType<RecordedTask> = z
  .object({
    task_id: z.string().min(1),
    requirements: z.array(z.string()).default([]),
    content: z.string().nullish(),
    reference_stdout: z.string().nullish(),
    reference_stderr: z.string().nullish(),
  })
  .transform(({ task_id: taskId, requirements, content, reference_stdout: stdout, reference_stderr: stderr }) => ({
    taskId,
    requirements,
    reference:
      typeof stdout === 'string' && typeof stderr === 'string'
        ? { taskId, model: 'reference', program: content ?? null, prediction: null, stdout, stderr }
        : null,
  }));

const CAUSES = {
  infrastructure: 'infrastructure',
  environment: 'environment',
  test_defect: 'task',
  model_error: 'model',
} as const satisfies Readonly<Record<string, Fault>>;
const cause = z.enum(['infrastructure', 'environment', 'test_defect', 'model_error']);

/** The door for a line of hand-made labels; a false pass has the fault of its underlying cause. */
export const goldLabelSchema: z.ZodType<HandLabel> = z
  .object({
    task_id: z.string().min(1),
    root_cause: z.enum([...cause.options, 'pass', 'false_pass']),
    underlying_cause: z.union([cause, z.literal('')]).default(''),
    detail: z.string(),
    confidence: z.enum(['high', 'low']),
    reference_status: z.string(),
  })
  .transform(({ task_id: taskId, root_cause: root, underlying_cause: under, detail, ...line }) => {
    const of = root === 'false_pass' ? under : root;
    const fault = of === 'pass' || of === '' ? null : CAUSES[of];
    return {
      taskId,
      isPass: root === 'pass',
      fault,
      detail,
      isCertain: line.confidence === 'high',
      isReferenceComplete: line.reference_status === 'completed',
    };
  });
