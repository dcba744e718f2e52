import { describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelSpec } from '../../../domain/sweep.js';
import { priceOf, readPrices } from '../../../infra/models/prices.js';
import { temporaryHomes } from '../store/home.js';
import { specOf } from './specs.js';

const hosted = (changes: Partial<ModelSpec> = {}): ModelSpec => specOf({ id: 'openai:gpt-4.1-mini', ...changes });
const prompt = (spec: ModelSpec, table = {}): number | undefined => priceOf(spec, table)?.promptUsdPerMillion;
const price = (promptUsdPerMillion: number) => ({ promptUsdPerMillion, completionUsdPerMillion: 1 });

describe('what a model costs', () => {
  test("is what the sweep says, before the user's prices, before the list", () => {
    const table = { 'openai:gpt-4.1-mini': price(3) };
    expect(prompt(hosted({ promptUsdPerMillion: 5 }), table)).toBe(5);
    expect(prompt(hosted(), table)).toBe(3);
    expect(prompt(hosted())).toBe(0.4);
  });

  test('can be said to be nothing', () => {
    expect(prompt(hosted({ isFree: true }), { 'openai:gpt-4.1-mini': price(3) })).toBe(0);
  });

  test('can be said for one setting of a model, by its label', () => {
    expect(prompt(hosted({ label: 'batch' }), { batch: price(1), 'openai:gpt-4.1-mini': price(3) })).toBe(1);
  });

  test('is the same for the dated names of a model, and for no other', () => {
    expect(prompt(hosted({ id: 'openai:gpt-4.1-mini-2025-04-14' }))).toBe(0.4);
    expect(prompt(hosted({ id: 'anthropic:claude-sonnet-4-20250514' }))).toBe(3);
    expect(priceOf(hosted({ id: 'openai:gpt-4.1-mini-audio' }), {})).toBeNull();
    // But for one that had a price of its own.
    expect([
      prompt(hosted({ id: 'openai:gpt-4o-2024-08-06' })),
      prompt(hosted({ id: 'openai:gpt-4o-2024-05-13' })),
    ]).toEqual([2.5, 5]);
  });

  test('is not known for a host elsewhere that wants a key: list prices are those of the provider', () => {
    expect(priceOf(hosted({ baseUrl: 'https://host.example/v1', apiKeyEnv: 'KEY' }), {})).toBeNull();
  });

  test.each([
    specOf({ id: 'embedded:qwen2.5-coder-0.5b' }),
    specOf({ id: 'replay:file.jsonl' }),
    hosted({ baseUrl: 'http://127.0.0.1:8000/v1' }),
  ])('is nothing where no key is asked for: $id', (spec) => expect(prompt(spec)).toBe(0));
});

describe('prices.yaml', () => {
  const newHome = temporaryHomes();
  const homeWith = async (text: string): Promise<string> => {
    const home = newHome();
    await writeFile(join(home, 'prices.yaml'), text);
    return home;
  };

  test('holds prices as sweep files do', async () => {
    const home = await homeWith('openai:gpt-x: { prompt: 1, completion: 2, cached: 0.1, cache_write: 1.25 }\n');
    expect((await readPrices(home))['openai:gpt-x']).toEqual({
      promptUsdPerMillion: 1,
      completionUsdPerMillion: 2,
      cachedUsdPerMillion: 0.1,
      cacheWriteUsdPerMillion: 1.25,
    });
  });

  test('need not be there, nor hold anything', async () => {
    expect(await readPrices('/nonexistent')).toEqual({});
    expect(await readPrices(await homeWith('# nothing yet\n'))).toEqual({});
  });

  test.each(['openai:gpt-x: { prompt: 1 }', 'openai:gpt-x: 3', '- a', 'a: {prompt: -1, completion: 0}', 'a: ['])(
    'is refused with its place and the cure: %s',
    async (text) => {
      const error: unknown = await readPrices(await homeWith(text)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ exitCode: 2, hint: expect.stringContaining('prompt: 0.40') });
      expect((error as Error).message).toContain('prices.yaml');
    },
  );
});
