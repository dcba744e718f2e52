import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../domain/grade.js';
import { ensureFolder, listFolder, readLines, syncFolder } from '../fs.js';
import { tryJson } from '../parse/json.js';
import { knownVerdictSchema } from '../parse/grade.js';
import { guarded } from './store-fault.js';

/**
 * Verdicts by what they depend on: program, test, environment, limits, grader. In `<home>/verdicts/*.jsonl`, a file for
 * each worker that ever wrote, read once. Every method throws `Failure('StoreUnavailable')`.
 */
export interface VerdictStore {
  find(key: string): Promise<Finding | null>;
  /** Keeps a verdict for `find`; it lasts through a crash once `flush` has resolved. */
  add(key: string, finding: Finding): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the verdicts of a home; `worker` names the file that this process writes. */
export function openVerdictStore(home: string, worker: string): VerdictStore {
  return new VerdictFiles(join(home, 'verdicts'), `${worker.replaceAll(/[^A-Za-z0-9.@-]/g, '_')}.jsonl`);
}

class VerdictFiles implements VerdictStore {
  readonly #folder: string;
  readonly #path: string;
  readonly #own = new Map<string, Finding>();
  #others: Promise<Map<string, Finding>> | null = null;
  #unwritten: string[] = [];
  #file: FileHandle | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#path = join(folder, name);
  }

  async find(key: string): Promise<Finding | null> {
    this.#others ??= guarded('read', this.#folder, () => readAll(this.#folder));
    return this.#own.get(key) ?? (await this.#others).get(key) ?? null;
  }

  add(key: string, finding: Finding): void {
    this.#own.set(key, finding);
    this.#unwritten.push(`${JSON.stringify({ key, finding })}\n`);
  }

  flush(): Promise<void> {
    // After a write that failed, what it held is written with the next.
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#file?.close();
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

/** A line that a crash has torn is no verdict. */
async function readAll(folder: string): Promise<Map<string, Finding>> {
  const found = new Map<string, Finding>();
  for (const { name } of await listFolder(folder)) {
    if (!name.endsWith('.jsonl')) continue;
    for await (const line of readLines(join(folder, name))) {
      const parsed = knownVerdictSchema.safeParse(tryJson(line));
      if (parsed.success) found.set(parsed.data.key, parsed.data.finding);
    }
  }
  return found;
}
