import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { ensureFolder, listFolder, readLines, syncFolder } from '../fs.js';
import { tryJson } from '../parse/json.js';
import { guarded } from './store-fault.js';

/** The door for a line: what was found, by a hash of all that it depends on. */
type LineSchema<T> = z.ZodType<{ key: string; finding: T }>;

/**
 * What runs of programs have found, by what it depends on: program, test, environment, limits, grader. In a folder of `.jsonl`
 * files, one for each worker that ever wrote, read once and only ever added to. Every method throws
 * `Failure('StoreUnavailable')`.
 */
export class KeyedLog<T> {
  readonly #folder: string;
  readonly #schema: LineSchema<T>;
  readonly #path: string;
  readonly #own = new Map<string, T>();
  #others: Promise<Map<string, T>> | null = null;
  #unwritten: string[] = [];
  #file: FileHandle | null = null;
  #writing: Promise<void> = Promise.resolve();

  /** `worker` names the file that this process writes. */
  constructor(folder: string, worker: string, schema: LineSchema<T>) {
    this.#folder = folder;
    this.#schema = schema;
    this.#path = join(folder, `${worker.replaceAll(/[^A-Za-z0-9.@-]/g, '_')}.jsonl`);
  }

  async find(key: string): Promise<T | null> {
    this.#others ??= readKeyedLog(this.#folder, this.#schema);
    return this.#own.get(key) ?? (await this.#others).get(key) ?? null;
  }

  /** Keeps a finding for `find`; it lasts through a crash once `flush` has resolved. */
  add(key: string, finding: T): void {
    this.#own.set(key, finding);
    this.#unwritten.push(`${JSON.stringify({ key, finding })}\n`);
  }

  flush(): Promise<void> {
    // After a write that failed, what it held is written with the next.
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    return this.#writing;
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.#file?.close();
    }
  }

  async #write(): Promise<void> {
    const lines = this.#unwritten;
    if (lines.length === 0) return;
    const count = lines.length;
    await guarded('write', this.#path, async () => {
      await ensureFolder(this.#folder);
      const isNew = this.#file === null;
      this.#file ??= await open(this.#path, 'a');
      await this.#file.appendFile(lines.slice(0, count).join(''));
      await this.#file.datasync();
      if (isNew) await syncFolder(this.#folder);
    });
    this.#unwritten.splice(0, count);
  }
}

/** Everything that any worker has written to a folder. A line that a crash has torn is no finding. */
export function readKeyedLog<T>(folder: string, schema: LineSchema<T>): Promise<Map<string, T>> {
  return guarded('read', folder, async () => {
    const found = new Map<string, T>();
    for (const { name } of await listFolder(folder)) {
      if (!name.endsWith('.jsonl')) continue;
      for await (const line of readLines(join(folder, name))) {
        const parsed = schema.safeParse(tryJson(line));
        if (parsed.success) found.set(parsed.data.key, parsed.data.finding);
      }
    }
    return found;
  });
}
