import { z } from 'zod';
import type { FinishReason } from '../../domain/candidate.js';
import type { HostAnswer, HostUsage } from './host-answer.js';
import { tryJson, whatIsWrong } from './json.js';

const FINISH: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  refusal: 'refusal',
  content_filter: 'content-filter',
};

/** Ends that are no end of the model's: vLLM and OpenRouter say so where they broke off themselves. */
const BROKEN_OFF = new Set(['abort', 'error']);

const textSchema = z.union([
  z.string(),
  // Some hosts answer in parts; those of another type (thinking, images) hold no program.
  z
    .array(z.object({ type: z.string().optional(), text: z.string().optional().catch(undefined) }))
    .transform((parts) =>
      parts.map(({ type = 'text', text = '' }) => (type === 'text' || type === 'output_text' ? text : '')).join(''),
    ),
  z.null().transform(() => ''),
]);

const tokens = z.int().nonnegative();
const maybe = tokens.nullish().catch(null);

const usageSchema = z
  .object({
    prompt_tokens: tokens,
    completion_tokens: tokens,
    total_tokens: maybe,
    prompt_tokens_details: z.object({ cached_tokens: maybe }).nullish().catch(null),
    /** DeepSeek's name for it. */
    prompt_cache_hit_tokens: maybe,
    completion_tokens_details: z.object({ reasoning_tokens: maybe }).nullish().catch(null),
    /** OpenRouter says what it takes. */
    cost: z.number().nonnegative().nullish().catch(null),
  })
  .transform((given): HostUsage => {
    const reasoning = given.completion_tokens_details?.reasoning_tokens ?? null;
    const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = given;
    // xAI counts its thinking beside the completion, Google's OpenAI-compatible interface in the total alone.
    const beside = (total ?? 0) - prompt - completion;
    const isApart = beside > 0 && (reasoning === null || reasoning === beside);
    return {
      promptTokens: prompt,
      cachedTokens: given.prompt_tokens_details?.cached_tokens ?? given.prompt_cache_hit_tokens ?? null,
      cacheWriteTokens: 0,
      completionTokens: isApart ? completion + beside : completion,
      reasoningTokens: isApart ? beside : reasoning,
      costUsd: given.cost ?? null,
    };
  });

const finish = { finish_reason: z.string().nullish() };
const facts = { usage: usageSchema.nullish().catch(null), model: z.string().nullish().catch(null) };
const thought = z.string().nullish().catch(null);

const chatSchema = z.object({
  choices: z
    .array(
      z
        .object({
          message: z.object({
            content: textSchema.optional(),
            refusal: thought,
            reasoning_content: thought,
            reasoning: thought,
          }),
          ...finish,
        })
        .transform(({ message, finish_reason }) => ({
          text: message.content ?? '',
          isRefused: (message.refusal ?? '') !== '',
          thinkingChars: (message.reasoning_content ?? message.reasoning ?? '').length,
          finish_reason,
        })),
    )
    .min(1),
  ...facts,
});
const textCompletionSchema = z.object({
  choices: z
    .array(
      z
        .object({ text: textSchema, ...finish })
        .transform((choice) => ({ isRefused: false, thinkingChars: 0, ...choice })),
    )
    .min(1),
  ...facts,
});

/** The door for bodies of status 200. A string says what is wrong with one. */
export function parseChatCompletion(body: string): HostAnswer | string {
  return parse(body, chatSchema);
}

/** The same for the answers of models that continue a text. */
export function parseTextCompletion(body: string): HostAnswer | string {
  return parse(body, textCompletionSchema);
}

function parse(body: string, schema: typeof chatSchema | typeof textCompletionSchema): HostAnswer | string {
  const json = tryJson(body);
  const parsed = schema.safeParse(json);
  if (!parsed.success) return whatIsWrong(json, parsed.error);
  const { choices, usage, model } = parsed.data;
  const { text = '', isRefused = false, thinkingChars = 0, finish_reason } = choices[0] ?? {};
  const end = finish_reason?.toLowerCase() ?? '';
  if (BROKEN_OFF.has(end)) return `finish_reason: ${end}`;
  const finishReason = isRefused ? 'refusal' : (FINISH[end] ?? 'other');
  return {
    text,
    finishReason,
    thinkingChars,
    usage: shareOut(usage ?? null, text, thinkingChars),
    model: model ?? null,
  };
}

/** Where all of the thinking came along but was not counted, its part of the completion goes by its characters. */
function shareOut(usage: HostUsage | null, text: string, thinkingChars: number): HostUsage | null {
  if (usage === null || usage.reasoningTokens !== null || thinkingChars === 0) return usage;
  const share = thinkingChars / (thinkingChars + text.length);
  return { ...usage, reasoningTokens: Math.round(usage.completionTokens * share) };
}
