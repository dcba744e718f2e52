import type { FinishReason } from '../../domain/candidate.js';

/** What counts in the answer of a host of models, whatever it speaks. */
export interface HostAnswer {
  /** Without the model's thinking. */
  readonly text: string;
  readonly finishReason: FinishReason;
  /** Null if the host reports no usage. */
  readonly usage: HostUsage | null;
  /** Characters of thinking that came along: what is left to count by where the host does not. */
  readonly thinkingChars: number;
  /** As the host names it; null if it does not. */
  readonly model: string | null;
}

/** Tokens as `ModelAnswer` counts them: the whole prompt, the whole completion, and what of them is something apart. */
export interface HostUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number | null;
  readonly cacheWriteTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number | null;
  /** What the host says that it costs, in US dollars; null if it does not. */
  readonly costUsd: number | null;
}
