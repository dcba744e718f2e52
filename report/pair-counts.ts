/** Counts of pairs of names. */
export class PairCounts {
  readonly #counts = new Map<string, Map<string, { count: number }>>();

  add(first: string, second: string, count = 1): void {
    let of = this.#counts.get(first);
    if (of === undefined) this.#counts.set(first, (of = new Map()));
    const counter = of.get(second);
    if (counter === undefined) of.set(second, { count });
    else counter.count += count;
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
