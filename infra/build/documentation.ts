import type { DocRecord, WantedRecord } from '../../domain/build/record.js';
import { Failure } from '../../domain/failures.js';
import type { Collected } from '../knowledge/build.js';
import { type Entry, type IndexedLibrary, parseDocumentation, parseEntries } from '../parse/knowledge.js';
import type { BlobStore } from '../store/blobs.js';
import { sha256 } from '../store/digest.js';

/** Characters of a docstring below which it says too little to draft a task from. */
const LEAST = 200;
/** The library of what stands in no package. */
const STANDARD = 'python';

/** One library of the index, read. */
interface Library {
  readonly name: string;
  readonly version: string | null;
  readonly entries: readonly Entry[];
  readonly texts: ReadonlyMap<string, string>;
}

/** What the knowledge index of an environment says of its libraries, as records to draft tasks from. */
export class Documentation {
  readonly #index: Collected;
  readonly #blobs: BlobStore;
  readonly #environment: string;
  readonly #read = new Map<string, Promise<Library>>();

  /** `environment` is its name and digest, as records tell where their documentation comes from. */
  constructor(from: { readonly index: Collected; readonly blobs: BlobStore; readonly environment: string }) {
    this.#index = from.index;
    this.#blobs = from.blobs;
    this.#environment = from.environment;
  }

  /** A record with what the library says of its name. Throws `Failure` (`TaskNotFound`) for a name that nothing has. */
  async of(record: WantedRecord): Promise<DocRecord> {
    const { name } = record;
    const top = name.split('.', 1)[0] ?? '';
    const library = await this.#library(Object.hasOwn(this.#index.file.libraries, top) ? top : STANDARD);
    const entry = library.entries.find((each) => each.name === name || each.also.includes(name));
    if (entry === undefined)
      throw new Failure('TaskNotFound', `Nothing in the environment ${this.#environment} is called ${name}`);
    return { ...record, ...documented(library, entry), name, source: `${record.source}; ${this.#source()}` };
  }

  /**
   * All functions and classes of libraries, named as packages or as they are imported, of which enough is said and which are not
   * about to go. By a hash: the first of them are a fair sample, and the same each time. Throws `Failure` (`TaskNotFound`) for a
   * library that the index does not have.
   */
  async ofLibraries(names: readonly string[]): Promise<DocRecord[]> {
    const libraries = await Promise.all(names.map((name) => this.#library(this.#importNameOf(name))));
    const all = libraries.flatMap((library) =>
      library.entries.flatMap((entry) => {
        const { name, kind, deprecated } = entry;
        const isWanted = (kind === 'function' || kind === 'class') && deprecated === null;
        if (!isWanted || (library.texts.get(name)?.length ?? 0) < LEAST) return [];
        return [{ id: name, domain: null, ...documented(library, entry), source: this.#source() }];
      }),
    );
    return all.toSorted((a, b) => (sha256(a.id) < sha256(b.id) ? -1 : 1));
  }

  #source(): string {
    return `${this.#environment}, index ${this.#index.digest}`;
  }

  #importNameOf(wanted: string): string {
    const all = Object.entries(this.#index.file.libraries);
    const found = all.find(([name, library]) => [name, library.package ?? name].map(normal).includes(normal(wanted)));
    if (found !== undefined) return found[0];
    const known = all.map(([name, library]) => library.package ?? name).join(', ');
    throw new Failure('TaskNotFound', `The environment ${this.#environment} has no ${wanted}; it has ${known}`);
  }

  #library(name: string): Promise<Library> {
    const found = this.#index.file.libraries[name];
    if (found === undefined) throw new Failure('TaskNotFound', `Nothing is known of the library ${name}`);
    const reading = this.#read.get(name) ?? this.#readLibrary(name, found);
    this.#read.set(name, reading);
    return reading;
  }

  async #readLibrary(name: string, library: IndexedLibrary): Promise<Library> {
    return {
      name: library.package ?? name,
      version: library.version,
      entries: parseEntries(await this.#blobs.get(library.sha256)),
      texts: parseDocumentation(await this.#blobs.get(library.documentationSha256)),
    };
  }
}

function documented({ name: library, version, texts }: Library, { name, signature }: Entry) {
  const call = signature === null ? null : `${name}${signature}`;
  return { name, library, version, signature: call, documentation: texts.get(name) ?? '' };
}

/** Packages are named with hyphens, underscores, dots and capitals as one likes. */
function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}
