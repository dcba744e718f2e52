/** Calls `run` on all items in their order, on `width` of them at a time. Throws its first error, and begins no item after that. */
export async function inParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const left = taken(items);
  const work = async (): Promise<void> => {
    for await (const item of left) await run(item);
  };
  await Promise.all(Array.from({ length: width }, work));
}

/** A generator ends for all who take from it once one of them fails; an array's own iterator would go on. */
async function* taken<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* items;
}
