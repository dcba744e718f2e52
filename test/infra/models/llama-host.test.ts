import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { withoutKeys } from '../../../infra/config.js';
import { prepareEmbedded } from '../../../infra/models/embedded.js';
import { startLlamaServer, type LlamaServer } from '../../../infra/models/llama-server.js';
import type { ModelAnswer } from '../../../infra/models/model.js';
import { openAiCompatible } from '../../../infra/models/openai-compatible.js';
import type { ModelSpec } from '../../../domain/sweep.js';
import { sharedHome, whyNoEmbedded } from '../../support/embedded-home.js';
import { never, requestOf, specOf } from './specs.js';

const NAME = 'qwen2.5-coder-0.5b';
const reason = await whyNoEmbedded(NAME);
if (reason !== null) process.stderr.write(`skipped: tests of a llama.cpp server as a host. ${reason}\n`);

// Other tests may use the same cores.
jest.setTimeout(240_000);

(reason === null ? describe : describe.skip)('a llama.cpp server as an OpenAI-compatible host', () => {
  let server: LlamaServer;

  beforeAll(async () => {
    const prepared = await prepareEmbedded(NAME, { home: sharedHome() });
    server = await startLlamaServer({ ...prepared, slots: 1, env: withoutKeys(process.env) });
  });

  afterAll(() => server.stop());

  const ask = (
    content: string,
    changes: Partial<ModelSpec> = {},
    key = server.ready.key,
    signal = never(),
  ): Promise<ModelAnswer> => {
    const spec = specOf({
      baseUrl: `${server.ready.url}/v1`,
      apiKeyEnv: 'LLAMA_KEY',
      maxTokens: 24,
      timeoutMs: 120_000,
      ...changes,
    });
    const request = requestOf(spec, { messages: [{ role: 'user', content }] });
    return openAiCompatible({ LLAMA_KEY: key }).generate(request, signal);
  };

  test('answers, says how it ended, and counts', async () => {
    const answer = await ask('Write a Python function add(a, b) that returns the sum. Only code.', { maxTokens: 60 });
    expect(answer.text).toMatch(/def add\(a, b\):\s+return a \+ b/);
    expect(answer).toMatchObject({ finishReason: 'stop', costUsd: 0 });
    expect(answer.promptTokens).toBeGreaterThan(10);
    expect(await ask('Count from 1 to 1000.', { maxTokens: 5 })).toMatchObject({
      finishReason: 'length',
      completionTokens: 5,
    });
  });

  test('has a prompt in its cache the second time, and says so', async () => {
    const long = `Say yes. ${'The sea is wide and the sky is high. '.repeat(12)}`;
    const first = await ask(long, { maxTokens: 2 });
    const second = await ask(long, { maxTokens: 2 });
    expect(second.promptTokens).toBe(first.promptTokens);
    expect(second.cachedTokens).toBeGreaterThan(first.promptTokens / 2);
  });

  test('continues a text', async () => {
    const answer = await ask('def add(a, b):\n    return', { kind: 'completion', maxTokens: 8, stop: ['\n'] });
    expect(answer.text).toContain('a + b');
  });

  test('takes requests that go without what others refuse, and fields of its own', async () => {
    const leaveOut = ['temperature', 'top_p', 'seed', 'stop'] as const;
    const answer = await ask('Say yes.', { leaveOut, maxTokens: 4, extra: { top_k: 1, cache_prompt: false } });
    expect(answer.completionTokens).toBeLessThanOrEqual(4);
  });

  test('refuses a wrong key, and a prompt beyond its context', async () => {
    await expect(ask('Hi', {}, 'not-the-key-of-this-server')).rejects.toMatchObject({ type: 'ModelAuth' });
    await expect(ask('word '.repeat(12_000))).rejects.toMatchObject({ type: 'ModelBadRequest' });
  });

  test('leaves a request that was cancelled, or took too long', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('cancelled')), 300);
    await expect(ask('Count from 1 to 1000.', { maxTokens: 4_000 }, undefined, abort.signal)).rejects.toThrow(
      'cancelled',
    );
    const late = ask('Count from 1 to 1000.', { maxTokens: 4_000, timeoutMs: 300 });
    await expect(late).rejects.toMatchObject({ type: 'ModelTimeout' });
    // Its one slot is free again.
    expect((await ask('Hi', { maxTokens: 2 })).completionTokens).toBe(2);
  });

  test('that is gone is an unavailable model', async () => {
    await server.stop();
    await expect(ask('Hi')).rejects.toMatchObject({ type: 'ModelUnavailable' });
  });
});
