import { z } from 'zod';
import { ASSEMBLIES } from '../../domain/aicodereval-assembly.js';
import {
  BACKENDS,
  MODEL_KINDS,
  OMISSIBLE,
  PROMPT_FORMS,
  type ModelSpec,
  type Price,
  type SandboxSpec,
  type SuiteSpec,
  type SweepConfig,
  type SweepLimits,
} from '../../domain/sweep.js';
import { type SuiteValidation, TASK_STATUSES } from '../../domain/validation.js';
import { strategySpecSchema } from './journal-line.js';

/** Newest format of the files of a sweep that this version writes and reads. */
export const MANIFEST_FORMAT = 1;

/** What a sweep was started with; written once. A sweep exists when its manifest does. */
export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly sweepId: string;
  readonly config: SweepConfig;
  /** What each model costs, by its label, as known when the sweep was written; null where nobody knows. */
  readonly prices?: Readonly<Record<string, Price | null>> | undefined;
  /** SHA-256 of the config's canonical JSON. */
  readonly configSha256: string;
  /** What it was made with, e.g. { aicodereval, node, python, os }. */
  readonly versions: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Names of the environments that its tasks need. */
  readonly environments: readonly string[];
  /** What was known of the tasks of each suite. */
  readonly validations: readonly SuiteValidation[];
  /** Number of lines of the plan. */
  readonly cells: number;
}

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

const priceFields = {
  promptUsdPerMillion: amount,
  completionUsdPerMillion: amount,
  cachedUsdPerMillion: amount.optional(),
  cacheWriteUsdPerMillion: amount.optional(),
};

/** What a model costs, as known when a sweep or build began; null where nobody knows. */
export const knownPrice: z.ZodType<Price | null> = z.object(priceFields).nullable();

export const modelSchema: z.ZodType<ModelSpec> = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(MODEL_KINDS).optional(),
  prompt: z.enum(PROMPT_FORMS).optional(),
  temperature: amount,
  topP: amount,
  maxTokens: count,
  seed: z.int(),
  stop: z.array(z.string()),
  baseUrl: z.string().nullable(),
  apiKeyEnv: z.string().nullable(),
  concurrency: count,
  requestsPerMinute: amount.nullable(),
  tokensPerMinute: amount.nullable(),
  timeoutMs: amount,
  giveUpAfterMs: amount,
  ...priceFields,
  isFree: z.literal(true).optional(),
  reasoning: z.object({ effort: z.string().optional(), tokens: count.optional() }).optional(),
  leaveOut: z.array(z.enum(OMISSIBLE)).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
  promptCache: z.literal(true).optional(),
  apiVersion: z.string().optional(),
});

const suiteSchema: z.ZodType<SuiteSpec> = z.object({
  id: z.string(),
  limit: count.nullable(),
  tasks: z.array(z.string()).nullable(),
  file: z.string().nullable(),
  revision: z.string().optional(),
  only: z.literal('usable').optional(),
});

const limitsSchema: z.ZodType<SweepLimits> = z.object({
  costUsd: amount.nullable(),
  tokens: amount.nullable(),
  wallMs: amount.nullable(),
});

/** Limits of one program, as manifests and the plans of gradings hold them. */
export const programLimits = {
  cpuSeconds: amount,
  wallSeconds: amount,
  memoryBytes: count,
  processes: count,
  outputBytes: count,
  tmpBytes: count,
};

const sandboxSchema: z.ZodType<SandboxSpec> = z.object({
  backend: z.enum(BACKENDS),
  ...programLimits,
  gpu: z.string().optional(),
});

const configSchema: z.ZodType<SweepConfig> = z.object({
  name: z.string(),
  suites: z.array(suiteSchema),
  models: z.array(modelSchema),
  strategies: z.array(strategySpecSchema),
  samples: count,
  concurrency: count,
  limits: limitsSchema,
  sandbox: sandboxSchema,
  assembly: z.enum(ASSEMBLIES).optional(),
});

const statedTasks = z.array(z.object({ taskId: z.string(), status: z.enum(TASK_STATUSES) }));

const validationSchema: z.ZodType<SuiteValidation> = z.object({
  suite: z.string(),
  tasks: count,
  unvalidated: count,
  notUsable: statedTasks,
  leftOut: statedTasks,
  command: z.string(),
});

/** The format number alone, readable in manifests of every version. */
export const manifestFormatSchema = z.object({ format: z.int().positive() });

/** The door for `manifest.json`. */
export const manifestSchema: z.ZodType<Manifest> = z.object({
  format: z.literal(MANIFEST_FORMAT),
  sweepId: z.string(),
  config: configSchema,
  prices: z.record(z.string(), knownPrice).optional(),
  configSha256: z.string(),
  versions: z.record(z.string(), z.string()),
  createdAt: amount,
  environments: z.array(z.string()).default([]),
  validations: z.array(validationSchema).default([]),
  cells: count,
});
