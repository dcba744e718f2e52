import { createHash } from 'node:crypto';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openBlobStore } from '../../../infra/store/blobs.js';
import { temporaryHomes } from './home.js';

const newHome = temporaryHomes();
const blobFile = (home: string, hash: string): string => join(home, 'store', hash.slice(0, 2), hash.slice(2));

describe('a blob store', () => {
  test('gives every text back under its SHA-256', async () => {
    const store = openBlobStore(newHome());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 5_000 }), async (text) => {
        const hash = await store.put(text);
        expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
        expect(await store.get(hash)).toBe(text);
        expect(await store.has(hash)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('keeps one file of a text that many store at once', async () => {
    const home = newHome();
    const stores = Array.from({ length: 20 }, () => openBlobStore(home));
    const hashes = new Set(await Promise.all(stores.map((store) => store.put('same'))));
    expect(hashes.size).toBe(1);
    expect(readdirSync(join(home, 'store'), { recursive: true })).toHaveLength(2);
  });

  test('tells a missing and a damaged blob by name, and a put makes it whole', async () => {
    const home = newHome();
    const store = openBlobStore(home);
    const absent = 'f'.repeat(64);
    expect(await store.has(absent)).toBe(false);
    await expect(store.get(absent)).rejects.toMatchObject({
      type: 'StoreUnavailable',
      message: expect.stringMatching(/ff\/f+ is missing/),
    });
    const hash = await store.put('a text');
    truncateSync(blobFile(home, hash), 3);
    await expect(store.get(hash)).rejects.toMatchObject({
      type: 'StoreUnavailable',
      message: expect.stringContaining(`${blobFile(home, hash)} is damaged`),
    });
    await store.put('a text');
    expect(await store.get(hash)).toBe('a text');
  });

  test('creates nothing before its first put', async () => {
    const home = newHome();
    const store = openBlobStore(home);
    expect(await store.sweepTemp()).toBe(0);
    expect(readdirSync(home)).toEqual([]);
  });

  test('says where it cannot store', async () => {
    const home = newHome();
    writeFileSync(join(home, 'store'), 'a file in the way');
    await expect(openBlobStore(home).put('x')).rejects.toMatchObject({
      type: 'StoreUnavailable',
      message: expect.stringContaining(join(home, 'store')),
    });
  });
});
