import { join } from 'node:path';
import { Failure } from '../../domain/failures.js';
import type { Environment } from '../environments/environment.js';
import { atomicWrite, readIfExists } from '../fs.js';
import { acquireLock } from '../lock.js';
import { type Crawl, type IndexedLibrary, type IndexFile, parseIndexFile } from '../parse/knowledge.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { BlobStore } from '../store/blobs.js';
import { sha256 } from '../store/digest.js';
import { crawl, crawlSource } from './collect.js';
import { librariesOf, type Library } from './libraries.js';

/** Where indexes are kept, and what makes them. */
export interface BuildDeps {
  readonly home: string;
  readonly blobs: BlobStore;
  /** What the environment's digest leaves open: see `EnvironmentKey`. */
  readonly interpreter: string;
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

/** How often a library is crawled, at most, where each time something ended it that may have been the machine's doing. */
const TRIES = 3;

/**
 * The entries of an environment, crawled where they are missing. One process of a machine crawls at a time, and those
 * that wait find its work done; each library is kept as soon as it is crawled, so that a killed build goes on where
 * it was; a blob that is gone or damaged is crawled anew, and so is a library that the machine may have cut short, a few times.
 * Throws as `Sandbox.run` does.
 */
export async function collect(environment: Environment, deps: BuildDeps, signal: AbortSignal): Promise<Collected> {
  const plan = await planOf(environment, deps);
  const ready = await read(plan, deps.blobs);
  if (ready !== null && plan.libraries.every(({ name }) => ready.file.libraries[name]?.triesLeft === 0)) return ready;
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
  interpreter: string,
): Promise<{ libraries: number; of: number; entries: number } | null> {
  const plan = await planOf(environment, { home, interpreter });
  const file = await readFile(plan.path);
  const known = plan.libraries.flatMap(({ name }) => file.libraries[name] ?? []);
  if (known.length === 0) return null;
  const entries = known.reduce((sum, library) => sum + library.entries, 0);
  return { libraries: known.length, of: plan.libraries.length, entries };
}

async function planOf(
  environment: Environment,
  { home, interpreter }: Pick<BuildDeps, 'home' | 'interpreter'>,
): Promise<Plan> {
  const source = await crawlSource();
  const libraries = librariesOf(environment);
  const key = sha256(JSON.stringify([environment.digest, interpreter, source, libraries])).slice(0, 12);
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
    const text = library === undefined ? null : await entriesOf(library, blobs);
    if (library === undefined || text === null) return null;
    digests.push(library.sha256);
    texts.push(text);
  }
  return { file, texts, digest: sha256(digests.join('\n')).slice(0, 12) };
}

/** Its entries as lines; null where these or its docstrings are gone or damaged. */
async function entriesOf(library: IndexedLibrary, blobs: BlobStore): Promise<string | null> {
  try {
    const [entries] = await Promise.all([blobs.get(library.sha256), blobs.get(library.documentationSha256)]);
    return entries;
  } catch (error) {
    if (error instanceof Failure && error.type === 'StoreUnavailable') return null;
    throw error;
  }
}

async function ensure(library: Library, plan: Plan, deps: BuildDeps, signal: AbortSignal): Promise<void> {
  const { name } = library;
  const entry = (await readFile(plan.path)).libraries[name];
  const known = entry !== undefined && (await entriesOf(entry, deps.blobs)) !== null ? entry : null;
  if (known?.triesLeft === 0) return;
  const sandbox = await deps.sandbox();
  deps.onLibrary?.(name);
  const found = await crawl(sandbox, library, plan.source, signal);
  const triesLeft = found.mayFindMore ? (known?.triesLeft ?? TRIES) - 1 : 0;
  const isLess = known !== null && found.mayFindMore && found.entries.length < known.entries;
  const indexed = { ...(isLess ? known : await keep(found, deps.blobs)), triesLeft };
  const { libraries } = await readFile(plan.path);
  await atomicWrite(plan.path, `${JSON.stringify({ libraries: { ...libraries, [name]: indexed } }, null, 1)}\n`);
}

async function keep(found: Crawl, blobs: BlobStore): Promise<Omit<IndexedLibrary, 'triesLeft'>> {
  const documentation = [...found.documentation].map(([name, text]) => ({ name, text }));
  return {
    sha256: await blobs.put(linesOf(found.entries)),
    documentationSha256: await blobs.put(linesOf(documentation)),
    package: found.package,
    version: found.version,
    entries: found.entries.length,
    cut: found.cut,
  };
}

function linesOf(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}
