/** From a value to a place on an axis. */
export type Scale = (value: number) => number;

export function linear(from: number, to: number, start: number, end: number): Scale {
  return (value) => (to === from ? start : start + ((value - from) / (to - from)) * (end - start));
}

/** An axis on which every tenfold is as long as the other; values above 0. */
export function logarithmic(from: number, to: number, start: number, end: number): Scale {
  const scale = linear(Math.log10(from), Math.log10(to), start, end);
  return (value) => scale(Math.log10(value));
}

/** Round values from `low` to `high`, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough * 0.999) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** 1, 2 and 5 times each power of ten within the bounds. */
export function logTicks(low: number, high: number): number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, at) => 10 ** (Math.floor(Math.log10(low)) + at),
  );
  return powers.flatMap((power) => [1, 2, 5].map((times) => times * power)).filter((at) => at >= low && at <= high);
}

/** Places as near to the wished ones as they can be without being nearer to each other than `gap`; in the order given. */
export function apart(wished: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wished.map((_, at) => at).sort((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0) || a - b);
  const placed = order.map((at) => wished[at] ?? 0);
  // Pushed down one after another, then back up from the end where the last would leave the axis.
  for (const [at, place] of placed.entries())
    placed[at] = Math.max(place, at === 0 ? low : (placed[at - 1] ?? 0) + gap);
  for (let at = placed.length - 1; at >= 0; at -= 1) {
    placed[at] = Math.min(placed[at] ?? 0, at === placed.length - 1 ? high : (placed[at + 1] ?? 0) - gap);
  }
  const result = wished.map(() => 0);
  for (const [at, index] of order.entries()) result[index] = placed[at] ?? 0;
  return result;
}
