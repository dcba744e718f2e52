/** A line of two texts laid beside each other: kept, or only in the old or the new one. Numbers are from 1. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** Differing lines beyond this are not matched with each other: the time grows with their square. */
const MOST_EDITS = 600;

/** The lines of both texts in order, with as few removed and added as there can be (Myers 1986, "An O(ND) difference algorithm"). */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const pairs = matches(a.slice(start, endA), b.slice(start, endB));
  const kept: (readonly [number, number])[] = [
    ...Array.from({ length: start }, (_, at) => [at, at] as const),
    ...pairs.map(([x, y]) => [x + start, y + start] as const),
    ...Array.from({ length: a.length - endA }, (_, at) => [endA + at, endB + at] as const),
  ];
  return laidOut(a, b, kept);
}

function laidOut(a: readonly string[], b: readonly string[], kept: readonly (readonly [number, number])[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...kept, [a.length, b.length] as const]) {
    for (; x < nextX; x += 1) lines.push({ kind: 'removed', text: a[x] ?? '', before: x + 1, after: null });
    for (; y < nextY; y += 1) lines.push({ kind: 'added', text: b[y] ?? '', before: null, after: y + 1 });
    if (x < a.length && y < b.length) lines.push({ kind: 'same', text: a[x] ?? '', before: x + 1, after: y + 1 });
    [x, y] = [nextX + 1, nextY + 1];
  }
  return lines;
}

/** Pairs of equal lines, in order. */
function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  const furthest = new Map([[1, 0]]);
  const steps: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(a.length + b.length, MOST_EDITS); edits += 1) {
    steps.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(furthest, diagonal, edits)
        ? (furthest.get(diagonal + 1) ?? 0)
        : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return traced(steps, a.length, b.length);
    }
  }
  return [];
}

function isDown(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  const [left, right] = [furthest.get(diagonal - 1) ?? -1, furthest.get(diagonal + 1) ?? -1];
  return diagonal === -edits || (diagonal !== edits && left < right);
}

function traced(steps: readonly ReadonlyMap<number, number>[], endX: number, endY: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [endX, endY];
  for (let edits = steps.length - 1; edits >= 0; edits -= 1) {
    const furthest = steps[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const from = isDown(furthest, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const [fromX, fromY] = [furthest.get(from) ?? 0, (furthest.get(from) ?? 0) - from];
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      [x, y] = [x - 1, y - 1];
      pairs.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return pairs.toReversed();
}
