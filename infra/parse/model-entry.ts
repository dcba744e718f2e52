import { resolve } from 'node:path';
import { z } from 'zod';
import { COMPLETION_STOPS } from '../../domain/prompts/completion.js';
import {
  MODEL_KINDS,
  OMISSIBLE,
  PROMPT_FORMS,
  providerOf,
  type ModelSpec,
  type Omissible,
} from '../../domain/sweep.js';
import { priceSchema } from './price.js';
import { duration } from './quantity.js';

const REPLAY = 'replay:';
const LONGEST_TIMEOUT_MS = 24 * 3_600_000;

/** Workers have a working directory of their own, so a path is made whole where the user wrote it. */
function absolute(modelId: string): string {
  return modelId.startsWith(REPLAY) ? `${REPLAY}${resolve(modelId.slice(REPLAY.length))}` : modelId;
}

const positive = z.int().positive();

/** Fields that only some providers have. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  kind: ['openai', 'replay'],
  base_url: ['openai', 'anthropic', 'gemini'],
  api_key_env: ['openai', 'anthropic', 'gemini'],
  api_version: ['openai'],
  reasoning: ['openai', 'anthropic', 'gemini'],
  leave_out: ['openai', 'anthropic', 'gemini'],
  extra: ['openai', 'anthropic', 'gemini'],
  prompt_cache: ['anthropic'],
};

/** What the adapters say themselves. */
const RESERVED = ['model', 'messages', 'prompt', 'contents', 'system', 'systemInstruction', 'stream', 'n'];

const baseUrl = z.url().refine((text) => {
  const { username, password, search, hash } = new URL(text);
  return username + password + search + hash === '';
}, 'write scheme, host and path alone: a key goes into the environment (api_key_env), a version of Azure into api_version');

const given = z.strictObject({
  id: z.string().regex(/^[a-z]+:.+/, 'write provider:model, for example embedded:qwen2.5-coder-0.5b'),
  label: z.string().min(1).max(80).optional(),
  kind: z.enum(MODEL_KINDS).optional(),
  prompt: z.enum(PROMPT_FORMS).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().gt(0).max(1).optional(),
  max_tokens: positive.default(512),
  seed: z.int().nonnegative().default(0),
  stop: z.array(z.string()).optional(),
  base_url: baseUrl.optional(),
  api_key_env: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/i, 'write the name of an environment variable')
    .optional(),
  api_version: z.string().optional(),
  reasoning: z
    .strictObject({
      effort: z
        .string()
        .regex(/^[a-z]+$/)
        .optional(),
      tokens: positive.optional(),
    })
    .refine(({ effort, tokens }) => effort !== undefined || tokens !== undefined, 'write effort or tokens')
    .optional(),
  leave_out: z.array(z.enum(OMISSIBLE)).min(1).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
  prompt_cache: z.boolean().optional(),
  concurrency: positive.max(1_000).default(4),
  requests_per_minute: positive.optional(),
  tokens_per_minute: z.number().positive().optional(),
  timeout: duration.refine((ms) => ms <= LONGEST_TIMEOUT_MS, 'a request may take 24h at most').prefault('10m'),
  give_up_after: duration.prefault('6h'),
  price: priceSchema.optional(),
});
type Given = z.infer<typeof given>;

/** One entry of `models` in a sweep file. */
export const modelEntrySchema = given.superRefine(check).transform(toSpec);

function check(entry: Given, context: z.RefinementCtx): void {
  const provider = providerOf(entry.id);
  const complain = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
  for (const [field, providers] of Object.entries(ONLY)) {
    if (entry[field as keyof Given] === undefined || providers.includes(provider)) continue;
    complain([field], `${provider}: has no such field (${providers.join(', ')} have); leave it out`);
  }
  const taken = RESERVED.find((name) => entry.extra !== undefined && Object.hasOwn(entry.extra, name));
  if (taken !== undefined) complain(['extra', taken], 'this is not yours to set: the request says it itself');
  if (entry.api_version !== undefined && entry.base_url === undefined) {
    complain(['api_version'], 'an Azure resource needs its base_url, for example https://NAME.openai.azure.com');
  }
  if (entry.kind === 'completion' && entry.prompt !== undefined)
    complain(['prompt'], 'a base model (kind: completion) gets the source alone; leave it out');
  checkReasoning(entry, provider, complain);
}

function checkReasoning(entry: Given, provider: string, complain: (path: string[], message: string) => void): void {
  const tokens = entry.reasoning?.tokens;
  if (tokens === undefined) return;
  if (provider === 'openai') {
    complain(
      ['reasoning', 'tokens'],
      'OpenAI-compatible hosts take effort; what yours takes beside it goes into extra',
    );
  }
  if (tokens >= entry.max_tokens) {
    complain(['max_tokens'], 'thinking is part of the answer: set this above reasoning.tokens');
  }
}

function toSpec(entry: Given): ModelSpec {
  const free = entry.price?.promptUsdPerMillion === 0 && entry.price.completionUsdPerMillion === 0;
  return {
    id: absolute(entry.id),
    label: entry.label ?? entry.id,
    kind: entry.kind,
    prompt: entry.prompt,
    temperature: entry.temperature ?? 0,
    topP: entry.top_p ?? 1,
    maxTokens: entry.max_tokens,
    seed: entry.seed,
    stop: entry.stop ?? (entry.kind === 'completion' ? [...COMPLETION_STOPS] : []),
    baseUrl: entry.base_url?.replace(/\/+$/, '') ?? null,
    apiKeyEnv: entry.api_key_env ?? null,
    concurrency: entry.concurrency,
    requestsPerMinute: entry.requests_per_minute ?? null,
    tokensPerMinute: entry.tokens_per_minute ?? null,
    timeoutMs: entry.timeout,
    giveUpAfterMs: entry.give_up_after,
    ...(entry.price ?? { promptUsdPerMillion: 0, completionUsdPerMillion: 0 }),
    isFree: free ? true : undefined,
    reasoning: entry.reasoning,
    leaveOut: leaveOut(entry),
    extra: entry.extra,
    promptCache: entry.prompt_cache === true ? true : undefined,
    apiVersion: entry.api_version,
  };
}

/** Models that think refuse to be told how to draw; who says it all the same gets it sent. */
function leaveOut({ leave_out, reasoning, temperature, top_p }: Given): readonly Omissible[] | undefined {
  if (reasoning === undefined) return leave_out;
  const refused: Omissible[] = [
    ...(temperature === undefined ? (['temperature'] as const) : []),
    ...(top_p === undefined ? (['top_p'] as const) : []),
  ];
  return [...new Set([...(leave_out ?? []), ...refused])];
}
