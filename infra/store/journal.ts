import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellResult } from '../../domain/cell.js';
import { Failure } from '../../domain/failures.js';
import { ensureFolder, listFolder, readLines, syncFolder } from '../fs.js';
import { cellResultSchema } from '../parse/journal-line.js';
import { tryJson } from '../parse/json.js';
import { dedupe } from './dedupe.js';
import { sweepFolder } from './paths.js';
import { guarded, storeFault } from './store-fault.js';

/** The finished cells that one worker recorded, a JSON line each. */
export interface Journal {
  /**
   * Adds a line; it is durable when the promise resolves. Appends that arrive together share one write and one fsync.
   * Throws `Failure('StoreUnavailable')`; trying again is safe, as readers drop torn lines and duplicates.
   */
  append(result: CellResult): Promise<void>;
  /** Waits for the appends under way and closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: Failure) => void;
}

/** Where the journals of a sweep lie. */
export const journalFolder = (home: string, sweepId: string): string => join(sweepFolder(home, sweepId), 'journal');

/** Opens (or creates) `<home>/sweeps/<id>/journal/<worker>.jsonl`; signs that a file name can't hold become "_". */
export async function openJournal(home: string, sweepId: string, worker: string): Promise<Journal> {
  const folder = journalFolder(home, sweepId);
  const path = join(folder, `${worker.replaceAll(/[^A-Za-z0-9.@-]/g, '_')}.jsonl`);
  return guarded('open', path, async () => {
    await ensureFolder(folder);
    const file = await open(path, 'a+');
    await syncFolder(folder);
    return new GroupCommit(path, file, await endsTorn(file));
  });
}

class GroupCommit implements Journal {
  readonly #path: string;
  readonly #file: FileHandle;
  /** The file may end within a line, so the next batch starts a new one. */
  #torn: boolean;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;

  constructor(path: string, file: FileHandle, torn: boolean) {
    this.#path = path;
    this.#file = file;
    this.#torn = torn;
  }

  append(result: CellResult): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: `${JSON.stringify(result)}\n`, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(batch.map(({ line }) => line).join(''));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(storeFault('append to', this.#path, error));
      }
    }
    this.#flushing = null;
  }

  async #write(lines: string): Promise<void> {
    const bytes = Buffer.from(this.#torn ? `\n${lines}` : lines);
    this.#torn = true;
    for (let done = 0; done < bytes.length;) done += (await this.#file.write(bytes, done)).bytesWritten;
    await this.#file.datasync();
    this.#torn = false;
  }
}

async function endsTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] !== 10;
}

/**
 * Every result in a sweep's journals, one a cell (see `dedupe`), sorted by cell id; none if there is no journal yet. With
 * `only`, those cells alone; with `after`, what stands after that byte of each file. Lines torn by a crash are skipped:
 * their writers never heard that they were stored.
 */
export async function readJournals(
  home: string,
  sweepId: string,
  { only = null, after }: { only?: ReadonlySet<string> | null; after?: ReadonlyMap<string, number> } = {},
): Promise<CellResult[]> {
  const folder = journalFolder(home, sweepId);
  const results: CellResult[] = [];
  const files = await guarded('read', folder, () => listFolder(folder));
  for (const { name } of files.filter(({ name }) => name.endsWith('.jsonl'))) {
    const path = join(folder, name);
    await guarded('read', path, async () => {
      for await (const result of readJournal(path, after?.get(name) ?? 0)) {
        if (only === null || only.has(result.cell.cellId)) results.push(result);
      }
    });
  }
  return dedupe(results);
}

async function* readJournal(path: string, start: number): AsyncGenerator<CellResult> {
  let number = 0;
  for await (const line of readLines(path, start)) {
    number += 1;
    const result = resultOfLine(line, path, start === 0 ? `line ${number}` : `line ${number} after byte ${start}`);
    if (result !== null) yield result;
  }
}

/** The result of a journal's line; null if it is torn. Throws `Failure('StoreUnavailable')`, which says `where`. */
export function resultOfLine(line: string, path: string, where: string): CellResult | null {
  const value = tryJson(line);
  if (value === undefined) return null;
  const parsed = cellResultSchema.safeParse(value);
  // A whole line of another shape is no torn write: dropping it would lose a finished cell without a word.
  if (!parsed.success) throw foreignLine(path, where, parsed.error.issues[0]);
  return parsed.data;
}

function foreignLine(path: string, where: string, issue?: { path: PropertyKey[]; message: string }): Failure {
  const field = issue === undefined ? '' : ` (${issue.path.map(String).join('.')}: ${issue.message})`;
  return new Failure('StoreUnavailable', `${path}, ${where} was written by another version of aicodereval${field}.`);
}
