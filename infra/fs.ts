import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

const TEMP_NAME = /^\..*\.(?<host>[A-Za-z0-9-]+)-(?<pid>\d+)-[0-9a-f-]{36}\.tmp$/;
const FOREIGN_TEMP_AGE_MS = 24 * 3_600_000;

/** True if `error` is a system error with this code, e.g. "ENOENT" (whichever realm's Error it is). */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** Makes what was created, renamed or removed in a folder last through a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creates a folder and its parents, durably. Does nothing if it is there. */
export async function ensureFolder(folder: string): Promise<void> {
  for (const made of await makeFolders(folder)) await syncFolder(dirname(made));
}

/**
 * Creates a folder and its parents; those that it created, outermost first. Not Node's own recursive mkdir, which tries
 * for ever where a file system answers ENOENT below a folder that exists, as /proc does.
 */
async function makeFolders(folder: string): Promise<string[]> {
  try {
    return await makeFolder(folder);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || dirname(folder) === folder) throw error;
  }
  const parents = await makeFolders(dirname(folder));
  return [...parents, ...(await makeFolder(folder))];
}

async function makeFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder);
    return [folder];
  } catch (error) {
    const isThere = hasCode(error, 'EEXIST') && (await stat(folder)).isDirectory();
    if (!isThere) throw error;
    return [];
  }
}

/** What a file is to hold: whole, or in pieces, each written before the next is asked for; none splits a character. */
type Content = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Replaces a file as a whole: at any moment, and after any crash, readers see the old content or the new one.
 * Parent folders are created. Throws the system's own error (ENOSPC, EROFS, EACCES...), or what the making of a piece
 * throws, and leaves nothing behind.
 */
export async function atomicWrite(path: string, data: Content): Promise<void> {
  await viaTemp(path, data, (temp) => rename(temp, path));
}

/** Like `atomicWrite`, but the first writer wins: false if the file was there already, which is then left alone. */
export async function atomicCreate(path: string, data: string | Uint8Array): Promise<boolean> {
  let created = true;
  await viaTemp(path, data, async (temp) => {
    try {
      await link(temp, path);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      created = false;
    }
    await rm(temp);
  });
  return created;
}

async function viaTemp(path: string, data: Content, place: (temp: string) => Promise<void>): Promise<void> {
  const folder = dirname(path);
  await ensureFolder(folder);
  const temp = tempPath(path);
  try {
    const handle = await open(temp, 'wx');
    try {
      const pieces = typeof data === 'string' || ArrayBuffer.isView(data) ? [data] : data;
      for await (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await place(temp);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A new name beside `path` for what is to be renamed to it; `isStaleTemp` knows it again. */
export function tempPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${hostTag()}-${process.pid}-${randomUUID()}.tmp`);
}

/**
 * Removes temporary files, in `folder` and below, that a killed process left: those of dead processes of this host,
 * and those of other hosts once they are a day old. Returns how many. A missing folder has none.
 */
export async function removeStaleTemp(folder: string): Promise<number> {
  let removed = 0;
  for (const entry of await listFolder(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      removed += await removeStaleTemp(path);
    } else if (await isStaleTemp(path)) {
      await rm(path, { force: true });
      removed += 1;
    }
  }
  return removed;
}

/** True of a temporary name that a dead process of this host left, or another host more than a day ago. */
export async function isStaleTemp(path: string): Promise<boolean> {
  const found = TEMP_NAME.exec(basename(path))?.groups;
  if (found === undefined) return false;
  if (found['host'] === hostTag()) return !isAlive(Number(found['pid']));
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > FOREIGN_TEMP_AGE_MS;
}

/** True if a process of this id runs on this host, ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

function hostTag(): string {
  return hostname().replaceAll(/[^A-Za-z0-9-]/g, '-') || 'host';
}

/** A folder's entries sorted by name; none if it does not exist. */
export async function listFolder(folder: string): Promise<{ name: string; isDirectory: () => boolean }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** A file's text as UTF-8; null if it does not exist. */
export async function readIfExists(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** A file's lines, as `splitLines` gives them. With `start`, from that byte on. */
export function readLines(path: string, start = 0): AsyncGenerator<string> {
  return splitLines(createReadStream(path, { start }));
}

/**
 * The lines of UTF-8 text that comes in pieces, split at "\n" alone: `node:readline` also splits at U+2028, which JSON may hold
 * unescaped. The last line is given even where its "\n" is missing.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
}

/** A file's whole lines from a byte on, each with the byte after it. What stands after the last "\n" is left for later. */
export async function* readLinesFrom(path: string, start: number): AsyncGenerator<{ line: string; end: number }> {
  let rest: Buffer[] = [];
  let end = start;
  for await (const chunk of createReadStream(path, { start }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, to)]);
      end += line.length + 1;
      yield { line: line.toString('utf8'), end };
      rest = [];
      from = to + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
}
