import { join } from 'node:path';
import type { CellResult } from '../../domain/cell.js';
import { listFolder, readLinesFrom } from '../fs.js';
import { journalFolder, resultOfLine } from './journal.js';
import { guarded } from './store-fault.js';

/** Rows that wait, at most: those that are forgotten are read again should they be asked for. */
const MOST_WAITING = 10_000;

interface Waiting {
  readonly result: CellResult;
  readonly file: string;
  /** Byte where its line begins. */
  readonly start: number;
}

/** A sweep's journals, each line of which is read once: rows wait here until their segment is written. */
export class JournalTail {
  readonly #folder: string;
  readonly #ends: Map<string, number>;
  readonly #waiting = new Map<string, Waiting[]>();
  /** Of rows that were forgotten, the first byte: what stands there may be in no segment. */
  readonly #forgotten = new Map<string, number>();
  #size = 0;

  /** `after` is where each journal is begun. */
  constructor(home: string, sweepId: string, after: ReadonlyMap<string, number>) {
    this.#folder = journalFolder(home, sweepId);
    this.#ends = new Map(after);
  }

  /** Reads what was written since. Throws `Failure('StoreUnavailable')`. */
  async read(): Promise<void> {
    for (const { name } of await guarded('read', this.#folder, () => listFolder(this.#folder))) {
      if (name.endsWith('.jsonl')) await this.#readFile(name);
    }
  }

  /** How many rows wait. */
  get size(): number {
    return this.#size;
  }

  /** Rows of these cells that wait. */
  waitingFor(cellIds: Iterable<string>): CellResult[] {
    return [...cellIds].flatMap((cellId) => this.#waiting.get(cellId)?.map(({ result }) => result) ?? []);
  }

  /** Every row that waits. */
  all(): CellResult[] {
    return this.waitingFor(this.#waiting.keys());
  }

  /** These cells' rows are in a segment. */
  settle(cellIds: Iterable<string>): void {
    for (const cellId of cellIds) {
      this.#size -= this.#waiting.get(cellId)?.length ?? 0;
      this.#waiting.delete(cellId);
    }
  }

  /** Of each journal, how many bytes hold nothing that waits. */
  settled(): Map<string, number> {
    const ends = new Map(this.#ends);
    const lower = (file: string, start: number): void => void ends.set(file, Math.min(ends.get(file) ?? 0, start));
    for (const { file, start } of [...this.#waiting.values()].flat()) lower(file, start);
    for (const [file, start] of this.#forgotten) lower(file, start);
    return ends;
  }

  async #readFile(file: string): Promise<void> {
    const path = join(this.#folder, file);
    let start = this.#ends.get(file) ?? 0;
    await guarded('read', path, async () => {
      for await (const { line, end } of readLinesFrom(path, start)) {
        const result = resultOfLine(line, path, `the line at byte ${start}`);
        if (result !== null) this.#add({ result, file, start });
        start = end;
        this.#ends.set(file, end);
      }
    });
  }

  #add(waiting: Waiting): void {
    const { cellId } = waiting.result.cell;
    const others = this.#waiting.get(cellId);
    if (others === undefined) this.#waiting.set(cellId, [waiting]);
    else others.push(waiting);
    this.#size += 1;
  }

  /** Keeps memory flat, whatever is never settled. */
  forgetOldest(): void {
    for (const [cellId, rows] of this.#waiting) {
      if (this.#size <= MOST_WAITING) return;
      for (const { file, start } of rows) {
        this.#forgotten.set(file, Math.min(this.#forgotten.get(file) ?? start, start));
      }
      this.settle([cellId]);
    }
  }
}
