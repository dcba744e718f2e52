import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../fs.js';
import { inParallel } from '../in-parallel.js';

/** Files that are waited for at the same time: the disk writes several at once, and an environment has 60,000. */
const SYNCS = 8;

/** SHA-256 of a file's content, in hexadecimal. */
export async function sha256File(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, signal === undefined ? {} : { signal });
  return hash.digest('hex');
}

/** The id that git gives to a file of this content (SHA-1), in hexadecimal. */
export async function gitBlobId(path: string): Promise<string> {
  const hash = createHash('sha1').update(`blob ${await sizeOf(path)}\0`);
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Size in bytes; 0 if the file does not exist. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/** Renames a file or folder whose content is on the disk already, and makes the new name last. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Waits until the content of every file below a folder is on the disk. */
export async function syncFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  await inParallel(files, SYNCS, ({ parentPath, name }) => syncFolder(join(parentPath, name)));
}
