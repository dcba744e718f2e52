import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../../domain/failures.js';
import { atomicWrite, hasCode, removeStaleTemp, syncFolder } from '../fs.js';
import { sha256 } from './digest.js';
import { guarded } from './store-fault.js';

/** Texts on their way to the store at the same time: for each the disk is waited for. */
export const WRITES_IN_FLIGHT = 8;

/**
 * Texts under their own SHA-256, in `<home>/store/ab/cdef...`. Safe with any number of writers and with `kill -9`.
 * Every method throws `Failure('StoreUnavailable')` where the file system refuses.
 */
export interface BlobStore {
  /**
   * Stores a text as UTF-8 (lone surrogates become U+FFFD) and returns its SHA-256 in hexadecimal. It is durable when
   * the promise resolves. Storing again what is there changes nothing; a damaged blob is made whole.
   */
  put(text: string): Promise<string>;
  /** The text; fails, naming the file, if it is missing or its content does not match its hash. */
  get(hash: string): Promise<string>;
  has(hash: string): Promise<boolean>;
  /** Removes what killed writers left; returns how many files. */
  sweepTemp(): Promise<number>;
}

/** Opens the store of a home folder; nothing is created before the first `put`. */
export function openBlobStore(home: string): BlobStore {
  const root = join(home, 'store');
  const pathOf = (hash: string): string => join(root, hash.slice(0, 2), hash.slice(2));
  return {
    put: (text) => put(pathOf, text),
    get: (hash) => get(pathOf(hash), hash),
    has: (hash) => guarded('look up', pathOf(hash), () => exists(pathOf(hash))),
    sweepTemp: () => guarded('clean up', root, () => removeStaleTemp(root)),
  };
}

async function put(pathOf: (hash: string) => string, text: string): Promise<string> {
  const bytes = Buffer.from(text, 'utf8');
  const hash = sha256(bytes);
  const path = pathOf(hash);
  await guarded('store', path, async () => {
    const present = await readBytes(path);
    // The writer that placed it may not have come to its own folder sync yet.
    await (present?.equals(bytes) === true ? syncFolder(dirname(path)) : atomicWrite(path, bytes));
  });
  return hash;
}

async function get(path: string, hash: string): Promise<string> {
  const bytes = await guarded('read', path, () => readBytes(path));
  if (bytes === null) throw new Failure('StoreUnavailable', `${path} is missing: the store holds no such text.`);
  if (sha256(bytes) !== hash) {
    throw new Failure('StoreUnavailable', `${path} is damaged: its content does not match its SHA-256.`);
  }
  return bytes.toString('utf8');
}

async function readBytes(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
