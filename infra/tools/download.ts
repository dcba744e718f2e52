import { open, rm, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { syncFolder } from '../fs.js';
import { Hopeless, requestFile, Stale, type Answer } from './file-request.js';
import { gitBlobId, renameDurably, sha256File, sizeOf } from './files.js';
import type { Progress } from './progress-bar.js';

/** One file. Times in milliseconds. */
export interface Download {
  readonly url: string;
  /** Null where it is not pinned: then what the server says of the file's content is held against it. */
  readonly sha256: string | null;
  /** Null where it is not known before the server says it. */
  readonly bytes: number | null;
  readonly to: string;
  /** Name in progress messages. */
  readonly what: string;
  /** Sent to the host of `url`, never to one that it redirects to. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** From the request to the answer's first byte; short, because another source may be waiting. */
  readonly connectTimeoutMs?: number | undefined;
  /** Without a byte for this long, the connection counts as lost. */
  readonly stallTimeoutMs?: number | undefined;
}

/** What was learned of the file while it was fetched. */
interface Known {
  bytes: number | null;
  /** SHA-256 or git's id of the content, as the server says. */
  told: string | null;
  /** Of the answer that the part on the disk came from. */
  etag: string | null;
}

const TRIES_WITHOUT_PROGRESS = 3;

/**
 * Downloads one file: into `<to>.part`, resumed where an earlier try (or process) stopped, checked against its
 * SHA-256, then renamed. Content that does not match is deleted; what is there stays where the host can't be reached or
 * refuses. Without a pin an earlier process's part is not gone on with: nothing could tell that it belongs to the same
 * file. Throws an Error that says why it failed.
 * Not safe against a second process at the same `to`: the caller holds a lock.
 */
export async function downloadFile(download: Download): Promise<void> {
  const part = `${download.to}.part`;
  if (download.sha256 === null) await rm(part, { force: true });
  const resumed = (await sizeOf(part)) > 0;
  try {
    await fetchAndCheck(download, part);
  } catch (error) {
    if (!resumed || !(error instanceof Stale)) throw error;
    // What an earlier try left may be the beginning of another file: once more, from nothing.
    await rm(part, { force: true });
    await fetchAndCheck(download, part);
  }
  await syncFolder(part);
  await renameDurably(part, download.to);
}

async function fetchAndCheck(download: Download, part: string): Promise<void> {
  const known: Known = { bytes: download.bytes, told: null, etag: null };
  await fetchWhole(download, part, known);
  const expected = download.sha256 ?? known.told;
  if (expected === null) return;
  const found = await (expected.length === 40 ? gitBlobId(part) : sha256File(part, download.signal));
  if (found === expected) return;
  await rm(part, { force: true });
  const name = expected.length === 40 ? 'git id' : 'SHA-256';
  throw new Stale(`its content is not what was expected (${name} ${found} instead of ${expected})`);
}

/** Tries until the file is whole, or nothing comes any more. */
async function fetchWhole(download: Download, part: string, known: Known): Promise<void> {
  let failures = 0;
  for (;;) {
    const before = await sizeOf(part);
    if (before === known.bytes) return;
    if (known.bytes !== null && before > known.bytes)
      throw new Stale(`there are ${before} bytes already instead of ${known.bytes}`);
    try {
      known.bytes = await fetchRest(download, part, before, known);
    } catch (error) {
      download.signal?.throwIfAborted();
      failures = (await sizeOf(part)) > before ? 0 : failures + 1;
      if (error instanceof Hopeless || failures >= TRIES_WITHOUT_PROGRESS) throw error;
      await sleep(250 * 2 ** failures, undefined, { signal: download.signal });
    }
  }
}

/** Size of the file, all of which is there now. */
async function fetchRest(download: Download, part: string, have: number, known: Known): Promise<number> {
  const watchdog = new AbortController();
  const limit = (ms: number): NodeJS.Timeout =>
    setTimeout(() => watchdog.abort(new Error(`no data for ${ms / 1000} s`)), ms);
  let timer = limit(download.connectTimeoutMs ?? 5_000);
  const signals = download.signal === undefined ? [watchdog.signal] : [watchdog.signal, download.signal];
  try {
    const { url, headers = {} } = download;
    const answer = await requestFile({ url, headers, have, etag: known.etag, signal: AbortSignal.any(signals) });
    learn(known, answer, download);
    const file = await open(part, answer.start === 0 ? 'w' : 'a');
    let done = answer.start;
    try {
      for await (const chunk of answer.body ?? []) {
        clearTimeout(timer);
        done = await append(file, chunk, done, known.bytes, download);
        timer = limit(download.stallTimeoutMs ?? 30_000);
      }
    } finally {
      await file.close();
    }
    if (done < (known.bytes ?? 0)) throw new Error('the connection ended early');
    return done;
  } finally {
    clearTimeout(timer);
  }
}

function learn(known: Known, answer: Answer, { bytes }: Download): void {
  if (answer.total !== null && bytes !== null && answer.total !== bytes) {
    throw new Hopeless(`it has ${answer.total} bytes instead of ${bytes}`);
  }
  known.bytes = bytes ?? answer.total;
  known.told = answer.told;
  known.etag = answer.etag;
}

async function append(
  file: FileHandle,
  chunk: Uint8Array,
  done: number,
  total: number | null,
  { what, onProgress }: Download,
): Promise<number> {
  const sum = done + chunk.byteLength;
  if (total !== null && sum > total) throw new Stale(`it has more than ${total} bytes`);
  await file.write(chunk);
  onProgress?.({ what, done: sum, total });
  return sum;
}
