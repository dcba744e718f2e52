import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadFile, type Download } from '../../../infra/tools/download.js';
import type { Progress } from '../../../infra/tools/progress-bar.js';
import { callInChild } from '../../support/child.js';
import { someBytes, startFileServer, type FileServer, type Manner } from './file-server.js';

const SIZE = 400_000;
const content = someBytes(SIZE);
// Other tests may use the same cores.
jest.setTimeout(180_000);

let folder: string;
let server: FileServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'download-'));
});

afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
});

async function from(manners: readonly Manner[], changes: Partial<Download> = {}): Promise<Download> {
  server = await startFileServer(content, ...manners);
  return {
    url: server.url,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: SIZE,
    to: join(folder, 'file'),
    what: 'file',
    ...changes,
  };
}

function expectWhole({ to }: Download): void {
  expect(readFileSync(to).equals(content)).toBe(true);
  expect(existsSync(`${to}.part`)).toBe(false);
}

const serve: Manner = { kind: 'serve' };

test('a file arrives whole, with its progress', async () => {
  const seen: Progress[] = [];
  const download = await from([serve], { onProgress: (progress) => seen.push(progress) });
  await downloadFile(download);
  expectWhole(download);
  expect(seen.at(-1)).toEqual({ what: 'file', done: SIZE, total: SIZE });
  expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
});

describe('a server that misbehaves', () => {
  test.each<[string, Manner[], RegExp[]]>([
    [
      'cuts the connection twice',
      [{ kind: 'cut', after: 100_000 }, { kind: 'cut', after: 50_000 }, serve],
      [/^$/, /^bytes=\d+-$/, /^bytes=\d+-$/],
    ],
    ['ignores the range', [{ kind: 'cut', after: 100_000 }, { kind: 'no-range' }], [/^$/, /^bytes=\d+-$/]],
    ['stalls', [{ kind: 'stall', after: 100_000 }, serve], [/^$/, /^bytes=\d+-$/]],
    ['fails once', [{ kind: 'status', status: 500 }, serve], [/^$/, /^$/]],
    ['is busy', [{ kind: 'status', status: 429 }, { kind: 'status', status: 503 }, serve], [/^$/, /^$/, /^$/]],
  ])('and %s', async (_name, manners, ranges) => {
    const download = await from(manners, { stallTimeoutMs: 100 });
    await downloadFile(download);
    expectWhole(download);
    expect(server?.ranges).toHaveLength(ranges.length);
    for (const [index, range] of ranges.entries()) expect(server?.ranges[index]).toMatch(range);
  });

  test.each<[string, Manner[], Partial<Download>, RegExp, number]>([
    ['has no such file', [{ kind: 'status', status: 404 }], {}, /HTTP 404/, 1],
    ['keeps failing', [{ kind: 'status', status: 500 }], {}, /HTTP 500/, 3],
    ['never answers', [{ kind: 'silent' }], { connectTimeoutMs: 50 }, /no connection to 127.0.0.1:\d+/, 1],
    ['has another file of this size', [serve], { sha256: '0'.repeat(64) }, /not what was expected/, 1],
    ['has a larger file', [serve], { bytes: SIZE - 1 }, /400000 bytes instead of 399999/, 1],
    ['has a smaller file', [serve], { bytes: SIZE + 1 }, /400000 bytes instead of 400001/, 1],
  ])('and %s', async (_name, manners, changes, message, requests) => {
    const download = await from(manners, changes);
    await expect(downloadFile(download)).rejects.toThrow(message);
    expect(existsSync(download.to)).toBe(false);
    expect(server?.ranges).toHaveLength(requests);
  });
});

test('wrong content is not kept', async () => {
  const download = await from([serve], { sha256: '0'.repeat(64) });
  await expect(downloadFile(download)).rejects.toThrow('not what was expected');
  expect(existsSync(`${download.to}.part`)).toBe(false);
});

test('an unreachable host fails quickly', async () => {
  const download = await from([serve], { url: 'http://127.0.0.1:9/file' });
  const started = performance.now();
  await expect(downloadFile(download)).rejects.toThrow('no connection to 127.0.0.1:9');
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('what an earlier process left is gone on with', async () => {
  const download = await from([serve]);
  writeFileSync(`${download.to}.part`, content.subarray(0, 123_456));
  await downloadFile(download);
  expectWhole(download);
  expect(server?.ranges).toEqual(['bytes=123456-']);
});

test.each<[string, Partial<Download>, Manner, RegExp]>([
  ['cannot be reached', { url: 'http://127.0.0.1:9/file' }, serve, /no connection/],
  ['refuses it', {}, { kind: 'status', status: 403 }, /HTTP 403/],
  ['keeps failing', {}, { kind: 'status', status: 503 }, /HTTP 503/],
  ['is another one', {}, { kind: 'other', body: 'Log in', headers: { 'content-type': 'text/html' } }, /HTML page/],
])('what an earlier process left stays where the host %s', async (_name, changes, manner, message) => {
  const download = await from([manner], changes);
  const left = content.subarray(0, 123_456);
  writeFileSync(`${download.to}.part`, left);
  await expect(downloadFile(download)).rejects.toThrow(message);
  expect(readFileSync(`${download.to}.part`).equals(left)).toBe(true);
});

test('a host that has nothing after what an earlier process left is asked for all of it', async () => {
  const download = await from([{ kind: 'status', status: 416 }, serve]);
  writeFileSync(`${download.to}.part`, content.subarray(0, 123_456));
  await downloadFile(download);
  expectWhole(download);
  expect(server?.ranges).toEqual(['bytes=123456-', '']);
});

test.each([
  ['the beginning of another file', Buffer.alloc(1000)],
  ['more than the whole file', Buffer.alloc(SIZE + 5)],
  ['all of another file', Buffer.alloc(SIZE)],
])('what an earlier process left is thrown away if it is %s', async (_name, left) => {
  const download = await from([serve]);
  writeFileSync(`${download.to}.part`, left);
  await downloadFile(download);
  expectWhole(download);
});

test('a download that is cancelled ends at once and can be gone on with', async () => {
  const abort = new AbortController();
  const download = await from([{ kind: 'stall', after: 200_000 }, serve], { signal: abort.signal });
  const { to } = download;
  const running = downloadFile(download);
  while (!existsSync(`${to}.part`) || statSync(`${to}.part`).size < 200_000) await server?.treated(1).then(tick);
  abort.abort(new Error('cancelled'));
  await expect(running).rejects.toThrow('cancelled');
  const { signal: _aborted, ...again } = download;
  await downloadFile(again);
  expectWhole(download);
  expect(server?.ranges).toEqual(['', 'bytes=200000-']);
});

test('a process killed in the middle is followed by one that goes on where it stopped', async () => {
  const download = await from([{ kind: 'stall', after: 200_000 }, serve]);
  const { child } = callInChild('infra/tools/download.ts', 'downloadFile', [download]);
  const { to } = download;
  while (!existsSync(`${to}.part`) || statSync(`${to}.part`).size < 200_000) await tick();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await downloadFile(download);
  expectWhole(download);
  expect(server?.ranges).toEqual(['', 'bytes=200000-']);
});

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
