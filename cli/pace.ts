const WINDOW_MS = 600_000;
const WINDOW_CELLS = 30;

/** How fast a sweep gets on of late: answers that were stored before come by the hundred at its start, and say nothing of the rest. */
export class Pace {
  /** When each number of cells was reached, from the one on that counts. */
  private readonly reached: { readonly at: number; readonly done: number }[] = [];

  /**
   * Cells a second, over the last ten minutes or the last thirty cells, whichever is longer, or since the first note.
   * `at`, in milliseconds, never falls; `found` falls for a moment where a page can't be asked.
   */
  note(at: number, found: number): number {
    const { reached } = this;
    const done = Math.max(found, reached.at(-1)?.done ?? 0);
    if (reached.at(-1)?.done !== done) reached.push({ at, done });
    for (let [, next] = reached; next !== undefined; [, next] = reached) {
      if (at - next.at < WINDOW_MS || done - next.done < WINDOW_CELLS) break;
      reached.shift();
    }
    const since = reached[0] ?? { at, done };
    return (done - since.done) / Math.max(1, (at - since.at) / 1_000);
  }

  /** When cells last ended; the first note where none has since, and for ever ago before that. */
  get lastAt(): number {
    return this.reached.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  }
}
