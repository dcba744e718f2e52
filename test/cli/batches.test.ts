import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { BatchWriter } from '../../cli/batches.js';
import { inParallel } from '../../infra/in-parallel.js';
import type { BlobStore } from '../../infra/store/blobs.js';
import { sha256 } from '../../infra/store/digest.js';

/** A store that takes as many turns for each text, one after the other, as it is told. */
function slowStore(turns: readonly number[]): { blobs: BlobStore; texts: Map<string, string> } {
  const texts = new Map<string, string>();
  let puts = 0;
  const put = async (text: string): Promise<string> => {
    const wait = turns[puts % turns.length] ?? 0;
    puts += 1;
    for (let turn = 0; turn < wait; turn += 1) await nextTurn();
    texts.set(sha256(text), text);
    return sha256(text);
  };
  const unused = (): Promise<never> => Promise.reject(new Error('not asked for'));
  return { texts, blobs: { put, get: unused, has: unused, sweepTemp: unused } };
}

async function* oneByOne<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    await nextTurn();
    yield item;
  }
}

test('batches do not depend on which of their texts is stored first, and hold every item once, in order', async () => {
  const items = fc.array(fc.constantFrom('base', 'data'), { maxLength: 40 });
  const turns = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(items, turns, fc.integer({ min: 1, max: 8 }), async (environments, turns, width) => {
      const written = async (blobs: BlobStore, width: number) => {
        const writer = new BatchWriter<number>(blobs, 3);
        await inParallel(oneByOne([...environments.entries()]), width, ([at, each]) => writer.add(each, at, 1));
        return writer.end(() => ({ digest: '', interpreter: '' }));
      };
      const { blobs, texts } = slowStore(turns);
      const batches = await written(blobs, width);
      expect(batches).toEqual(await written(slowStore([0]).blobs, 1));
      for (const environment of ['base', 'data']) {
        const held = batches.filter((batch) => batch.environment === environment);
        const stored = held.flatMap(({ sha256: hash }) => JSON.parse(texts.get(hash) ?? '') as number[]);
        expect(stored).toEqual([...environments.entries()].flatMap(([at, each]) => (each === environment ? [at] : [])));
        expect(held.reduce((sum, { programs }) => sum + programs, 0)).toBe(stored.length);
      }
    }),
  );
});
