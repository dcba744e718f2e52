import { z } from 'zod';
import {
  type Attempt,
  type Execution,
  type Generation,
  type Lookup,
  type Plan,
  PLAN_ACTIONS,
} from '../../domain/attempt.js';
import { FINISH_REASONS } from '../../domain/candidate.js';
import type { Cell, CellResult } from '../../domain/cell.js';
import { ERROR_CLASSES } from '../../domain/error-class.js';
import { FEEDBACKS, PARTS, STRATEGY_IDS, type StrategySpec } from '../../domain/strategies/strategy.js';
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
  label: z.string().optional(),
  temperature: amount.optional(),
  tokens: count.optional(),
  costUsd: amount.optional(),
  without: z.array(z.enum(PARTS)).optional(),
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
  gpu: z
    .string()
    .nullish()
    .transform((value) => value ?? undefined),
});

const generationSchema: z.ZodType<Generation> = z.object({
  promptId: z.string(),
  promptSha256: hash,
  requestSha256: hash.nullish().transform((value) => value ?? undefined),
  completionSha256: hash,
  shared: z
    .boolean()
    .nullish()
    .transform((value) => value ?? undefined),
  programSha256: hash.nullable(),
  finishReason: z.enum(FINISH_REASONS),
  promptTokens: count,
  cachedTokens: count.nullish(),
  completionTokens: count,
  reasoningTokens: count.nullish(),
  costUsd: amount.nullable(),
  generateMs: amount,
  codeLines: count,
  codeTokens: count,
  worker: z.string(),
  tool: z.object({ name: z.enum(['read_docs', 'finish']), query: z.string() }).optional(),
});

const planSchema: z.ZodType<Plan> = z.object({
  action: z.enum(PLAN_ACTIONS),
  reason: z.string(),
  base: z.int().positive().nullable(),
  temperature: amount.nullable(),
});

const lookupSchema: z.ZodType<Lookup> = z.object({
  query: z.string(),
  entries: z.array(z.string()),
  textSha256: hash,
  indexDigest: z.string(),
  ms: amount,
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
  plan: planSchema.optional(),
  generation: generationSchema,
  executions: z.array(executionSchema),
  lookups: z.array(lookupSchema).optional(),
});

/** The door for lines of a journal, and for rows read back from Arrow segments. */
export const cellResultSchema: z.ZodType<CellResult> = z.object({
  cell: cellSchema,
  verdict: z.enum(VERDICTS),
  fault: z.enum(FAULTS).nullable(),
  errorClass: z.enum(ERROR_CLASSES),
  message: z.string().nullable(),
  attempts: z.array(attemptSchema),
  finalAttempt: z.int().positive().nullish(),
  startedAt: count,
  finishedAt: count,
});
