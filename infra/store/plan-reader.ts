import type { Cell } from '../../domain/cell.js';
import { readLinesFrom } from '../fs.js';
import { parsePlanLine, planPath, readManifest } from './manifest.js';
import { guarded } from './store-fault.js';

/** Lines between two places that are remembered. */
const EACH = 250;

/** A sweep's plan, any part of which is read without what stands before it: its lines are counted once. */
export class PlanReader {
  readonly #path: string;
  /** Byte where each `EACH`th line begins. */
  readonly #starts: Float64Array;

  private constructor(path: string, starts: Float64Array) {
    this.#path = path;
    this.#starts = starts;
  }

  /** Throws `Failure` of type `SweepNotFound` or `StoreUnavailable`. */
  static async open(home: string, sweepId: string): Promise<PlanReader> {
    const path = planPath(home, await readManifest(home, sweepId));
    const starts = [0];
    let lines = 0;
    await guarded('read', path, async () => {
      for await (const { end } of readLinesFrom(path, 0)) {
        lines += 1;
        if (lines % EACH === 0) starts.push(end);
      }
    });
    return new PlanReader(path, Float64Array.from(starts));
  }

  /** Cells `offset` to `end` of the plan, in its order; fewer at its end. */
  async cells(offset: number, end: number): Promise<Cell[]> {
    const place = Math.min(Math.floor(offset / EACH), this.#starts.length - 1);
    const cells: Cell[] = [];
    await guarded('read', this.#path, async () => {
      let line = place * EACH;
      for await (const { line: text } of readLinesFrom(this.#path, this.#starts[place] ?? 0)) {
        if (line >= end) break;
        line += 1;
        if (line > offset) cells.push(parsePlanLine(text, this.#path, line));
      }
    });
    return cells;
  }
}
