import { describe, expect, test } from '@jest/globals';
import type { ModelSpec } from '../../../domain/sweep.js';
import { UserError } from '../../../infra/errors.js';
import { parseSweepFile } from '../../../infra/parse/sweep-file.js';

function specOf(model: string): ModelSpec {
  const text = `name: s\nsuites: [{ id: starter }]\nmodels:\n  - ${model}\nstrategies: [{ id: direct }]\n`;
  const [spec] = parseSweepFile(text, 'sweep.yaml').models;
  if (spec === undefined) throw new Error('no model');
  return spec;
}

function problemOf(model: string): string {
  try {
    specOf(model);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'none';
}

describe('a model of a sweep file', () => {
  test('that says nothing new is what it was: sweeps under way go on', () => {
    const spec = specOf('{ id: "openai:m", price: { prompt: 1, completion: 2 } }');
    expect(JSON.parse(JSON.stringify(spec))).toEqual({
      id: 'openai:m',
      label: 'openai:m',
      temperature: 0,
      topP: 1,
      maxTokens: 512,
      seed: 0,
      stop: [],
      baseUrl: null,
      apiKeyEnv: null,
      concurrency: 4,
      requestsPerMinute: null,
      tokensPerMinute: null,
      timeoutMs: 600_000,
      giveUpAfterMs: 21_600_000,
      promptUsdPerMillion: 1,
      completionUsdPerMillion: 2,
    });
  });

  test('that thinks is not told how to draw, unless the file does', () => {
    const thinking = (more: string): ModelSpec => specOf(`{ id: "openai:m", reasoning: { effort: high }${more} }`);
    expect(thinking('').leaveOut).toEqual(['temperature', 'top_p']);
    expect(thinking(', temperature: 0.6').leaveOut).toEqual(['top_p']);
    expect(thinking(', leave_out: [seed, top_p]').leaveOut).toEqual(['seed', 'top_p', 'temperature']);
    expect(thinking(', temperature: 0.6')).toMatchObject({ temperature: 0.6, reasoning: { effort: 'high' } });
  });

  test('can have a price of nothing, and prices for the cache', () => {
    expect(specOf('{ id: "openai:m", price: { prompt: 0, completion: 0 } }').isFree).toBe(true);
    const spec = specOf(
      '{ id: "anthropic:m", prompt_cache: true, price: { prompt: 3, completion: 15, cached: 0.3, cache_write: 3.75 } }',
    );
    expect(spec).toMatchObject({ promptCache: true, cachedUsdPerMillion: 0.3, cacheWriteUsdPerMillion: 3.75 });
  });

  test('takes what only its host knows as it is', () => {
    const spec = specOf('{ id: "openai:m", base_url: "http://h/v1", extra: { top_k: -1, provider: { order: [a] } } }');
    expect(spec.extra).toEqual({ top_k: -1, provider: { order: ['a'] } });
  });

  test.each([
    ['{ id: "openai:m", base_url: "https://user:sk-1@host/v1" }', 'a key goes into the environment'],
    ['{ id: "openai:m", base_url: "https://host/v1?key=sk-1" }', 'a key goes into the environment'],
    ['{ id: "openai:m", api_key_env: sk-proj-1234 }', 'write the name of an environment variable'],
    ['{ id: "gemini:m", prompt_cache: true }', 'gemini: has no such field (anthropic have)'],
    ['{ id: "anthropic:m", kind: completion }', 'has no such field'],
    ['{ id: "openai:m", kind: completion, prompt: source }', 'gets the source alone'],
    ['{ id: "openai:m", prompt: poem }', 'prompt'],
    ['{ id: "embedded:m", extra: { a: 1 } }', 'has no such field'],
    ['{ id: "replay:m", reasoning: { effort: low } }', 'has no such field'],
    ['{ id: "anthropic:m", reasoning: { tokens: 600 } }', 'set this above reasoning.tokens'],
    ['{ id: "openai:m", reasoning: { tokens: 100 } }', 'take effort'],
    ['{ id: "openai:m", reasoning: {} }', 'write effort or tokens'],
    ['{ id: "openai:m", leave_out: [everything] }', 'leave_out'],
    ['{ id: "openai:m", requests_per_minute: 0.5 }', 'requests_per_minute'],
    ['{ id: "openai:m", extra: { stream: true } }', 'the request says it itself'],
    ['{ id: "openai:m", api_version: 2024-10-21 }', 'needs its base_url'],
  ])('%s is refused', (model, message) => {
    const problem = problemOf(model);
    expect(problem).toContain('sweep.yaml, line 4');
    expect(problem).toContain(message);
    expect(problem).not.toContain('sk-');
  });
});
