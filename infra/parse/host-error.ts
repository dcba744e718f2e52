import { z } from 'zod';
import { tryJson } from './json.js';

const status = z.coerce.number().int().min(400).max(599);

/** What Anthropic calls its errors, where a status can't say it. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  rate_limit_error: 429,
  overloaded_error: 529,
  api_error: 500,
  timeout_error: 504,
};

const errorSchema = z.union([
  z.object({ error: z.object({ code: status }) }).transform(({ error }) => error.code),
  z
    .object({ type: z.literal('error'), error: z.object({ type: z.string() }) })
    .transform(({ error }) => STATUS_OF_TYPE[error.type] ?? 400),
  z.object({ object: z.literal('error'), code: status }).transform(({ code }) => code),
  z
    .object({ choices: z.tuple([z.object({ error: z.object({ code: status }) })]) })
    .transform(({ choices }) => choices[0].error.code),
  // DeepSeek broke an answer off for want of machines.
  z
    .object({ choices: z.tuple([z.object({ finish_reason: z.literal('insufficient_system_resource') })]) })
    .transform(() => 503),
]);

/** The error's status that some hosts and gateways wrap in a body of status 200; null if there is none. */
export function wrappedStatus(body: string): number | null {
  return errorSchema.safeParse(tryJson(body)).data ?? null;
}

const FILTER_CODES = new Set([
  'content_filter',
  'content_policy_violation',
  'invalid_prompt',
  'ResponsibleAIPolicyViolation',
]);

/** Anthropic has no code for it. */
const FILTER_MESSAGE = /^(?:Input|Output) blocked by content filtering policy\b/i;

const filterSchema = z.object({
  error: z.object({
    code: z.unknown().optional(),
    message: z.string().optional().catch(undefined),
    innererror: z.object({ code: z.unknown().optional() }).nullish().catch(null),
    metadata: z.object({ flagged_input: z.unknown().optional() }).nullish().catch(null),
  }),
});

/** True if an error's body says that a filter of the host stopped the prompt (Azure, OpenAI, OpenRouter) or the answer (Anthropic). */
export function isFiltered(body: string): boolean {
  const error = filterSchema.safeParse(tryJson(body)).data?.error;
  if (error === undefined) return false;
  const codes = [error.code, error.innererror?.code];
  const isNamed = codes.some((code) => FILTER_CODES.has(String(code))) || FILTER_MESSAGE.test(error.message ?? '');
  return isNamed || error.metadata?.flagged_input !== undefined;
}

const retrySchema = z.object({
  error: z.object({ details: z.array(z.object({ retryDelay: z.string().optional().catch(undefined) })) }),
});

/** Milliseconds that Gemini asks to wait in the body of an error ("37s"); null if it does not. */
export function retryDelayMs(body: string): number | null {
  const details = retrySchema.safeParse(tryJson(body)).data?.error.details ?? [];
  const text = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay ?? '';
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
