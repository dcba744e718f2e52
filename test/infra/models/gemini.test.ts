import { afterEach, expect, test } from '@jest/globals';
import { gemini } from '../../../infra/models/gemini.js';
import { startFaultServer, type FaultServer } from '../../support/fault-server.js';
import { never, requestOf, specOf } from './specs.js';

let server: FaultServer | undefined;
afterEach(() => server?.close());

const answer = { candidates: [{ content: { parts: [{ text: 'x' }] }, finishReason: 'STOP' }] };

async function ask(status: number, body: unknown, extra: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  server = await startFaultServer({ reply: () => ({ kind: 'raw', status, body: JSON.stringify(body) }) });
  const spec = specOf({ id: 'gemini:m', baseUrl: server.baseUrl, extra, reasoning: { effort: 'low' } });
  return gemini({}).generate(requestOf(spec), never());
}

test('what the sweep adds to the configuration stands beside what is there', async () => {
  await ask(200, answer, { generationConfig: { topK: 1 }, safetySettings: [] });
  expect(server?.received[0]?.body).toMatchObject({
    generationConfig: { topK: 1, maxOutputTokens: 64, thinkingConfig: { thinkingLevel: 'low' } },
    safetySettings: [],
  });
});

test('a wrong key is told as one, though its status is that of a bad request', async () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }];
  const error = { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT', details };
  await expect(ask(400, { error })).rejects.toMatchObject({ type: 'ModelAuth' });
});

test('how long to wait is taken from the body', async () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37.5s' }];
  const error = { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED', details };
  await expect(ask(429, { error })).rejects.toMatchObject({ type: 'ModelRateLimited', retryAfterMs: 37_500 });
});
