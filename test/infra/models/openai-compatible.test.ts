import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { Failure, type FailureType } from '../../../domain/failures.js';
import type { ModelSpec } from '../../../domain/sweep.js';
import { openAiCompatible } from '../../../infra/models/openai-compatible.js';
import { inTurn, REPLIES, startFaultServer, type FaultServer, type Reply } from '../../support/fault-server.js';
import { never, requestOf, specOf } from './specs.js';

const KEY = 'sk-secret-0123456789';
const env = { MY_KEY: KEY };
let server: FaultServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function specFor(reply: Reply, changes: Partial<ModelSpec> = {}): Promise<ModelSpec> {
  server = await startFaultServer({ reply: () => reply });
  return specOf({ baseUrl: server.baseUrl, apiKeyEnv: 'MY_KEY', ...changes });
}

async function faultOf(spec: ModelSpec, signal = never()): Promise<Failure> {
  const error = await openAiCompatible(env)
    .generate(requestOf(spec), signal)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

function raw(status: number, body = '', headers: Record<string, string> = {}): Reply {
  return { kind: 'raw', status, body, headers };
}

describe('an answer', () => {
  test('is asked for as the spec says, with the key in its header alone', async () => {
    const spec = await specFor(REPLIES.ok, { temperature: 0.5, topP: 0.9, maxTokens: 33, stop: ['\n\n'] });
    await openAiCompatible(env).generate(requestOf(spec, { key: 'swé/ép t/a1', seed: 42 }), never());
    const [received] = server?.received ?? [];
    expect(received?.key).toBe('swé/ép t/a1');
    expect(received?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(received?.body).toEqual({
      model: 'test-model',
      messages: [{ role: 'user', content: 'Write f.' }],
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 33,
      seed: 42,
      stop: ['\n\n'],
      stream: false,
    });
  });

  test('of a model that only continues text is asked for at another address, and is the text', async () => {
    const body = '{"choices":[{"text":"    return 1\\n","finish_reason":"length"}],"usage":null,"model":"base-1"}';
    const spec = await specFor(raw(200, body), { kind: 'completion' });
    const answer = await openAiCompatible(env).generate(requestOf(spec), never());
    expect(answer).toMatchObject({ text: '    return 1\n', finishReason: 'length', model: 'base-1', promptTokens: 2 });
    const [received] = server?.received ?? [];
    expect(received?.path).toBe('/v1/completions');
    expect(received?.body).toMatchObject({ prompt: 'Write f.', max_tokens: 64 });
    expect(received?.body).not.toHaveProperty('messages');
  });

  test('of a chat is no text completion', async () => {
    const spec = await specFor(REPLIES.ok, { kind: 'completion' });
    expect((await faultOf(spec)).type).toBe('ModelBadResponse');
  });

  test('comes with tokens, cost and the name that the host gives', async () => {
    const spec = await specFor(REPLIES.ok, { promptUsdPerMillion: 1_000_000, completionUsdPerMillion: 2_000_000 });
    const answer = await openAiCompatible(env).generate(requestOf(spec), never());
    expect(answer).toMatchObject({ text: REPLIES.ok.text, finishReason: 'stop', promptTokens: 11, model: 'fake-1' });
    expect(answer.costUsd).toBeCloseTo(11 + 2 * answer.completionTokens, 6);
    expect(answer.ms).toBeGreaterThan(0);
  });

  test.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'other'],
  ])('finish reason %s is %s', async (said, meant) => {
    const spec = await specFor({ kind: 'answer', text: 'x', finishReason: said });
    expect((await openAiCompatible(env).generate(requestOf(spec), never())).finishReason).toBe(meant);
  });

  test.each(['empty', 'prose', 'ten-blocks', 'megabyte'] as const)('%s is a value, not a fault', async (name) => {
    const spec = await specFor(REPLIES[name]);
    expect((await openAiCompatible(env).generate(requestOf(spec), never())).text).toBe(REPLIES[name].text);
  });

  test('invalid UTF-8 is replaced', async () => {
    const spec = await specFor(REPLIES['invalid-utf8']);
    expect((await openAiCompatible(env).generate(requestOf(spec), never())).text).toBe('a\uFFFD\uFFFDb');
  });

  test.each([
    [
      'null content',
      '{"choices":[{"message":{"content":null}}],"usage":{"prompt_tokens":1,"completion_tokens":0}}',
      '',
    ],
    ['content in parts', '{"choices":[{"message":{"content":[{"type":"x"},{"text":"a"},{"text":"b"}]}}]}', 'ab'],
  ])('%s is understood', async (_name, body, text) => {
    const spec = await specFor(raw(200, body));
    expect((await openAiCompatible(env).generate(requestOf(spec), never())).text).toBe(text);
  });

  test('whose thinking only the total betrays is counted whole, and the thinking apart', async () => {
    const usage = '"usage":{"prompt_tokens":20,"completion_tokens":198,"total_tokens":623}';
    const spec = await specFor(raw(200, `{"choices":[{"message":{"content":"x"}}],${usage}}`));
    const answer = await openAiCompatible(env).generate(requestOf(spec), never());
    expect(answer).toMatchObject({ promptTokens: 20, completionTokens: 603, reasoningTokens: 405 });
  });

  test('without usage is counted at four characters a token', async () => {
    const spec = await specFor(raw(200, '{"choices":[{"message":{"content":"12345678"}}]}'));
    const answer = await openAiCompatible(env).generate(requestOf(spec), never());
    expect(answer).toMatchObject({ promptTokens: 2, completionTokens: 2, model: 'test-model' });
  });
});

describe('a fault', () => {
  test.each<[string, Reply, FailureType]>([
    ['400', REPLIES['bad-request'], 'ModelBadRequest'],
    ['404', raw(404), 'ModelBadRequest'],
    ['422', raw(422), 'ModelBadRequest'],
    ['401', REPLIES.unauthorised, 'ModelAuth'],
    ['403', raw(403), 'ModelAuth'],
    ['408', raw(408), 'ModelUnavailable'],
    ['409', raw(409), 'ModelUnavailable'],
    ['429', raw(429), 'ModelRateLimited'],
    ['429 of an account without money', raw(429, '{"error":{"code":"insufficient_quota"}}'), 'ModelAuth'],
    ['500', REPLIES['server-error'], 'ModelUnavailable'],
    ['529', raw(529), 'ModelUnavailable'],
    ['a redirect', raw(302, '', { location: 'http://127.0.0.1:1/' }), 'ModelBadResponse'],
    ['an HTML page', REPLIES.html, 'ModelBadResponse'],
    ['truncated JSON', REPLIES['truncated-json'], 'ModelBadResponse'],
    ['no choices', REPLIES['no-choices'], 'ModelBadResponse'],
    ['an error inside a 200', REPLIES['wrapped-error'], 'ModelUnavailable'],
    ['more than 8 MiB', REPLIES.huge, 'ModelBadResponse'],
    ['a reset', REPLIES.reset, 'ModelUnavailable'],
    ['an answer cut short', REPLIES.cut, 'ModelUnavailable'],
  ])('%s', async (_name, reply, type) => {
    expect((await faultOf(await specFor(reply))).type).toBe(type);
  });

  test('a host that is silent is a time-out', async () => {
    const fault = await faultOf(await specFor(REPLIES.hang, { timeoutMs: 50 }));
    expect(fault.type).toBe('ModelTimeout');
    expect(fault.message).toContain('0.05 s');
  });

  test('a port where nobody listens is an unavailable model', async () => {
    const port = await freedPort();
    const fault = await faultOf(specOf({ baseUrl: `http://127.0.0.1:${port}/v1` }));
    expect(fault.type).toBe('ModelUnavailable');
    expect(fault.message).toContain('ECONNREFUSED');
  });

  test('a name that no server knows is an unavailable model', async () => {
    expect((await faultOf(specOf({ baseUrl: 'http://no-such-host.invalid/v1' }))).type).toBe('ModelUnavailable');
  });

  test('a server error is over when the host has recovered', async () => {
    server = await startFaultServer({ reply: inTurn('server-error', 'ok') });
    const spec = specOf({ baseUrl: server.baseUrl });
    expect((await faultOf(spec)).type).toBe('ModelUnavailable');
    expect((await openAiCompatible(env).generate(requestOf(spec), never())).text).toBe(REPLIES.ok.text);
    expect(server.counts()).toEqual({ 'cell/a1': 2 });
  });
});

describe('how long to wait', () => {
  test.each([
    [{ 'retry-after': '3600' }, 3_600_000],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('%j', async (headers, ms) => {
    expect((await faultOf(await specFor(raw(503, '', headers as Record<string, string>)))).retryAfterMs).toBe(ms);
  });

  test('a date in the future', async () => {
    const date = new Date(Date.now() + 90_000).toUTCString();
    const fault = await faultOf(await specFor(raw(429, '', { 'retry-after': date })));
    expect(fault.retryAfterMs).toBeGreaterThan(80_000);
    expect(fault.retryAfterMs).toBeLessThanOrEqual(90_000);
  });
});

describe('keys', () => {
  test('never come out in a message', async () => {
    const fault = await faultOf(await specFor(raw(401, `You sent "Bearer ${KEY}"`)));
    expect(fault.message).toContain('You sent "Bearer [key]"');
    expect(JSON.stringify([fault, fault.message, fault.cause])).not.toContain(KEY);
  });

  test('that are missing are named before anything is sent', async () => {
    const spec = await specFor(REPLIES.ok, { apiKeyEnv: 'OTHER_KEY' });
    const fault = await faultOf(spec);
    expect(fault.type).toBe('ModelAuth');
    expect(fault.message).toContain('OTHER_KEY');
    expect(server?.received).toHaveLength(0);
  });

  test('are read when a request is made', async () => {
    const changing: Record<string, string> = {};
    const model = openAiCompatible(changing);
    const spec = await specFor(REPLIES.ok);
    changing['MY_KEY'] = 'later';
    await model.generate(requestOf(spec), never());
    expect(server?.received[0]?.headers.authorization).toBe('Bearer later');
  });
});

test('an aborted request ends at once, with its reason, and the connection with it', async () => {
  const spec = await specFor(REPLIES.hang);
  const abort = new AbortController();
  const asked = openAiCompatible(env).generate(requestOf(spec), abort.signal);
  while (server?.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  abort.abort(new Error('cancelled'));
  await expect(asked).rejects.toThrow('cancelled');
  while (server?.abandoned() === 0) await new Promise((resolve) => setImmediate(resolve));
});

/** A port that was free a moment ago. */
function freedPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
