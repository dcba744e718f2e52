import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { tryJson } from './json.js';

/** What an index holds of one name. */
export interface Entry {
  /** The shortest public path, e.g. "torch.nn.Linear"; of a record its model, e.g. "bert-base-uncased". */
  readonly name: string;
  readonly kind: 'module' | 'class' | 'function' | 'method' | 'attribute' | 'value' | 'removed' | 'record';
  /** Parameters with their defaults, e.g. "(x, *, dim=None)"; null if it is not known. */
  readonly signature: string | null;
  /** The first paragraph of its docstring, in one line; "" for none. */
  readonly doc: string;
  /** "name: what it is" for each parameter that the docstring tells of. */
  readonly parameters: readonly string[];
  /** What is said of its end; null if nothing is. */
  readonly deprecated: string | null;
  /** Other paths to it. */
  readonly also: readonly string[];
  /** Of a class, its public bases in the order of its resolution. */
  readonly bases: readonly string[];
}

/** What was seen of one library. */
export interface Crawl {
  /** The package that it comes in, e.g. "scikit-learn" for sklearn; null where none is known. */
  readonly package: string | null;
  readonly version: string | null;
  readonly entries: readonly Entry[];
  /** Docstrings of classes, functions and methods by their names, at most 4,000 characters of each. */
  readonly documentation: ReadonlyMap<string, string>;
  /** Why it is not all; null if it is. */
  readonly cut: string | null;
  /** Modules and objects that could not be looked at. */
  readonly skipped: readonly string[];
}

/** Which libraries of an environment have been crawled: name to what was found. */
export interface IndexFile {
  readonly libraries: Readonly<Record<string, IndexedLibrary>>;
}

export interface IndexedLibrary {
  /** Its entries, a line each, in the store. */
  readonly sha256: string;
  /** Its docstrings, a line each, in the store. */
  readonly documentationSha256: string;
  readonly package: string | null;
  readonly version: string | null;
  readonly entries: number;
  readonly cut: string | null;
  /** How often it is to be crawled again, since what cut it may have been the machine's doing. */
  readonly triesLeft: number;
}

const texts = z.array(z.string()).default([]);

const entrySchema: z.ZodType<Entry> = z.object({
  name: z.string().min(1),
  kind: z.enum(['module', 'class', 'function', 'method', 'attribute', 'value', 'removed', 'record']),
  signature: z.string().nullable().default(null),
  doc: z.string().default(''),
  parameters: texts,
  deprecated: z.string().nullable().default(null),
  also: texts,
  bases: texts,
});

const docstringSchema = z.object({ name: z.string().min(1), text: z.string().min(1) });

const publishedSchema = z.object({ package: z.string().nullable(), version: z.string().nullable() });

const endSchema = z.object({ end: z.literal(true), skipped: z.array(z.string()), cut: z.string().nullable() });

const indexFileSchema: z.ZodType<IndexFile> = z.object({
  libraries: z.record(
    z.string(),
    z.object({
      sha256: z.string(),
      documentationSha256: z.string(),
      package: z.string().nullable(),
      version: z.string().nullable(),
      entries: z.int().nonnegative(),
      cut: z.string().nullable(),
      triesLeft: z.int().nonnegative(),
    }),
  ),
});

/** A file that is not whole is none: what it named is looked for again. */
export function parseIndexFile(text: string): IndexFile | null {
  return indexFileSchema.safeParse(tryJson(text)).data ?? null;
}

const LINES_AT_A_TIME = 500;
/** What is said of a crawl that did not get to its last line. */
export const CUT_OFF = 'before its end';

/**
 * The door for what the crawl prints: lines that are no entries are passed over, and without a last line it was cut off. Others
 * have their turn meanwhile.
 */
export async function parseCrawl(text: string): Promise<Crawl> {
  let facts = { package: null as string | null, version: null as string | null };
  let end: Pick<Crawl, 'cut' | 'skipped'> = { cut: CUT_OFF, skipped: [] };
  const entries: Entry[] = [];
  const documentation = new Map<string, string>();
  for (const [at, line] of text.split('\n').entries()) {
    if (at % LINES_AT_A_TIME === LINES_AT_A_TIME - 1) await setImmediate();
    const value = tryJson(line);
    const entry = entrySchema.safeParse(value);
    if (entry.success) {
      entries.push(entry.data);
      const docstring = docstringSchema.safeParse(value);
      if (docstring.success) documentation.set(docstring.data.name, docstring.data.text);
    } else {
      facts = { ...facts, ...publishedSchema.safeParse(value).data };
      end = { ...end, ...endOf(value) };
    }
  }
  return { ...facts, ...end, entries, documentation };
}

/** The door for the entries of a library in the store. */
export function parseEntries(text: string): Entry[] {
  return text.split('\n').flatMap((line) => entrySchema.safeParse(tryJson(line)).data ?? []);
}

/** The door for the docstrings of a library in the store. */
export function parseDocumentation(text: string): Map<string, string> {
  const found = text.split('\n').flatMap((line) => docstringSchema.safeParse(tryJson(line)).data ?? []);
  return new Map(found.map((each) => [each.name, each.text]));
}

function endOf(value: unknown): Partial<Pick<Crawl, 'cut' | 'skipped'>> {
  const { data } = endSchema.safeParse(value);
  return data === undefined ? {} : { skipped: data.skipped, cut: data.cut };
}

/** A source may hold a text, a list of texts, or nothing where it means the same. */
const loose = z
  .union([z.string(), z.array(z.string()).transform((list) => list.join(', '))])
  .nullish()
  .catch('')
  .transform((text) => text ?? '');

const recordSchema = z
  .object({
    api_name: z.string().min(1),
    api_call: loose,
    functionality: loose,
    framework: loose,
    description: loose,
  })
  .transform(({ api_name: name, api_call: call, functionality, framework, description }): Entry => ({
    name,
    kind: 'record',
    signature: call === '' ? null : call.slice(0, 300),
    doc: [functionality, framework, description]
      .filter((text) => text !== '')
      .join('. ')
      .slice(0, 300),
    parameters: [],
    deprecated: null,
    also: [],
    bases: [],
  }));

/** A line of a file of API records as an entry; null if it is none. */
export function parseRecord(line: string): Entry | null {
  return recordSchema.safeParse(tryJson(line)).data ?? null;
}
