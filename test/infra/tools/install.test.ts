import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../infra/errors.js';
import { ensureArtefact, type Source } from '../../../infra/tools/install.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'install-'));
});
afterAll(() => rm(home, { recursive: true }));

function failing(name: string, error: Error): Source {
  return { name, install: () => Promise.reject(error) };
}

function ensure(name: string, sources: readonly Source[], signal?: AbortSignal): Promise<void> {
  const artefact = { what: 'the thing', target: join(home, name), hint: 'Install the thing.' };
  return ensureArtefact(artefact, sources, { home, signal });
}

async function errorOf(asked: Promise<void>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('sources are tried in order until one succeeds', async () => {
  const tried: string[] = [];
  const source = (name: string, isGood: boolean): Source => ({
    name,
    install: async () => {
      tried.push(name);
      if (!isGood) throw new Error('no');
      await writeFile(join(home, 'a'), '');
    },
  });
  await ensure('a', [source('one', false), source('two', true), source('three', true)]);
  await ensure('a', [source('four', true)]);
  expect(tried).toEqual(['one', 'two']);
});

test('each source gives its reason in a line, hidden causes included', async () => {
  const lost = new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND host') });
  const error = await errorOf(ensure('b', [failing('one', lost), failing('two', new Error('first\n  second'))]));
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({
    exitCode: 3,
    hint: 'Install the thing.',
    message:
      'the thing is not installed and could not be fetched:\n  one: fetch failed (getaddrinfo ENOTFOUND host)\n  two: first second',
  });
});

test('a full disk is no reason to install anything', async () => {
  const full = new Error('ENOSPC: no space left on device, write');
  expect(await errorOf(ensure('c', [failing('one', full)]))).toMatchObject({
    hint: expect.stringContaining('The disk is full'),
  });
});

test('after a cancel no further source is tried', async () => {
  const abort = new AbortController();
  const cancelled: Source = {
    name: 'one',
    install: () => {
      abort.abort(new Error('cancelled'));
      return Promise.reject(new Error('aborted'));
    },
  };
  const second = failing('two', new Error('tried'));
  expect(await errorOf(ensure('d', [cancelled, second], abort.signal))).toMatchObject({ message: 'cancelled' });
});
