import { z } from 'zod';
import type { Attempt, Execution, Generation } from '../../domain/attempt.js';
import { FINISH_REASONS } from '../../domain/candidate.js';
import type { Cell, CellResult } from '../../domain/cell.js';
import { ERROR_CLASSES } from '../../domain/error-class.js';
import { FEEDBACKS, STRATEGY_IDS, type StrategySpec } from '../../domain/strategies/strategy.js';
import { GRADINGS } from '../../domain/task.js';
import { END_OF_RUN } from '../../domain/test-report.js';
import { FAULTS, VERDICTS } from '../../domain/verdict.js';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A strategy with its settings, as cells and manifests hold it. */
export const strategySpecSchema: z.ZodType<StrategySpec> = z.object({
  id: z.enum(STRATEGY_IDS),
  rounds: count,
  feedback: z.enum(FEEDBACKS),
});

/** The door for lines of a sweep's plan. */
export const cellSchema: z.ZodType<Cell> = z.object({
  sweepId: z.string(),
  cellId: z.string(),
  suite: z.string(),
  taskId: z.string(),
  taskSha256: hash,
  domain: z.string(),
  libraries: z.array(z.string()),
  model: z.string(),
  provider: z.string(),
  strategy: strategySpecSchema,
  sample: count,
  environment: z.string(),
  environmentDigest: z.string().default(''),
  grading: z.enum(GRADINGS),
  hasExamples: z.boolean(),
  giveUpAfterMs: amount,
  wallSeconds: amount,
  gpu: z.string().optional(),
});

const generationSchema: z.ZodType<Generation> = z.object({
  promptId: z.string(),
  promptSha256: hash,
  completionSha256: hash,
  programSha256: hash.nullable(),
  finishReason: z.enum(FINISH_REASONS),
  promptTokens: count,
  completionTokens: count,
  costUsd: amount,
  generateMs: amount,
  codeLines: count,
  codeTokens: count,
  worker: z.string(),
});

const executionSchema: z.ZodType<Execution> = z.object({
  check: z.enum(['tests', 'examples']),
  verdict: z.enum(['pass', 'fail', 'unverified']),
  errorClass: z.enum(ERROR_CLASSES),
  fault: z.enum(FAULTS).nullish(),
  endOfRun: z.enum(END_OF_RUN),
  errorLine: z.int().nullable(),
  casesTotal: count,
  casesPassed: count,
  asserts: count,
  executeMs: amount,
  cpuMs: amount,
  peakMemoryBytes: count,
  reportSha256: hash,
  worker: z.string(),
  device: z.string(),
});

const attemptSchema: z.ZodType<Attempt> = z.object({
  attempt: z.int().positive(),
  generation: generationSchema,
  executions: z.array(executionSchema),
});

/** The door for lines of a journal, and for rows read back from Arrow segments. */
export const cellResultSchema: z.ZodType<CellResult> = z.object({
  cell: cellSchema,
  verdict: z.enum(VERDICTS),
  fault: z.enum(FAULTS).nullable(),
  errorClass: z.enum(ERROR_CLASSES),
  message: z.string().nullable(),
  attempts: z.array(attemptSchema),
  startedAt: count,
  finishedAt: count,
});
