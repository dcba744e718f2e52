import { z } from 'zod';
import {
  type BuildPlan,
  type BuiltItem,
  type Draft,
  type Problem,
  PROBLEMS,
  type Round,
  type Settled,
  type Tried,
} from '../../domain/build/build.js';
import type { DocRecord, Wanted } from '../../domain/build/record.js';
import type { Known } from '../../domain/build/resemblance.js';
import { FINISH_REASONS } from '../../domain/candidate.js';
import { BACKENDS } from '../../domain/sweep.js';
import { knownPrice, modelSchema, programLimits } from './manifest.js';
import { taskValidation } from './validation.js';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const hash = z.string();
const { survivors: _, ...validation } = taskValidation;

/** The door for `plan.json` of a build. */
export const buildPlanSchema: z.ZodType<BuildPlan> = z.object({
  format: z.literal(1),
  name: z.string(),
  environment: z.string(),
  digest: z.string(),
  backend: z.enum(BACKENDS),
  limits: z.object(programLimits),
  model: modelSchema,
  price: knownPrice.optional(),
  rounds: count,
  tasks: count,
  limit: count.nullable(),
  mutants: count,
  wantedSha256: hash,
  againstSha256: hash,
  againstFiles: z.array(hash).optional(),
});

const recordFields = {
  id: z.string(),
  library: z.string(),
  version: z.string().nullable(),
  name: z.string(),
  signature: z.string().nullable(),
  source: z.string(),
  domain: z.string().nullable(),
};
const docRecord: z.ZodType<DocRecord> = z.object({ ...recordFields, documentation: z.string() });

/** The door for records in the store. */
export const docRecordsSchema: z.ZodType<DocRecord[]> = z.array(docRecord);

/** Records in the store, and how many they are. */
export interface StoredRecords {
  readonly recordsSha256: string;
  readonly records: number;
}

/** The door for `records.json` of a build. */
export const storedRecordsSchema: z.ZodType<StoredRecords> = z.object({ recordsSha256: hash, records: count });

/** The door for what records are wanted, in the store. */
export const wantedSchema: z.ZodType<Wanted> = z.object({
  records: z.array(z.object({ ...recordFields, documentation: z.string().nullable() })),
  libraries: z.array(z.string()),
});

/** The door for tasks that new ones are compared with, in the store. */
export const knownTasksSchema: z.ZodType<Known[]> = z.array(
  z.object({ id: z.string(), words: z.array(z.string()), code: z.array(z.string()) }),
);

const problem: z.ZodType<Problem> = z.object({
  kind: z.enum(PROBLEMS),
  evidence: z.string(),
  reportSha256: hash.nullable(),
});

const draft: z.ZodType<Draft> = z.object({
  promptId: z.string(),
  promptSha256: hash,
  completionSha256: hash,
  answeredBy: z.string(),
  finishReason: z.enum(FINISH_REASONS),
  promptTokens: count,
  completionTokens: count,
  costUsd: amount.nullable(),
  generateMs: amount,
  programSha256: hash.nullable(),
  taskSha256: hash.nullable(),
  environment: z.string().nullable(),
  problem: problem.nullable(),
});

const tried: z.ZodType<Tried> = z.object({
  validation: z.object(validation).nullable(),
  problem: problem.nullable(),
});

const round: z.ZodType<Round> = z.object({ round: count, draft, tried: tried.nullable() });

/** The door for what was kept of an item. */
export const builtItemSchema: z.ZodType<BuiltItem> = z.object({
  item: count,
  rounds: z.array(round),
  problem: problem.nullable(),
});

/** The door for what became of an item in the end. */
export const settledSchema: z.ZodType<Settled> = z.object({
  item: count,
  accepted: z.boolean(),
  problem: problem.nullable(),
  nearest: z.object({ id: z.string(), similarity: amount }).nullable(),
});
