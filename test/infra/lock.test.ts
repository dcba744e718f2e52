import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { acquireLock } from '../../infra/lock.js';
import { callInChild } from '../support/child.js';

test('is held by one at a time', async () => {
  const name = randomUUID();
  const first = await acquireLock(name);
  expect(first).not.toBeNull();
  expect(await acquireLock(name)).toBeNull();
  const other = await acquireLock(randomUUID());
  expect(other).not.toBeNull();
  await first?.release();
  const second = await acquireLock(name);
  expect(second).not.toBeNull();
  await Promise.all([second?.release(), other?.release()]);
});

test('who waits for it gets it, one after the other', async () => {
  const name = randomUUID();
  let holders = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    const lock = await acquireLock(name, { wait: true });
    holders += 1;
    most = Math.max(most, holders);
    await new Promise((resolve) => setImmediate(resolve));
    holders -= 1;
    await lock?.release();
  };
  await Promise.all(Array.from({ length: 25 }, work));
  expect(most).toBe(1);
});

test('waiting ends with the signal, and leaves nothing behind', async () => {
  const name = randomUUID();
  const holder = await acquireLock(name);
  const abort = new AbortController();
  const waiting = acquireLock(name, { wait: true, signal: abort.signal });
  setImmediate(() => abort.abort(new Error('given up')));
  await expect(waiting).rejects.toThrow('given up');
  await holder?.release();
  const next = await acquireLock(name);
  expect(next).not.toBeNull();
  await next?.release();
});

test('a lock is seen from another process, and free once that was killed', async () => {
  const name = randomUUID();
  const { child, result } = callInChild('infra/lock.ts', 'acquireLock', [name], { stay: true });
  expect(await result).not.toBeNull();
  expect(await acquireLock(name)).toBeNull();
  const waiting = acquireLock(name, { wait: true });
  child.kill('SIGKILL');
  const lock = await waiting;
  expect(lock).not.toBeNull();
  await lock?.release();
});

test('a holder that has nothing else to do ends', async () => {
  const { child, result } = callInChild('infra/lock.ts', 'acquireLock', [randomUUID()]);
  expect(await result).not.toBeNull();
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
});
