import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lastAnswerAt, openAnswerStore } from '../../../infra/store/answers.js';
import { temporaryHomes } from './home.js';

const newHome = temporaryHomes();
const answer = {
  requestSha256: 'a'.repeat(64),
  completionSha256: 'b'.repeat(64),
  finishReason: 'stop' as const,
  promptTokens: 12,
  completionTokens: 34,
  costUsd: 0.001,
  ms: 250.5,
  model: 'some-model',
  storedAt: 1_700_000_000_000,
};

function onlyFile(home: string): string {
  const root = join(home, 'sweeps', 'demo', 'answers');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  expect(files).toHaveLength(1);
  return join(root, files[0] ?? '');
}

describe('the answers of a sweep', () => {
  test('are found by their key, in a later process too', async () => {
    const home = newHome();
    await openAnswerStore(home, 'demo').save('demo/starter/a b/0/a1', answer);
    const store = openAnswerStore(home, 'demo');
    expect(await store.find('demo/starter/a b/0/a1')).toEqual({ key: 'demo/starter/a b/0/a1', ...answer });
    expect(await store.find('demo/starter/a b/0/a2')).toBeNull();
    expect(await openAnswerStore(home, 'other').find('demo/starter/a b/0/a1')).toBeNull();
  });

  test('say when the newest of them came, and nothing where there is none', async () => {
    const home = newHome();
    expect(await lastAnswerAt(home, 'demo')).toBeNull();
    const store = openAnswerStore(home, 'demo');
    const before = Date.now() - 20;
    for (const key of ['a', 'b', 'c', 'd']) await store.save(key, answer);
    const after = Date.now() + 20;
    const last = await lastAnswerAt(home, 'demo');
    expect(last).toBeGreaterThanOrEqual(before);
    expect(last).toBeLessThanOrEqual(after);
    expect(await lastAnswerAt(home, 'other')).toBeNull();

    const old = new Date(before - 60_000);
    const root = join(home, 'sweeps', 'demo', 'answers');
    for (const folder of readdirSync(root)) utimesSync(join(root, folder), old, old);
    expect(await lastAnswerAt(home, 'demo')).toBeCloseTo(old.getTime(), 0);
    await store.save('e', answer);
    expect(await lastAnswerAt(home, 'demo')).toBeGreaterThanOrEqual(before);
  });

  test('count as absent at every cut of their file, and can be saved again', async () => {
    const home = newHome();
    const store = openAnswerStore(home, 'demo');
    await store.save('key', answer);
    const path = onlyFile(home);
    const whole = readFileSync(path);
    for (let cut = 0; cut < whole.length - 1; cut += 1) {
      writeFileSync(path, whole.subarray(0, cut));
      expect(await store.find('key')).toBeNull();
    }
    await store.save('key', answer);
    expect(await store.find('key')).toMatchObject(answer);
  });

  test('are not believed if their fields are wrong or of another key', async () => {
    const home = newHome();
    const store = openAnswerStore(home, 'demo');
    await store.save('key', answer);
    const path = onlyFile(home);
    for (const wrong of [{ ...answer, key: 'other' }, { ...answer, key: 'key', promptTokens: -1 }, null, [], 'text']) {
      writeFileSync(path, JSON.stringify(wrong));
      expect(await store.find('key')).toBeNull();
    }
    truncateSync(path);
    expect(await store.find('key')).toBeNull();
  });
});
