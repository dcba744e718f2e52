/** Counts of pairs of names. */
export class PairCounts {
  readonly #counts = new Map<string, Map<string, { count: number }>>();

  #last = { first: '', second: '', counter: { count: 0 } };

  add(first: string, second: string): void {
    const last = this.#last;
    if (last.first === first && last.second === second) last.counter.count += 1;
    else this.#last = { first, second, counter: this.#plusOne(first, second) };
  }

  #plusOne(first: string, second: string): { count: number } {
    let of = this.#counts.get(first);
    if (of === undefined) this.#counts.set(first, (of = new Map()));
    let counter = of.get(second);
    if (counter === undefined) of.set(second, (counter = { count: 0 }));
    counter.count += 1;
    return counter;
  }

  of(first: string, second: string): number {
    return this.#counts.get(first)?.get(second)?.count ?? 0;
  }

  /** Each pair with its count; pairs of one count by their names. */
  largestFirst(): [first: string, second: string, count: number][] {
    const all = [...this.#counts].flatMap(([first, of]) =>
      [...of].map(([second, { count }]): [string, string, number] => [first, second, count]),
    );
    return all.toSorted(([a, b, n], [c, d, m]) => m - n || ([a, b].join() < [c, d].join() ? -1 : 1));
  }
}
