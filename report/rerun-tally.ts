import { type CellFacts, FINGERPRINTS } from '../domain/cell-facts.js';

const FIRST_CAPACITY = 256;

/** Programs, tests and environments that ran twice: of each the first two runs, as more of one are not independent. */
export class RerunTally {
  /** Open addressing over fingerprints + 1 (0 is free): a map of a million numbers takes five times the memory. */
  #keys = new Float64Array(FIRST_CAPACITY);
  /** 1: one run, failed; 2: one run, passed; 3: seen twice. */
  #states = new Uint8Array(FIRST_CAPACITY);
  #size = 0;
  pairs = 0;
  disagreeing = 0;

  add({ conditions, attempts }: CellFacts): void {
    for (const { program, runs, passes } of attempts) {
      for (let at = 0; at < runs; at += 1) {
        this.#run((program + 1 + conditions) % FINGERPRINTS, ((passes >> at) & 1) === 1);
      }
    }
  }

  #run(fingerprint: number, isPass: boolean): void {
    const slot = this.#slot(fingerprint + 1);
    const state = this.#states[slot];
    const now = isPass ? 2 : 1;
    if (state === 0) {
      this.#keys[slot] = fingerprint + 1;
      this.#states[slot] = now;
      this.#size += 1;
      if (this.#size * 2 > this.#keys.length) this.#grow();
    } else if (state !== 3) {
      this.#states[slot] = 3;
      this.pairs += 1;
      if (state !== now) this.disagreeing += 1;
    }
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = Math.imul(key % 4_294_967_296, 0x9e3779b1) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, states] = [this.#keys, this.#states];
    this.#keys = new Float64Array(keys.length * 2);
    this.#states = new Uint8Array(keys.length * 2);
    // Not by an iterator, which makes an array for each slot.
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] ?? 0;
      if (key === 0) continue;
      const slot = this.#slot(key);
      this.#keys[slot] = key;
      this.#states[slot] = states[at] ?? 0;
    }
  }
}
