import { z } from 'zod';
import type { FinishReason } from '../../domain/candidate.js';
import type { HostAnswer } from './host-answer.js';
import { tryJson, whatIsWrong } from './json.js';

const FINISH: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
};

const tokens = z.int().nonnegative();
const maybe = tokens.nullish().catch(null);

const usageSchema = z
  .object({
    input_tokens: tokens,
    output_tokens: tokens,
    cache_read_input_tokens: maybe,
    cache_creation_input_tokens: maybe,
    output_tokens_details: z.object({ thinking_tokens: maybe }).nullish().catch(null),
  })
  .transform((given) => {
    // Its three counts of the prompt are disjoint.
    const cached = given.cache_read_input_tokens ?? null;
    const written = given.cache_creation_input_tokens ?? 0;
    return {
      promptTokens: given.input_tokens + (cached ?? 0) + written,
      cachedTokens: cached,
      cacheWriteTokens: written,
      completionTokens: given.output_tokens,
      // What comes along of the thinking is a summary, so its length says nothing.
      reasoningTokens: given.output_tokens_details?.thinking_tokens ?? null,
      costUsd: null,
    };
  });

const messageSchema = z.object({
  content: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional().catch(undefined),
      thinking: z.string().optional().catch(undefined),
    }),
  ),
  stop_reason: z.string().nullish(),
  usage: usageSchema.nullish().catch(null),
  model: z.string().nullish().catch(null),
});

/** The door for messages of Anthropic's interface, of status 200. A string says what is wrong with one. */
export function parseAnthropicMessage(body: string): HostAnswer | string {
  const json = tryJson(body);
  const parsed = messageSchema.safeParse(json);
  if (!parsed.success) return whatIsWrong(json, parsed.error);
  const { content, stop_reason, usage, model } = parsed.data;
  const texts = content.map(({ type, text = '' }) => (type === 'text' ? text : ''));
  return {
    text: texts.join(''),
    finishReason: FINISH[stop_reason ?? ''] ?? 'other',
    thinkingChars: content.reduce((sum, { thinking = '' }) => sum + thinking.length, 0),
    usage: usage ?? null,
    model: model ?? null,
  };
}
