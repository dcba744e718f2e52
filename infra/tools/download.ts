import { open, rm, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { renameDurably, sha256File, sizeOf } from './files.js';
import type { Progress } from './progress-bar.js';

/** One pinned file. Times in milliseconds. */
export interface Download {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly to: string;
  /** Name in progress messages. */
  readonly what: string;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** From the request to the answer's first byte; short, because another source may be waiting. */
  readonly connectTimeoutMs?: number | undefined;
  /** Without a byte for this long, the connection counts as lost. */
  readonly stallTimeoutMs?: number | undefined;
}

/** An answer, or its lack, that another try will not change. */
class Hopeless extends Error {}

const TRIES_WITHOUT_PROGRESS = 3;

/**
 * Downloads one file: into `<to>.part`, resumed where an earlier try (or process) stopped, checked against its
 * SHA-256, then renamed. Content that does not match is deleted. Throws an Error that says why it failed.
 * Not safe against a second process at the same `to`: the caller holds a lock.
 */
export async function downloadFile(download: Download): Promise<void> {
  const part = `${download.to}.part`;
  const resumed = (await sizeOf(part)) > 0;
  try {
    await fetchWhole(download, part);
    await check(download, part);
  } catch (error) {
    if (!resumed || !(error instanceof Hopeless)) throw error;
    // What an earlier try left may be the beginning of another file: once more, from nothing.
    await rm(part, { force: true });
    await fetchWhole(download, part);
    await check(download, part);
  }
  await renameDurably(part, download.to);
}

async function check(download: Download, part: string): Promise<void> {
  const found = await sha256File(part, download.signal);
  if (found === download.sha256) return;
  await rm(part, { force: true });
  throw new Hopeless(`its content is not what was expected (SHA-256 ${found} instead of ${download.sha256})`);
}

/** Tries until the file is whole, or nothing comes any more. */
async function fetchWhole(download: Download, part: string): Promise<void> {
  let failures = 0;
  for (;;) {
    const before = await sizeOf(part);
    if (before === download.bytes) return;
    if (before > download.bytes) throw new Hopeless(`there are ${before} bytes already instead of ${download.bytes}`);
    try {
      await fetchRest(download, part, before);
    } catch (error) {
      download.signal?.throwIfAborted();
      failures = (await sizeOf(part)) > before ? 0 : failures + 1;
      if (error instanceof Hopeless || failures >= TRIES_WITHOUT_PROGRESS) throw error;
      await sleep(250 * 2 ** failures, undefined, { signal: download.signal });
    }
  }
}

async function fetchRest(download: Download, part: string, have: number): Promise<void> {
  const watchdog = new AbortController();
  const limit = (ms: number): NodeJS.Timeout =>
    setTimeout(() => watchdog.abort(new Error(`no data for ${ms / 1000} s`)), ms);
  let timer = limit(download.connectTimeoutMs ?? 5_000);
  const signals = download.signal === undefined ? [watchdog.signal] : [watchdog.signal, download.signal];
  try {
    const response = await request(download.url, have, AbortSignal.any(signals));
    const start = startOf(response, download, have);
    const file = await open(part, start === 0 ? 'w' : 'a');
    let done = start;
    try {
      for await (const chunk of response.body ?? []) {
        clearTimeout(timer);
        done = await append(file, chunk, done, download);
        timer = limit(download.stallTimeoutMs ?? 30_000);
      }
    } finally {
      await file.sync();
      await file.close();
    }
    if (done < download.bytes) throw new Error('the connection ended early');
  } finally {
    clearTimeout(timer);
  }
}

async function request(url: string, have: number, signal: AbortSignal): Promise<Response> {
  const headers = { 'accept-encoding': 'identity', ...(have > 0 ? { range: `bytes=${have}-` } : {}) };
  try {
    return await fetch(url, { headers, signal });
  } catch (cause) {
    // Refused, unknown or silent: the next source is the better try.
    throw new Hopeless(`no connection to ${new URL(url).host}`, { cause });
  }
}

/** The offset at which the answer's body begins; 0 if the server sends the whole file whatever was asked. */
function startOf(response: Response, { bytes }: Download, have: number): number {
  const { status } = response;
  if (status === 429 || status >= 500) throw new Error(`HTTP ${status}`);
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  if (status === 206 && Number(range?.[1]) !== have) throw new Hopeless('the server sent another range than asked');
  if (status !== 200 && status !== 206) throw new Hopeless(`HTTP ${status}`);
  const length = response.headers.get('content-length');
  const total = status === 206 ? Number(range?.[2]) : Number(length ?? Number.NaN);
  if (!Number.isNaN(total) && total !== bytes) throw new Hopeless(`it has ${total} bytes instead of ${bytes}`);
  return status === 206 ? have : 0;
}

async function append(file: FileHandle, chunk: Uint8Array, done: number, download: Download): Promise<number> {
  const { bytes: total, what, onProgress } = download;
  const sum = done + chunk.byteLength;
  if (sum > total) throw new Hopeless(`it has more than ${total} bytes`);
  await file.write(chunk);
  onProgress?.({ what, done: sum, total });
  return sum;
}
