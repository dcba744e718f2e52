import type { ModelSpec } from '../../../domain/sweep.js';
import type { ModelRequest } from '../../../infra/models/model.js';

/** A complete spec; tests state only what matters to them. */
export function specOf(changes: Partial<ModelSpec> = {}): ModelSpec {
  const id = changes.id ?? 'openai:test-model';
  return {
    id,
    label: id,
    temperature: 0,
    topP: 1,
    maxTokens: 64,
    seed: 7,
    stop: [],
    baseUrl: null,
    apiKeyEnv: null,
    concurrency: 4,
    requestsPerMinute: null,
    tokensPerMinute: null,
    timeoutMs: 10_000,
    giveUpAfterMs: 60_000,
    promptUsdPerMillion: 0,
    completionUsdPerMillion: 0,
    ...changes,
  };
}

/** A request to a spec, with one user message. */
export function requestOf(spec: ModelSpec, changes: Partial<ModelRequest> = {}): ModelRequest {
  return { key: 'cell/a1', messages: [{ role: 'user', content: 'Write f.' }], seed: spec.seed, spec, ...changes };
}

/** A signal that is never aborted. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
