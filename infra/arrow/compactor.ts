import type { CellResult } from '../../domain/cell.js';
import { Failure } from '../../domain/failures.js';
import { acquireLock } from '../lock.js';
import { lostSegments, readCompacted, writeCompacted } from '../store/compacted.js';
import { groupBy } from '../../domain/group-by.js';
import { dedupe, order } from '../store/dedupe.js';
import { readJournals } from '../store/journal.js';
import { JournalTail } from '../store/journal-tail.js';
import { sweepFolder } from '../store/paths.js';
import { visitCellIds } from './cell-ids.js';
import { hasSegment, readSegmentIfWhole, writeSegment } from './segments.js';

/** Pages that share a segment, named by the first of them: few files, each small enough to be written anew for every page. */
export const PAGES_EACH = 20;

/** A page of a sweep that has ended. */
export interface Page {
  readonly number: number;
  readonly cellIds: readonly string[];
  /** Cells of all pages that share a segment; asked for where that is damaged or gone. */
  readonly segmentCellIds: (segment: number) => Promise<readonly string[]>;
  /** The sweep was cancelled, perhaps: where a cell has no row, the page's rows stay in the journals. */
  readonly mayLackRows?: boolean;
}

/** So many rows more than when it was last asked, and the tail asks which of them a segment holds. */
const ASK_EACH = 2_000;

/** Puts the rows of a sweep's journals into its segments, page by page. Each line of a journal is read once. */
export class Compactor {
  readonly #home: string;
  readonly #sweepId: string;
  #tail: JournalTail | null = null;
  /** Rows in the tail when it last asked which of them a segment holds; 0 if it never did. */
  #asked = 0;

  constructor(home: string, sweepId: string) {
    this.#home = home;
    this.#sweepId = sweepId;
  }

  /**
   * Adds a page's rows to its segment. Doing it again changes nothing: a row gives way only to a better one of its cell.
   * Throws `Failure('StoreUnavailable')` if a cell has no row, unless it may: a page is in its segment as a whole, or not
   * at all.
   */
  async compact(page: Page): Promise<void> {
    const lock = await acquireLock(`compact ${sweepFolder(this.#home, this.#sweepId)}`, { wait: true });
    try {
      await this.#compact(page);
    } finally {
      await lock?.release();
    }
  }

  async #compact(page: Page): Promise<void> {
    const { cellIds } = page;
    for (const lost of await lostSegments(this.#home, this.#sweepId)) await this.#rebuild(lost, page);
    const { index, before } = await this.#segmentOf(page);
    const tail = await this.#readTail();
    const rows = await this.#rowsOf(page, before, tail);
    if (rows === null) return;
    const after = dedupe([...before, ...rows]);
    const known = new Set(before);
    if (after.length === 0 || after.some((row) => !known.has(row))) {
      await writeSegment(this.#home, this.#sweepId, index, after);
    }
    tail.settle(cellIds);
    await writeCompacted(this.#home, this.#sweepId, tail.settled());
  }

  /** Where a page belongs, and what is there already. */
  async #segmentOf(page: Page): Promise<{ index: number; before: CellResult[] }> {
    const { number, cellIds } = page;
    const index = number - (number % PAGES_EACH);
    // Versions that wrote a segment for each page.
    const own = number === index ? null : await this.#segment(number);
    if (own !== null && holds(own, cellIds)) return { index: number, before: own };
    return { index, before: (await this.#segment(index)) ?? (await this.#rebuilt(index, page)) };
  }

  /** What a segment holds; null if there is none, or one that is damaged. */
  #segment(index: number): Promise<CellResult[] | null> {
    return readSegmentIfWhole(this.#home, this.#sweepId, index);
  }

  /** In place of a segment that is damaged: what the journals hold of it. Nothing where it was never written. */
  async #rebuilt(index: number, page: Page): Promise<CellResult[]> {
    return (await hasSegment(this.#home, this.#sweepId, index)) ? this.#rebuild(index, page) : [];
  }

  /** Writes a segment anew from the journals, which keep all that was ever in it. */
  async #rebuild(index: number, { segmentCellIds }: Page): Promise<CellResult[]> {
    const only = new Set(await segmentCellIds(index));
    const rows = await readJournals(this.#home, this.#sweepId, { only });
    if (rows.length > 0) await writeSegment(this.#home, this.#sweepId, index, rows);
    return rows;
  }

  /**
   * The rows of a page's cells; looks through whole journals where the tail has not got them all. Null where a cell has none
   * and may have none.
   */
  async #rowsOf(
    { cellIds, mayLackRows = false }: Page,
    before: readonly CellResult[],
    tail: JournalTail,
  ): Promise<CellResult[] | null> {
    const waiting = tail.waitingFor(cellIds);
    if (holds([...before, ...waiting], cellIds)) return waiting;
    const rows = await readJournals(this.#home, this.#sweepId, { only: new Set(cellIds) });
    const found = new Set([...before, ...rows].map(({ cell }) => cell.cellId));
    const missing = cellIds.filter((cellId) => !found.has(cellId));
    if (missing.length === 0) return rows;
    if (mayLackRows) return null;
    const message = `The journals of sweep "${this.#sweepId}" hold no row of ${missing.length} cells, the first ${missing[0]}.`;
    throw new Failure('StoreUnavailable', message);
  }

  async #readTail(): Promise<JournalTail> {
    this.#tail ??= new JournalTail(this.#home, this.#sweepId, await readCompacted(this.#home, this.#sweepId));
    await this.#tail.read();
    if (this.#tail.size - this.#asked >= ASK_EACH || this.#asked === 0) await this.#settleHeld(this.#tail);
    this.#tail.forgetOldest();
    return this.#tail;
  }

  /** Rows that came to a segment without this process: before it began, or by another worker. */
  async #settleHeld(tail: JournalTail): Promise<void> {
    const waiting = groupBy(tail.all(), ({ cell }) => cell.cellId);
    const held: string[] = [];
    if (waiting.size > 0) {
      await visitCellIds(this.#home, this.#sweepId, (row) => {
        if (waiting.get(row.cellId)?.every((other) => order(row, other) <= 0) === true) held.push(row.cellId);
      });
    }
    tail.settle(held);
    this.#asked = Math.max(1, tail.size);
  }
}

function holds(rows: readonly CellResult[], cellIds: readonly string[]): boolean {
  const there = new Set(rows.map(({ cell }) => cell.cellId));
  return cellIds.every((cellId) => there.has(cellId));
}
