import { describe, expect, jest, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileOrHub } from '../../../infra/datasets/hub.js';
import type { Manner } from '../tools/file-server.js';
import {
  content,
  sha256,
  gitId,
  REVISION,
  file,
  serve,
  home,
  start,
  environment,
  target,
  ensure,
  expectWhole,
  errorOf,
} from './hub-home.js';

// Other tests may use the same cores.
jest.setTimeout(180_000);

describe('the content of a file', () => {
  const hashed = (etag: string): Manner => ({ kind: 'serve', headers: { etag } });

  test.each([
    ['the SHA-256 that the hub says', `"${sha256}"`],
    ['the git id that the hub says', `W/"${gitId}"`],
  ])('a file is held against %s, and from then on against its own', async (_name, etag) => {
    const hub = await start([hashed(etag)]);
    await expectWhole(ensure(file, environment(hub)));
    expect(readFileSync(`${target()}.sha256`, 'utf8')).toBe(`${sha256}\n`);
    // Someone changes it: it is fetched anew, and another one is not taken for it.
    writeFileSync(target(), 'changed');
    await expectWhole(ensure(file, environment(hub)));
    writeFileSync(target(), 'changed');
    const other = await start([serve], Buffer.from('another file'));
    const error = await errorOf(ensure(file, environment(other)));
    expect(error.message).toContain(`instead of ${sha256}`);
  });

  test.each([`"${'0'.repeat(64)}"`, `"${'0'.repeat(40)}"`])(
    'a file that is not what %s says is not kept',
    async (etag) => {
      const hub = await start([hashed(etag)]);
      expect((await errorOf(ensure(file, environment(hub)))).message).toContain('not what was expected');
      expect(existsSync(target())).toBe(false);
    },
  );

  test('the hash counts that the hub says, not what its store says', async () => {
    const store = await start([hashed(`"${sha256}"`)]);
    const headers = { 'x-linked-etag': `"${'0'.repeat(64)}"` };
    const hub = await start([{ kind: 'redirect', to: store.url, headers }]);
    expect((await errorOf(ensure(file, environment(hub)))).message).toContain(`instead of ${'0'.repeat(64)}`);
  });

  test('a part that an earlier process left is not gone on with', async () => {
    mkdirSync(dirname(target()), { recursive: true });
    writeFileSync(`${target()}.part`, 'of another file');
    const hub = await start([serve]);
    await expectWhole(ensure(file, environment(hub)));
    expect(hub.ranges).toEqual(['']);
  });
});

describe("the cache of the hub's own client", () => {
  const cache = (blob: string, body: Buffer): Record<string, string> => {
    const folder = join(home, 'hf', 'hub', 'datasets--some--data');
    const link = join(folder, 'snapshots', REVISION, 'test', 'rows.jsonl');
    mkdirSync(join(folder, 'blobs'), { recursive: true });
    mkdirSync(dirname(link), { recursive: true });
    writeFileSync(join(folder, 'blobs', blob), body);
    symlinkSync(join(folder, 'blobs', blob), link);
    return environment('http://127.0.0.1:9');
  };

  test.each([
    ['large', sha256],
    ['small', gitId],
  ])('a file that fits is taken: a %s one', async (_name, blob) => {
    await expectWhole(ensure(file, { ...cache(blob, content), HF_HUB_OFFLINE: '1' }));
  });

  test('a file that does not fit is passed over', async () => {
    const hub = await start([serve]);
    const env = { ...cache('0'.repeat(64), Buffer.from('damaged')), HF_ENDPOINT: new URL(hub.url).origin };
    await expectWhole(ensure(file, env));
  });

  test('a file that is not the one that was there before is passed over, whatever the cache calls it', async () => {
    const hub = await start([serve]);
    await expectWhole(ensure(file, environment(hub)));
    writeFileSync(target(), 'changed');
    const other = Buffer.from('another file');
    const name = createHash('sha256').update(other).digest('hex');
    const again = await start([serve]);
    await expectWhole(ensure(file, { ...cache(name, other), HF_ENDPOINT: new URL(again.url).origin }));
    expect(again.requests).toHaveLength(1);
  });
});

describe('the file of a suite', () => {
  const source = { suite: 'some', repository: 'some/data', path: 'test/rows.jsonl' };

  test('is the one that the user named, else that of the commit that they named', async () => {
    const hub = await start([serve]);
    const ctx = { home, env: environment(hub), revision: REVISION };
    expect(await fileOrHub(source, { ...ctx, file: '/mine.jsonl' })).toBe('/mine.jsonl');
    expect(hub.requests).toEqual([]);
    expect(await fileOrHub(source, { ...ctx, file: null })).toBe(target());
  });

  test('is asked for where neither was named', async () => {
    const error = await errorOf(fileOrHub(source, { home, file: null }));
    expect([error.exitCode, error.message]).toEqual([2, expect.stringContaining('some/data')]);
    expect(error.hint).toMatch(/`file`.*rows\.jsonl.*`revision`/);
  });
});
