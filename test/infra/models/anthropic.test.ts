import { afterEach, expect, test } from '@jest/globals';
import type { ModelSpec } from '../../../domain/sweep.js';
import { anthropic } from '../../../infra/models/anthropic.js';
import { parseAnthropicMessage } from '../../../infra/parse/anthropic-answer.js';
import { HOSTS, STANDARD } from '../../contracts/model-hosts.js';
import { startFaultServer, type FaultServer } from '../../support/fault-server.js';
import { never, requestOf, specOf } from './specs.js';

let server: FaultServer | undefined;
afterEach(() => server?.close());

/** The body of a request in several turns. */
async function bodyOf(changes: Partial<ModelSpec>): Promise<Readonly<Record<string, unknown>>> {
  const host = HOSTS.find(({ name }) => name === 'Anthropic');
  const body = JSON.stringify(host?.answer({ text: 'x' }));
  server = await startFaultServer({ reply: () => ({ kind: 'raw', status: 200, body }) });
  const spec = specOf({ id: 'anthropic:m', baseUrl: server.baseUrl, ...changes });
  await anthropic({}).generate(requestOf(spec, STANDARD.request), never());
  return server.received[0]?.body ?? {};
}

test('the prompt is marked for the cache at its end, where the sweep asks for it alone', async () => {
  const { messages } = await bodyOf({ promptCache: true });
  expect(messages).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Write f.' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'pass' }] },
    { role: 'user', content: [{ type: 'text', text: 'Again.', cache_control: { type: 'ephemeral' } }] },
  ]);
  await server?.close();
  expect(JSON.stringify(await bodyOf({}))).not.toContain('cache_control');
});

test('of temperature and top_p only one is sent unless both say something', async () => {
  const body = await bodyOf({ temperature: 0 });
  expect(body).toMatchObject({ temperature: 0 });
  expect(body).not.toHaveProperty('top_p');
});

test('effort lets the model choose how long it thinks', async () => {
  const body = await bodyOf({ reasoning: { effort: 'medium' } });
  expect(body).toMatchObject({ thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } });
});

test('how much of an answer was thinking is not known where the host does not say', () => {
  const usage = { input_tokens: 9, output_tokens: 50 };
  const content = [{ type: 'thinking', thinking: 'A summary.', signature: 'x' }];
  expect(parseAnthropicMessage(JSON.stringify({ content, stop_reason: 'max_tokens', usage }))).toMatchObject({
    usage: { completionTokens: 50, reasoningTokens: null },
  });
});

test('only blocks of text are what it says', () => {
  const content = [
    { type: 'text', text: 'a' },
    { type: 'something_new', text: 'thought' },
    { type: 'text', text: 'b' },
  ];
  expect(parseAnthropicMessage(JSON.stringify({ content, stop_reason: 'end_turn' }))).toMatchObject({ text: 'ab' });
});
