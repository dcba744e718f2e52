import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../infra/errors.js';
import type { ToolContext } from '../../../infra/tools/install.js';
import type { Progress } from '../../../infra/tools/progress-bar.js';
import { ensureWheelFile } from '../../../infra/tools/wheel.js';
import { callInChild } from '../../support/child.js';
import { buildWheel, pipEnv, startPackageIndex, type BuiltWheel, type PackageIndex } from './package-index.js';

// Other tests may use the same cores.
jest.setTimeout(180_000);

let root: string;
let home: string;
let wheel: BuiltWheel;
let index: PackageIndex;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wheel-test-'));
  writeFileSync(join(root, 'data'), 'the data');
  wheel = await buildWheel('some-data', '1.2.0', { 'some_data/data.txt': join(root, 'data') });
});
beforeEach(async () => {
  index = await startPackageIndex([wheel]);
  home = await mkdtemp(join(root, 'home-'));
});
afterEach(() => index.close());
afterAll(() => rm(root, { recursive: true }));

function ensure(changes: Partial<ToolContext> = {}, pin = wheel.pin): Promise<string> {
  const ctx = { home, env: index.env, hint: 'Get it elsewhere.', ...changes };
  return ensureWheelFile(pin, 'some_data/data.txt', join(home, 'data.txt'), ctx);
}

async function errorOf(asked: Promise<string>): Promise<UserError> {
  const error = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

test('a file of a wheel is fetched once, and nothing else stays', async () => {
  const seen: Progress[] = [];
  const path = await ensure({ onProgress: (progress) => seen.push(progress) });
  expect(readFileSync(path, 'utf8')).toBe('the data');
  expect(readdirSync(home)).toEqual(['data.txt']);
  expect(seen.at(-1)).toEqual({ what: 'some-data 1.2.0', done: wheel.pin.bytes, total: wheel.pin.bytes });
  await ensure();
  expect(index.sent).toEqual([wheel.file]);
});

test('two processes that ask at the same time fetch it once', async () => {
  const args = [wheel.pin, 'some_data/data.txt', join(home, 'data.txt'), { home, hint: '' }];
  const calls = [1, 2].map(() => callInChild('infra/tools/wheel.ts', 'ensureWheelFile', args, { env: index.env }));
  expect(await Promise.all(calls.map(({ result }) => result))).toEqual([args[2], args[2]]);
  expect(index.sent).toEqual([wheel.file]);
});

test('a wheel with another content is refused', async () => {
  const error = await errorOf(ensure({}, { ...wheel.pin, sha256: '0'.repeat(64) }));
  expect(error).toMatchObject({ exitCode: 3, hint: 'Get it elsewhere.' });
  expect(error.message).toMatch(
    /data.txt is not installed.*\n {2}wheel some-data 1\.2\.0: ERROR: THESE PACKAGES DO NOT MATCH THE HASHES/,
  );
});

test('without a package index the error says what was tried', async () => {
  const error = await errorOf(ensure({ env: pipEnv(9) }));
  expect(error.exitCode).toBe(3);
  expect(error.message).toContain('wheel some-data 1.2.0: ');
});

test('without pip the error says what to install', async () => {
  const bin = await mkdtemp(join(root, 'bin-'));
  writeFileSync(join(bin, 'python3'), '#!/bin/sh\necho "$0: No module named pip" >&2\nexit 1\n', { mode: 0o755 });
  const error = await errorOf(ensure({ env: { PATH: `${bin}:/usr/bin:/bin` } }));
  expect(error.message).toContain('pip is missing: apt install python3-pip');
});

test('without Python the error says what to install', async () => {
  const error = await errorOf(ensure({ env: { PATH: '/nonexistent' } }));
  expect(error.message).toContain('python3 is missing: apt install python3 python3-pip');
});

test('what a killed process left does no harm', async () => {
  const broken = await startPackageIndex([wheel]);
  broken.withhold('some-data');
  const args = [wheel.pin, 'some_data/data.txt', join(home, 'data.txt'), { home, hint: '' }];
  const { child } = callInChild('infra/tools/wheel.ts', 'ensureWheelFile', args, { env: broken.env });
  while (!readdirSync(home).includes('data.txt.partial')) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await broken.close();
  expect(readFileSync(await ensure(), 'utf8')).toBe('the data');
  expect(readdirSync(home)).toEqual(['data.txt']);
});

test('a home that cannot be written is told, with the cure', async () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  const ctx = { home, env: index.env, hint: '' };
  const error = await errorOf(ensureWheelFile(wheel.pin, 'some_data/data.txt', join(file, 'below', 'data.txt'), ctx));
  expect(error).toMatchObject({ exitCode: 3, hint: 'Choose a home folder that you may write to: --home DIR' });
});
