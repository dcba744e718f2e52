import type { ArmIdentity } from '../../domain/cell-facts.js';
import type { Category } from './column-values.js';

/** Sample numbers that a task has room for. */
const SAMPLES = 2 ** 32;

/** Tells a cell that comes twice, by its arm, task and sample. */
export class SeenCells {
  readonly #tasks = new Map<string, number>();
  readonly #arms = new Map<ArmIdentity, Set<number>>();

  /** For a segment with these tasks: a function that throws if a cell was here before. */
  of(tasks: Category): (arm: ArmIdentity, sample: number, row: number) => void {
    const numbers = Int32Array.from(tasks.words, (task) => this.#numberOf(task));
    return (arm, sample, row) => {
      let seen = this.#arms.get(arm);
      if (seen === undefined) this.#arms.set(arm, (seen = new Set()));
      const before = seen.size;
      if (seen.add((numbers[tasks.index(row)] ?? 0) * SAMPLES + sample).size === before)
        throw new Error('a cell is in two segments');
    };
  }

  #numberOf(task: string): number {
    const known = this.#tasks.get(task) ?? this.#tasks.size;
    this.#tasks.set(task, known);
    return known;
  }
}
