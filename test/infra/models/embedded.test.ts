import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import type { Failure } from '../../../domain/failures.js';
import type { ModelAnswer, ModelRequest } from '../../../infra/models/model.js';
import { openModels } from '../../../infra/models/registry.js';
import { sharedHome, whyNoEmbedded } from '../../support/embedded-home.js';
import { never, requestOf, specOf } from './specs.js';

const reason = await whyNoEmbedded('qwen2.5-coder-0.5b');
if (reason !== null) process.stderr.write(`skipped: tests of the embedded model. ${reason}\n`);

const spec = specOf({ id: 'embedded:qwen2.5-coder-0.5b', maxTokens: 48, timeoutMs: 120_000, concurrency: 2 });
const tag = `test-${process.pid}`;
const models = openModels({
  home: sharedHome(),
  env: { ...process.env, SECRET_API_KEY: 'sk-not-for-children' },
  ownerEnv: { AICODEREVAL_OWNER: tag },
});

function ask(content: string, changes: Partial<typeof spec> = {}, seed = 1, signal = never()): Promise<ModelAnswer> {
  const request: ModelRequest = requestOf({ ...spec, ...changes }, { messages: [{ role: 'user', content }], seed });
  return models.get(request.spec).generate(request, signal);
}

/** Ids of the processes that carry our tag, and are not us. */
function servers(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && environOf(pid).includes(tag));
}

/** Slots that a server was started with. */
function slotsOf(pid: number): number {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
  return Number(words[words.findIndex((word) => word.endsWith('.gguf')) + 1]);
}

function environOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

// Other tests may use the same cores.
jest.setTimeout(240_000);
afterAll(() => models.close());

(reason === null ? describe : describe.skip)('the embedded model', () => {
  beforeAll(async () => {
    await ask('Hello', { maxTokens: 1 });
  });

  test('writes a program', async () => {
    const answer = await ask('Write a Python function add(a, b) that returns the sum. Only code.');
    expect(answer.text).toMatch(/def add\(a, b\):\s+return a \+ b/);
    expect(answer).toMatchObject({ finishReason: 'stop', model: 'qwen2.5-coder-0.5b', costUsd: 0 });
    expect(answer.promptTokens).toBeGreaterThan(10);
    expect(answer.completionTokens).toBeGreaterThan(5);
  });

  test('stops at max_tokens, and says so', async () => {
    const answer = await ask('Count from 1 to 1000.', { maxTokens: 7 });
    expect(answer).toMatchObject({ finishReason: 'length', completionTokens: 7 });
  });

  test('stops at a stop word', async () => {
    const answer = await ask('Say exactly: one two three four', { stop: ['three'] });
    expect(answer.text).toContain('two');
    expect(answer.text).not.toContain('three');
    expect(answer.finishReason).toBe('stop');
  });

  test('repeats itself at temperature 0, whatever the seed, and with the same seed above it', async () => {
    const prompt = 'Write one line about the sea.';
    const greedy = await ask(prompt, { maxTokens: 24 }, 1);
    expect((await ask(prompt, { maxTokens: 24 }, 2)).text).toBe(greedy.text);
    const drawn = await ask(prompt, { maxTokens: 24, temperature: 1.2 }, 1);
    expect((await ask(prompt, { maxTokens: 24, temperature: 1.2 }, 1)).text).toBe(drawn.text);
    expect((await ask(prompt, { maxTokens: 24, temperature: 1.2 }, 2)).text).not.toBe(drawn.text);
  });

  test('refuses a prompt beyond its context as a bad request', async () => {
    const failure = await ask('word '.repeat(12_000)).catch((error: unknown) => error as Failure);
    expect(failure).toMatchObject({ type: 'ModelBadRequest' });
  });

  test('leaves a request that was cancelled', async () => {
    const abort = new AbortController();
    const asked = ask('Count from 1 to 1000.', { maxTokens: 4_000 }, 1, abort.signal);
    setTimeout(() => abort.abort(new Error('cancelled')), 300);
    await expect(asked).rejects.toThrow('cancelled');
    // A slot that still computed would not leave room for two quick answers.
    await Promise.all([ask('Hi', { maxTokens: 2 }), ask('Hi', { maxTokens: 2 })]);
  });

  test('sees no key of the user', () => {
    const [pid] = servers();
    expect(environOf(pid ?? 0)).toContain('PYTHONPATH');
    expect(environOf(pid ?? 0)).not.toContain('sk-not-for-children');
  });

  test('is started anew with more slots where a sweep wants more, once requests under way have their answers', async () => {
    const [before = 0] = servers();
    expect(slotsOf(before)).toBe(2);
    const [long, ...others] = await Promise.all([
      ask('Repeat twenty times: one two three four five', { maxTokens: 60 }),
      ...[1, 2, 3, 4].map((seed) => ask('Hi', { maxTokens: 2, concurrency: 4 }, seed)),
    ]);
    expect(long?.completionTokens).toBeGreaterThan(10);
    expect(others.map(({ completionTokens }) => completionTokens)).toEqual([2, 2, 2, 2]);
    const [after = 0, ...more] = servers();
    expect([slotsOf(after), more]).toEqual([4, []]);
    expect(after).not.toBe(before);
    await ask('Hi', { maxTokens: 2 });
    expect(servers()).toEqual([after]);
  });

  test('is started again after it died; the request that it took along is unavailable', async () => {
    const [before] = servers();
    const asked = ask('Count from 1 to 1000.', { maxTokens: 4_000 });
    setTimeout(() => process.kill(before ?? 0, 'SIGKILL'), 300);
    await expect(asked).rejects.toMatchObject({ type: 'ModelUnavailable' });
    expect((await ask('Hi', { maxTokens: 2 })).completionTokens).toBe(2);
    expect(servers()).toHaveLength(1);
    expect(servers()).not.toContain(before);
  });

  test('is gone once it is closed', async () => {
    await models.close();
    expect(servers()).toEqual([]);
  });
});
