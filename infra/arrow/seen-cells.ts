import type { ArmIdentity } from '../../domain/cell-facts.js';
import type { Category } from './column-values.js';

/** Tells a cell that comes twice, by its arm, task and sample: a bit a cell. */
export class SeenCells {
  readonly #tasks = new Map<string, number>();
  readonly #arms = new Map<ArmIdentity, ArmBits>();

  /** For a segment with these tasks: a function that throws if a cell was here before. */
  of(tasks: Category): (arm: ArmIdentity, sample: number, row: number) => void {
    const numbers = Int32Array.from(tasks.words, (task) => this.#numberOf(task));
    return (arm, sample, row) => {
      let bits = this.#arms.get(arm);
      if (bits === undefined) this.#arms.set(arm, (bits = new ArmBits()));
      bits.demandNew(numbers[tasks.index(row)] ?? 0, sample);
    };
  }

  #numberOf(task: string): number {
    const known = this.#tasks.get(task) ?? this.#tasks.size;
    this.#tasks.set(task, known);
    return known;
  }
}

/** A bit for each sample of each task, all in one array. */
class ArmBits {
  /** 32-bit words of a task. */
  #width = 1;
  #words: Uint32Array = new Uint32Array(64);

  demandNew(task: number, sample: number): void {
    while (sample >> 5 >= this.#width) this.#widen();
    const at = task * this.#width + (sample >> 5);
    if (at >= this.#words.length) this.#words = copied(this.#words, 2 * (at + 1), 1, 1);
    const known = this.#words[at] ?? 0;
    const bit = 1 << (sample & 31);
    if ((known & bit) !== 0) throw new Error('a cell is in two segments');
    this.#words[at] = known | bit;
  }

  #widen(): void {
    this.#words = copied(this.#words, this.#words.length * 2, this.#width, this.#width * 2);
    this.#width *= 2;
  }
}

function copied(words: Uint32Array, length: number, from: number, to: number): Uint32Array {
  const larger = new Uint32Array(length);
  for (let task = 0; task * from < words.length; task += 1) {
    larger.set(words.subarray(task * from, (task + 1) * from), task * to);
  }
  return larger;
}
