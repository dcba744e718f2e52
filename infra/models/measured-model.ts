import { Failure } from '../../domain/failures.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Model, ModelAnswer, ModelRequest } from './model.js';
import type { RateLimiter } from './rate-limit.js';

/** The model within its limits; what is asked and answered is counted. It does not own the adapter. */
export function measuredModel(adapter: Model, limiter: RateLimiter, metrics: Metrics): Model {
  return {
    generate(request, signal) {
      const { label: model } = request.spec;
      const began = performance.now();
      return limiter.run(
        signal,
        () => {
          metrics.observe('aicodereval_model_wait_seconds', { model }, secondsSince(began));
          return ask(adapter, metrics, request, signal);
        },
        ({ promptTokens, completionTokens }) => promptTokens + completionTokens,
      );
    },
    close: () => Promise.resolve(),
  };
}

async function ask(adapter: Model, metrics: Metrics, request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
  const { label: model } = request.spec;
  const began = performance.now();
  let outcome = 'other';
  metrics.move('aicodereval_model_requests_in_flight', { model }, 1);
  try {
    const answer = await adapter.generate(request, signal);
    outcome = 'answer';
    countAnswer(metrics, model, answer);
    return answer;
  } catch (error) {
    if (signal.aborted) outcome = 'cancelled';
    else if (error instanceof Failure) outcome = error.type;
    throw error;
  } finally {
    metrics.move('aicodereval_model_requests_in_flight', { model }, -1);
    metrics.count('aicodereval_model_requests_total', { model, outcome });
    metrics.observe('aicodereval_model_request_duration_seconds', { model }, secondsSince(began));
  }
}

function countAnswer(metrics: Metrics, model: string, answer: ModelAnswer): void {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens, costUsd } = answer;
  metrics.count('aicodereval_model_tokens_total', { model, kind: 'prompt' }, promptTokens);
  metrics.count('aicodereval_model_tokens_total', { model, kind: 'completion' }, completionTokens);
  metrics.count('aicodereval_model_cached_tokens_total', { model }, cachedTokens ?? 0);
  metrics.count('aicodereval_model_reasoning_tokens_total', { model }, reasoningTokens ?? 0);
  if (costUsd !== null) metrics.observe('aicodereval_model_request_cost_usd', { model }, costUsd);
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1_000;
}
