import type { FinishReason } from '../../domain/candidate.js';
import type { Message } from '../../domain/prompts/message.js';
import type { ModelSpec } from '../../domain/sweep.js';

/** One generation to be asked for. */
export interface ModelRequest {
  /** Names the generation, e.g. "<cellId>/a1": sent to hosts so that a repeated request can be told from a new one. */
  readonly key: string;
  readonly messages: readonly Message[];
  readonly seed: number;
  readonly spec: ModelSpec;
}

/** What a model said. An empty text, or prose without code, is an answer like any other. */
export interface ModelAnswer {
  readonly text: string;
  readonly finishReason: FinishReason;
  /** The whole prompt, whether or not the host had some of it in its cache. */
  readonly promptTokens: number;
  /** Of `promptTokens`: those that were cheaper, since the host had them; null where it does not say. */
  readonly cachedTokens: number | null;
  /** All that was written, thinking included. */
  readonly completionTokens: number;
  /** Of `completionTokens`: those of the thinking; null where the host does not say. */
  readonly reasoningTokens: number | null;
  /** US dollars, by the spec's prices or else in its host's own words; null if neither says. */
  readonly costUsd: number | null;
  /** The model in its host's words: what answered may be a dated version of what was asked for. */
  readonly model: string;
  /** Milliseconds from the request to the whole answer, without waiting for a rate limit. */
  readonly ms: number;
}

/** A model, or every model of one provider: the request's spec says which one and how it is asked. */
export interface Model {
  /**
   * Asks once; repeating is Temporal's affair.
   * Throws `Failure` (domain/failures.ts), or the signal's reason if that was aborted.
   */
  generate(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
  close(): Promise<void>;
}

/** Tokens by what they cost. */
export interface Usage {
  readonly promptTokens: number;
  readonly cachedTokens: number | null;
  /** Of `promptTokens`: those that the host put into its cache. */
  readonly cacheWriteTokens: number;
  readonly completionTokens: number;
}

/** US dollars for one answer; null if nobody knows the price. */
export function costUsd(spec: ModelSpec, usage: Usage): number | null {
  if (spec.isUnpriced === true) return null;
  const { promptUsdPerMillion: prompt, cachedUsdPerMillion, cacheWriteUsdPerMillion } = spec;
  const cached = usage.cachedTokens ?? 0;
  const sum =
    (usage.promptTokens - cached - usage.cacheWriteTokens) * prompt +
    cached * (cachedUsdPerMillion ?? prompt) +
    usage.cacheWriteTokens * (cacheWriteUsdPerMillion ?? prompt) +
    usage.completionTokens * spec.completionUsdPerMillion;
  return sum / 1e6;
}
