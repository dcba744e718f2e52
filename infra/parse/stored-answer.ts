import { z } from 'zod';
import { FINISH_REASONS, type FinishReason } from '../../domain/candidate.js';

/** A model's answer as it is kept, so that it is never paid for twice; its text is a blob. */
export interface StoredAnswer {
  /** What it is found by: the model's label and the request; in earlier versions, the generation. */
  readonly key: string;
  /** The generation that asked first, and paid; earlier versions have it as the key. */
  readonly askedBy?: string | undefined;
  readonly requestSha256: string;
  readonly completionSha256: string;
  readonly finishReason: FinishReason;
  readonly promptTokens: number;
  /** See `Generation`; earlier versions did not record the parts of the counts. */
  readonly cachedTokens?: number | null | undefined;
  readonly completionTokens: number;
  readonly reasoningTokens?: number | null | undefined;
  readonly costUsd: number | null;
  /** Milliseconds that the request took. */
  readonly ms: number;
  /** The model that answered, in its host's words. */
  readonly model: string;
  /** Epoch milliseconds. */
  readonly storedAt: number;
}

const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The door for files of `infra/store/answers.ts`. */
export const storedAnswerSchema: z.ZodType<StoredAnswer> = z.object({
  key: z.string(),
  askedBy: z.string().optional(),
  requestSha256: hash,
  completionSha256: hash,
  finishReason: z.enum(FINISH_REASONS),
  promptTokens: count,
  cachedTokens: count.nullish(),
  completionTokens: count,
  reasoningTokens: count.nullish(),
  costUsd: amount.nullable(),
  ms: amount,
  model: z.string(),
  storedAt: amount,
});
