import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { array, assert, asyncProperty, oneof, constant, string } from 'fast-check';
import { gzipped, joined } from '../../infra/pieces.js';

const texts = array(oneof(string({ unit: 'grapheme' }), constant('line ä\u2028\n'.repeat(60_000))), { maxLength: 12 });

/** What an iterable gives, and what it throws at its end. */
async function taken<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

test('pieces are the text: none is empty, all but the last are large, and none is more than a part larger than it has to be', async () => {
  await assert(
    asyncProperty(texts, async (parts) => {
      const pieces = await taken(joined(parts));
      expect(pieces.join('')).toBe(parts.join(''));
      const longest = Math.max(0, ...parts.map(({ length }) => length));
      for (const [at, { length }] of pieces.entries()) {
        expect(length).toBeGreaterThanOrEqual(at === pieces.length - 1 ? 1 : 2 ** 20);
        expect(length).toBeLessThan(2 ** 20 + longest + 1);
      }
    }),
    { numRuns: 40 },
  );
});

test('what is packed in pieces comes out as one text', async () => {
  await assert(
    asyncProperty(texts, async (parts) => {
      const packed = Buffer.concat(await taken(gzipped(joined(parts))));
      expect(gunzipSync(packed).toString()).toBe(parts.join(''));
    }),
    { numRuns: 20 },
  );
});

test('whoever reads what is packed is thrown what the making of it threw', async () => {
  const fault = new Error('no more of it');
  async function* broken(): AsyncGenerator<string> {
    yield 'a beginning';
    await Promise.resolve();
    throw fault;
  }
  await expect(taken(gzipped(broken()))).rejects.toBe(fault);
});
