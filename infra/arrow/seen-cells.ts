import type { ArmIdentity } from '../../domain/cell-facts.js';
import type { Category } from './column-values.js';

/** Tells a cell that comes twice, by its arm, task and sample: a bit a cell. */
export class SeenCells {
  readonly #tasks = new Map<string, number>();
  readonly #arms = new Map<ArmIdentity, (Uint32Array | undefined)[]>();

  /** For a segment with these tasks: a function that throws if a cell was here before. */
  of(tasks: Category): (arm: ArmIdentity, sample: number, row: number) => void {
    const numbers = Int32Array.from(tasks.words, (task) => this.#numberOf(task));
    return (arm, sample, row) => {
      let ofArm = this.#arms.get(arm);
      if (ofArm === undefined) this.#arms.set(arm, (ofArm = []));
      const task = numbers[tasks.index(row)] ?? 0;
      const word = sample >> 5;
      let bits = ofArm[task];
      if (bits === undefined || bits.length <= word) ofArm[task] = bits = grown(bits, word);
      const bit = 1 << (sample & 31);
      const known = bits[word] ?? 0;
      if ((known & bit) !== 0) throw new Error('a cell is in two segments');
      bits[word] = known | bit;
    };
  }

  #numberOf(task: string): number {
    const known = this.#tasks.get(task) ?? this.#tasks.size;
    this.#tasks.set(task, known);
    return known;
  }
}

function grown(bits: Uint32Array | undefined, word: number): Uint32Array {
  const larger = new Uint32Array(Math.max(2 * (bits?.length ?? 0), word + 1));
  larger.set(bits ?? []);
  return larger;
}
