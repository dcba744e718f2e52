import type { ArmIdentity } from '../../domain/cell-facts.js';
import type { Category } from './column-values.js';

/** Tells a cell that comes twice, by its arm, task and sample. */
export class SeenCells {
  readonly #tasks = new Map<string, number>();
  readonly #arms = new Map<ArmIdentity, ArmSamples>();

  /** For a segment with these tasks: a function that throws if a cell was here before. */
  of(tasks: Category): (arm: ArmIdentity, sample: number, row: number) => void {
    const numbers = Int32Array.from(tasks.words, (task) => this.#numberOf(task));
    return (arm, sample, row) => {
      let seen = this.#arms.get(arm);
      if (seen === undefined) this.#arms.set(arm, (seen = new ArmSamples()));
      seen.demandNew(numbers[tasks.index(row)] ?? 0, sample);
    };
  }

  #numberOf(task: string): number {
    const known = this.#tasks.get(task) ?? this.#tasks.size;
    this.#tasks.set(task, known);
    return known;
  }
}

/** A bit for each sample of each task: a word of a task for 32 samples, and only where there are such samples. */
class ArmSamples {
  readonly #blocks = new Map<number, Uint32Array>();

  demandNew(task: number, sample: number): void {
    const block = sample >>> 5;
    let words = this.#blocks.get(block);
    if (words === undefined || task >= words.length) {
      const wider = new Uint32Array(Math.max(16, task * 2));
      wider.set(words ?? []);
      this.#blocks.set(block, (words = wider));
    }
    const known = words[task] ?? 0;
    const bit = 1 << (sample & 31);
    if ((known & bit) !== 0) throw new Error('a cell is in two segments');
    words[task] = known | bit;
  }
}
