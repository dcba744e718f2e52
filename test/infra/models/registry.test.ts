import { describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkModel, describeModels, openModels } from '../../../infra/models/registry.js';
import { REPLIES, startFaultServer } from '../../support/fault-server.js';
import { temporaryHomes } from '../store/home.js';
import { never, requestOf, specOf } from './specs.js';

const newHome = temporaryHomes();
const ctx = { home: '/nonexistent', env: {}, ownerEnv: {} };

describe('a model that can be told to be wrong before a sweep starts', () => {
  test.each([
    ['nobody:x', 'There is no model "nobody:x"'],
    ['embedded:gpt-9', 'There is no model "embedded:gpt-9"'],
    ['openai:', 'There is no model "openai:"'],
    ['gpt-4', 'There is no model "gpt-4"'],
    ['openai:gpt-x', 'OPENAI_API_KEY is not set'],
    ['anthropic:claude-x', 'ANTHROPIC_API_KEY is not set'],
    ['gemini:gemini-x', 'GEMINI_API_KEY is not set'],
    ['gemini:', 'There is no model "gemini:"'],
    ['replay:/no/such/file.jsonl', 'there is no file /no/such/file.jsonl'],
  ])('%s', (id, message) => {
    const error = checkModel(specOf({ id }), {});
    expect(error?.message).toContain(message);
    expect(error?.exitCode).toBe(2);
    expect(error?.hint).not.toBe('');
  });

  test('an empty key is no key', () => {
    expect(checkModel(specOf({ id: 'openai:x' }), { OPENAI_API_KEY: '' })).not.toBeNull();
  });

  test('the key that the spec names is the one that is missed', () => {
    const spec = specOf({ id: 'openai:x', baseUrl: 'http://localhost/v1', apiKeyEnv: 'LOCAL_KEY' });
    expect(checkModel(spec, { OPENAI_API_KEY: 'x' })?.message).toContain('LOCAL_KEY');
  });
});

test.each([
  ['embedded:qwen2.5-coder-0.5b', {}, {}],
  ['openai:x', {}, { OPENAI_API_KEY: 'k' }],
  ['anthropic:x', {}, { ANTHROPIC_API_KEY: 'k' }],
  ['gemini:x', { apiKeyEnv: 'OTHER' }, { OTHER: 'k' }],
  ['anthropic:x', { baseUrl: 'http://localhost:8000/v1' }, {}],
  ['openai:x', { baseUrl: 'http://localhost:8000/v1' }, {}],
])('%s is fine', (id, changes, env) => {
  expect(checkModel(specOf({ id, ...changes }), env)).toBeNull();
});

test('an unknown model is refused with what there is', () => {
  expect(() => openModels(ctx).get(specOf({ id: 'nobody:x' }))).toThrow('There is no model "nobody:x"');
  expect(describeModels().map(({ id }) => id)).toContain('embedded:qwen2.5-coder-1.5b');
});

test('a model answers within its own limits', async () => {
  let replied = 0;
  let most = 0;
  const server = await startFaultServer({
    delayMs: 20,
    reply: () => {
      most = Math.max(most, server.received.length - replied);
      replied += 1;
      return REPLIES.ok;
    },
  });
  try {
    const models = openModels(ctx);
    const spec = specOf({ baseUrl: server.baseUrl, concurrency: 2 });
    const asked = Array.from({ length: 6 }, (_, index) =>
      models.get(spec).generate(requestOf(spec, { key: `k${index}` }), never()),
    );
    await Promise.all(asked);
    expect(Object.values(server.counts())).toEqual([1, 1, 1, 1, 1, 1]);
    expect(most).toBe(2);
    await models.close();
  } finally {
    await server.close();
  }
});

test('a replay file answers through the registry', async () => {
  const file = join(newHome(), 'answers.jsonl');
  await writeFile(file, '{"match":"Write","completion":"pass"}\n');
  const models = openModels(ctx);
  const spec = specOf({ id: `replay:${file}` });
  expect((await models.get(spec).generate(requestOf(spec), never())).text).toBe('pass');
  await models.close();
});
