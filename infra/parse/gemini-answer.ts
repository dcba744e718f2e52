import { z } from 'zod';
import type { FinishReason } from '../../domain/candidate.js';
import type { HostAnswer } from './host-answer.js';
import { tryJson, whatIsWrong } from './json.js';

const FINISH: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
};

const tokens = z.int().nonnegative();
// Protobuf's JSON leaves out what is 0.
const orNone = tokens.nullish().catch(null);

const usageSchema = z
  .object({
    promptTokenCount: orNone,
    cachedContentTokenCount: orNone,
    candidatesTokenCount: orNone,
    thoughtsTokenCount: orNone,
  })
  .transform((given) => {
    const thoughts = given.thoughtsTokenCount ?? 0;
    return {
      promptTokens: given.promptTokenCount ?? 0,
      cachedTokens: given.cachedContentTokenCount ?? 0,
      cacheWriteTokens: 0,
      // Its candidates are counted without their thoughts, which are paid for alike.
      completionTokens: (given.candidatesTokenCount ?? 0) + thoughts,
      reasoningTokens: thoughts,
      costUsd: null,
    };
  });

const part = z.object({
  text: z.string().optional().catch(undefined),
  thought: z.boolean().optional().catch(undefined),
});

const answerSchema = z
  .object({
    candidates: z
      .array(
        z.object({
          // Thinking that used up all of its tokens leaves a content without parts.
          content: z.object({ parts: z.array(part).default([]) }).default({ parts: [] }),
          finishReason: z.string().nullish(),
        }),
      )
      .default([]),
    promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish().catch(null),
    usageMetadata: usageSchema.nullish().catch(null),
    modelVersion: z.string().nullish().catch(null),
  })
  .refine(({ candidates, promptFeedback }) => candidates.length > 0 || (promptFeedback?.blockReason ?? '') !== '', {
    message: 'neither a candidate nor a reason why there is none',
  });

/** The door for answers of Gemini's `generateContent`, of status 200. A string says what is wrong with one. */
export function parseGeminiAnswer(body: string): HostAnswer | string {
  const json = tryJson(body);
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) return whatIsWrong(json, parsed.error);
  const { candidates, usageMetadata, modelVersion } = parsed.data;
  const candidate = candidates[0];
  const parts = candidate?.content.parts ?? [];
  const texts = (isThought: boolean): string =>
    parts.map(({ text = '', thought = false }) => (thought === isThought ? text : '')).join('');
  return {
    text: texts(false),
    // Without a candidate it was the prompt that its filter stopped.
    finishReason: candidate === undefined ? 'content-filter' : (FINISH[candidate.finishReason ?? ''] ?? 'other'),
    thinkingChars: texts(true).length,
    usage: usageMetadata ?? null,
    model: modelVersion ?? null,
  };
}
