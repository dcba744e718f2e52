import { afterEach, describe, expect, test } from '@jest/globals';
import { Failure, type FailureType } from '../../domain/failures.js';
import type { ModelSpec } from '../../domain/sweep.js';
import type { ModelAnswer, ModelRequest } from '../../infra/models/model.js';
import { never, requestOf, specOf } from '../infra/models/specs.js';
import { REPLIES, startFaultServer, type FaultServer, type Reply } from '../support/fault-server.js';
import { STANDARD, type Host, type Said } from './model-hosts.js';

const KEY = 'sk-secret-0123+456/789abcdef';
const PROGRAM = '```python\ndef f():\n    return 1\n```\n';
const THOUGHT = 'I could write\n```python\ndef f():\n    return "thought"\n```\n';
const PRICED = { promptUsdPerMillion: 1e6, completionUsdPerMillion: 1e9 };

/** What every adapter of a host must do, against a server that answers and misbehaves as the real one does. */
export function modelContract(host: Host): void {
  let server: FaultServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  const ask = async (
    reply: Reply,
    changes: Partial<ModelSpec> = {},
    request: Partial<ModelRequest> = {},
    key = KEY,
  ): Promise<ModelAnswer> => {
    server = await startFaultServer({ reply: () => reply });
    const spec = specOf({ baseUrl: server.baseUrl, apiKeyEnv: 'MY_KEY', ...host.spec, ...changes });
    return host.open({ MY_KEY: key }).generate(requestOf(spec, request), never());
  };
  const said = (what: Said): Reply => raw(200, host.answer(what));
  const faultOf = async (reply: Reply, changes: Partial<ModelSpec> = {}): Promise<Failure> => {
    const error = await ask(reply, changes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    return error as Failure;
  };

  describe('a request', () => {
    test('says all that the spec says, in the words of the host, with the key in one header alone', async () => {
      await ask(said({ text: PROGRAM }), STANDARD.spec, STANDARD.request);
      const [received] = server?.received ?? [];
      expect(received?.body).toEqual(host.asked);
      expect(received?.path).toBe(host.path);
      expect(received?.key).toBe(STANDARD.request.key);
      const { [headerOf(received?.headers)]: held, ...others } = received?.headers ?? {};
      expect(held).toContain(KEY);
      expect(host.keyIn(received?.headers ?? {})).toBe(KEY);
      expect(JSON.stringify([others, received?.body, received?.path])).not.toContain(KEY);
    });

    test('goes without what the spec leaves out', async () => {
      const leaveOut = ['temperature', 'top_p', 'seed', 'stop', 'max_tokens'] as const;
      await ask(said({ text: PROGRAM }), { ...STANDARD.spec, leaveOut });
      const body = JSON.stringify(server?.received[0]?.body);
      expect(body).not.toMatch(/temperature|top_?p|seed|stop|max_?(output_?)?tokens|0\.5|0\.9|33/i);
    });

    test('asks a model to think', async () => {
      const { spec, asked } = host.reasoning;
      await ask(said({ text: PROGRAM }), { ...spec, leaveOut: ['temperature', 'top_p'] });
      expect(server?.received[0]?.body).toMatchObject(asked);
      expect(JSON.stringify(server?.received[0]?.body)).not.toMatch(/temperature|top_?p/i);
    });
  });

  describe('an answer', () => {
    test('comes with its end, tokens and the name that the host gives', async () => {
      const answer = await ask(said({ text: PROGRAM }));
      expect(answer).toMatchObject({ text: PROGRAM, finishReason: 'stop', model: 'served-1' });
      expect(answer).toMatchObject({ promptTokens: 11, completionTokens: 7 });
      expect(answer.ms).toBeGreaterThan(0);
    });

    test.each([
      '',
      'I would rather talk about the weather.',
      `${PROGRAM}${'# padding\n'.repeat(100_000)}`,
      'é\u2028"\\',
    ])('is a value, whatever it says (%#)', async (text) => expect((await ask(said({ text }))).text).toBe(text));

    test('that was cut off says so, and one that a filter stopped', async () => {
      expect((await ask(said({ text: 'def', finish: 'length' }))).finishReason).toBe('length');
      await server?.close();
      expect((await ask(said({ text: '', finish: 'filter' }))).finishReason).toMatch(/^(content-filter|refusal)$/);
      await server?.close();
      expect((await ask(said({ text: '', finish: 'refusal' }))).finishReason).toMatch(/^(content-filter|refusal)$/);
      await server?.close();
      expect((await ask(said({ text: 'x', finish: 'odd' }))).finishReason).toBe('other');
    });

    test.each(host.filtered)('that a filter stopped is an end and no fault: %d %j', async (status, body) => {
      const answer = await ask(raw(status, body));
      expect(answer.text).toBe('');
      expect(answer.finishReason).toMatch(/^(content-filter|refusal)$/);
      expect(answer.promptTokens).toBeGreaterThan(0);
    });

    test('never holds what the model thought', async () => {
      expect((await ask(said({ text: PROGRAM, thinking: THOUGHT }))).text).toBe(PROGRAM);
      await server?.close();
      const silent = await ask(said({ text: '', thinking: THOUGHT, finish: 'length' }));
      expect(silent).toMatchObject({ text: '', finishReason: 'length' });
    });
  });

  describe('what is counted', () => {
    const usage = { prompt: 100, cached: 40, written: host.tells.written ? 10 : 0, completion: 50, reasoning: 30 };

    test('the whole prompt and completion, and what of them was cached or thought', async () => {
      const answer = await ask(said({ text: PROGRAM, thinking: THOUGHT, usage }));
      expect(answer).toMatchObject({ promptTokens: 100, cachedTokens: 40, completionTokens: 50, reasoningTokens: 30 });
    });

    test('each kind of token at its price', async () => {
      const price = { ...PRICED, cachedUsdPerMillion: 1e5, cacheWriteUsdPerMillion: 2e6 };
      const answer = await ask(said({ text: PROGRAM, usage }), price);
      expect(answer.costUsd).toBeCloseTo(100 - 40 - usage.written + 4 + 2 * usage.written + 50_000, 6);
      await server?.close();
      expect((await ask(said({ text: PROGRAM, usage }), PRICED)).costUsd).toBeCloseTo(50_100, 6);
    });

    test('a price that nobody knows is unknown, not 0', async () => {
      expect((await ask(said({ text: PROGRAM }), { isUnpriced: true })).costUsd).toBeNull();
    });

    test('a host that does not count is counted at four characters a token, thinking included', async () => {
      const answer = await ask(said({ text: '12345678', thinking: 'x'.repeat(40), usage: null }));
      expect(answer).toMatchObject({ promptTokens: 2, completionTokens: 12 });
    });
  });

  describe('a fault', () => {
    const error = (status: number, headers: Record<string, string> = {}): Reply =>
      raw(status, host.error(status, 'no'), headers);

    test.each<[string, Reply, FailureType]>([
      ...([400, 404, 413, 422] as const).map((status) => row(`${status}`, error(status), 'ModelBadRequest')),
      ...([401, 402, 403] as const).map((status) => row(`${status}`, error(status), 'ModelAuth')),
      ...([408, 500, 502, 503, 504, 529] as const).map((status) => row(`${status}`, error(status), 'ModelUnavailable')),
      ['429', error(429), 'ModelRateLimited'],
      ['a redirect', raw(307, '', { location: 'http://127.0.0.1:1/' }), 'ModelBadResponse'],
      ['an HTML page', REPLIES.html, 'ModelBadResponse'],
      ['truncated JSON', { kind: 'raw', status: 200, body: '{"choices":[{"me' }, 'ModelBadResponse'],
      ['an empty body', { kind: 'raw', status: 200, body: '' }, 'ModelBadResponse'],
      ['null', raw(200, null), 'ModelBadResponse'],
      ['a list', raw(200, []), 'ModelBadResponse'],
      ['nothing of what is expected', raw(200, { ok: true }), 'ModelBadResponse'],
      ['more than 8 MiB', said({ text: 'x'.repeat(9 * 1024 * 1024) }), 'ModelBadResponse'],
      ['a reset', REPLIES.reset, 'ModelUnavailable'],
      ['an answer cut short', REPLIES.cut, 'ModelUnavailable'],
      ...host.wrapped.map(([body, type]) => row(`an error in a 200: ${JSON.stringify(body)}`, raw(200, body), type)),
    ])('%s', async (_name, reply, type) => expect((await faultOf(reply)).type).toBe(type));

    test.each(['hang', 'stall'] as const)('a host that goes silent (%s) is a time-out', async (name) => {
      expect((await faultOf(REPLIES[name], { timeoutMs: 60 })).type).toBe('ModelTimeout');
    });

    test('carries how long the host asks to wait, if it does', async () => {
      expect((await faultOf(error(429, { 'retry-after': '7' }))).retryAfterMs).toBe(7_000);
      await server?.close();
      expect((await faultOf(error(529, { 'retry-after': '3' }))).retryAfterMs).toBe(3_000);
      await server?.close();
      expect((await faultOf(error(429))).retryAfterMs).toBeNull();
    });

    test('an aborted request ends at once, with its reason, and the connection with it', async () => {
      server = await startFaultServer({ reply: () => REPLIES.stall });
      const spec = specOf({ baseUrl: server.baseUrl, ...host.spec });
      const abort = new AbortController();
      const asked = host.open({}).generate(requestOf(spec), abort.signal);
      while (server.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
      abort.abort(new Error('cancelled'));
      await expect(asked).rejects.toThrow('cancelled');
      while (server.abandoned() === 0) await new Promise((resolve) => setImmediate(resolve));
    });
  });

  describe('keys', () => {
    const forms = [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString('base64')];

    test.each([400, 401, 429, 500])('never come out of an error of status %d', async (status) => {
      const body = JSON.stringify(host.error(status, `You sent ${forms.join(' ')}`));
      const fault = await faultOf({ kind: 'raw', status, body: body.replace(KEY, escaped(KEY)) });
      const told = JSON.stringify([fault, fault.message, fault.stack, fault.cause]);
      for (const form of forms) expect(told).not.toContain(form);
      expect(fault.message).not.toContain(escaped(KEY));
      expect(fault.message).toContain('[key]');
    });

    test('never come out of an answer that is none', async () => {
      const fault = await faultOf({ kind: 'raw', status: 200, body: `<html>${KEY}</html>` });
      expect(fault.message).toContain('<html>[key]</html>');
    });

    test('never come out of an answer, however it is written', async () => {
      expect((await ask(said({ text: `a ${KEY} b` }))).text).toBe('a [key] b');
      await server?.close();
      const body = JSON.stringify(host.answer({ text: `a ${KEY} b` })).replace(KEY, escaped(KEY));
      expect((await ask({ kind: 'raw', status: 200, body })).text).toBe('a [key] b');
    });

    test('of a few letters, as hosts without keys are given, change no program', async () => {
      expect((await ask(said({ text: 'EMPTY = 1' }), {}, {}, 'EMPTY')).text).toBe('EMPTY = 1');
    });

    test('that are missing, or hold what no key holds, are told before anything is sent', async () => {
      for (const key of ['', 'two\nlines', 'schlüssel']) {
        await expect(ask(said({ text: 'x' }), {}, {}, key)).rejects.toMatchObject({ type: 'ModelAuth' });
        expect(server?.received).toHaveLength(0);
        await server?.close();
      }
    });

    test("of the provider go to no other host than the provider's", async () => {
      server = await startFaultServer({ reply: () => said({ text: 'x' }) });
      const spec = specOf({ baseUrl: server.baseUrl, ...host.spec });
      const env = { OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY, GEMINI_API_KEY: KEY };
      await host.open(env).generate(requestOf(spec), never());
      expect(JSON.stringify(server.received[0]?.headers)).not.toContain(KEY);
    });
  });
}

function raw(status: number, body: unknown, headers?: Record<string, string>): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'raw', status, body: text, ...(headers === undefined ? {} : { headers }) };
}

function row(name: string, reply: Reply, type: FailureType): [string, Reply, FailureType] {
  return [name, reply, type];
}

/** As JSON may write any text. */
function escaped(text: string): string {
  return text.replaceAll(/./g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

/** The header that holds the key. */
function headerOf(headers: object | undefined): string {
  return Object.entries(headers ?? {}).find(([, value]) => String(value).includes(KEY))?.[0] ?? '';
}
