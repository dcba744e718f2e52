import { join } from 'node:path';
import { Failure } from '../../domain/failures.js';
import type { Environment } from '../environments/environment.js';
import { atomicWrite, readIfExists } from '../fs.js';
import { acquireLock } from '../lock.js';
import { type IndexedLibrary, type IndexFile, parseIndexFile } from '../parse/knowledge.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { BlobStore } from '../store/blobs.js';
import { sha256 } from '../store/digest.js';
import { crawl, crawlSource } from './collect.js';
import { librariesOf, type Library } from './libraries.js';

/** Where indexes are kept, and what makes them. */
export interface BuildDeps {
  readonly home: string;
  readonly blobs: BlobStore;
  /** Opens the sandbox of the environment; asked for only where something is to be crawled. */
  readonly sandbox: () => Promise<Sandbox>;
  /** Told of each library before it is crawled. */
  readonly onLibrary?: (name: string) => void;
}

/** What an environment's libraries hold. */
export interface Collected {
  readonly file: IndexFile;
  /** The entries of each library, as lines. */
  readonly texts: readonly string[];
  /** Of all that was found: the same digest, the same answers. 12 hexadecimal digits. */
  readonly digest: string;
}

/** What stands in the place of a library of which nothing is known yet. */
interface Plan {
  readonly path: string;
  readonly source: string;
  readonly libraries: readonly Library[];
}

/**
 * The entries of an environment, crawled where they are missing. One process of a machine crawls at a time, and those
 * that wait find its work done; each library is kept as soon as it is crawled, so that a killed build goes on where
 * it was; a blob that is gone or damaged is crawled anew. Throws as `Sandbox.run` does.
 */
export async function collect(environment: Environment, deps: BuildDeps, signal: AbortSignal): Promise<Collected> {
  const plan = await planOf(environment, deps.home);
  const ready = await read(plan, deps.blobs);
  if (ready !== null) return ready;
  const lock = await acquireLock(`knowledge ${plan.path}`, { wait: true, signal });
  try {
    for (const library of plan.libraries) await ensure(library, plan, deps, signal);
    const built = await read(plan, deps.blobs);
    if (built === null) throw new Failure('StoreUnavailable', `${plan.path} can't be read back`);
    return built;
  } finally {
    await lock?.release();
  }
}

/** Which libraries have been crawled, and which have not; null if none has. */
export async function indexState(
  environment: Environment,
  home: string,
): Promise<{ libraries: number; of: number; entries: number } | null> {
  const plan = await planOf(environment, home);
  const file = await readFile(plan.path);
  const known = plan.libraries.flatMap(({ name }) => file.libraries[name] ?? []);
  if (known.length === 0) return null;
  const entries = known.reduce((sum, library) => sum + library.entries, 0);
  return { libraries: known.length, of: plan.libraries.length, entries };
}

async function planOf(environment: Environment, home: string): Promise<Plan> {
  const source = await crawlSource();
  const libraries = librariesOf(environment);
  const key = sha256(JSON.stringify([environment.digest, source, libraries])).slice(0, 12);
  return { path: join(home, 'knowledge', `${environment.name}-${key}.json`), source, libraries };
}

async function readFile(path: string): Promise<IndexFile> {
  const text = await readIfExists(path);
  return (text === null ? null : parseIndexFile(text)) ?? { libraries: {} };
}

/** Null if a library has not been crawled, or what was found is gone or damaged. */
async function read({ path, libraries }: Plan, blobs: BlobStore): Promise<Collected | null> {
  const file = await readFile(path);
  const texts: string[] = [];
  const digests: string[] = [];
  for (const { name } of libraries) {
    const library = file.libraries[name];
    const text = library === undefined ? null : await whole(blobs, library.sha256);
    if (library === undefined || text === null || !(await blobs.has(library.documentationSha256))) return null;
    digests.push(library.sha256);
    texts.push(text);
  }
  return { file, texts, digest: sha256(digests.join('\n')).slice(0, 12) };
}

async function whole(blobs: BlobStore, hash: string): Promise<string | null> {
  try {
    return await blobs.get(hash);
  } catch (error) {
    if (error instanceof Failure && error.type === 'StoreUnavailable') return null;
    throw error;
  }
}

async function isWhole({ sha256: entries, documentationSha256 }: IndexedLibrary, blobs: BlobStore): Promise<boolean> {
  return (await whole(blobs, entries)) !== null && (await whole(blobs, documentationSha256)) !== null;
}

async function ensure(library: Library, plan: Plan, deps: BuildDeps, signal: AbortSignal): Promise<void> {
  const { name } = library;
  const known = (await readFile(plan.path)).libraries[name];
  if (known !== undefined && (await isWhole(known, deps.blobs))) return;
  const sandbox = await deps.sandbox();
  deps.onLibrary?.(name);
  const found = await crawl(sandbox, library, plan.source, signal);
  const indexed: IndexedLibrary = {
    sha256: await deps.blobs.put(linesOf(found.entries)),
    documentationSha256: await deps.blobs.put(
      linesOf([...found.documentation].map(([of, text]) => ({ name: of, text }))),
    ),
    package: found.package,
    version: found.version,
    entries: found.entries.length,
    cut: found.cut,
  };
  const { libraries } = await readFile(plan.path);
  await atomicWrite(plan.path, `${JSON.stringify({ libraries: { ...libraries, [name]: indexed } }, null, 1)}\n`);
}

function linesOf(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}
