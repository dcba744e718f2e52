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
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars, from the spec's prices. */
  readonly costUsd: number;
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

/** US dollars for one answer. */
export function costUsd(spec: ModelSpec, promptTokens: number, completionTokens: number): number {
  return (promptTokens * spec.promptUsdPerMillion + completionTokens * spec.completionUsdPerMillion) / 1e6;
}
