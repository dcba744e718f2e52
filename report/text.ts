const GAP = '  ';

/** Rows of cells as lines: the first `left` columns to the left, the others to the right, each as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[], left = 1): string[] {
  const count = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    widths
      .map((width, at) => (at < left ? (row[at] ?? '').padEnd(width) : (row[at] ?? '').padStart(width)))
      .join(GAP)
      .trimEnd(),
  );
}

/** 0.1234 -> "12.3 %"; "-" for none. */
export function percent(value: number | null | undefined): string {
  return typeof value === 'number' ? `${(100 * value).toFixed(1)} %` : '-';
}

/** 0.1234 -> "+12.3": a difference of shares in points. */
export function points(value: number): string {
  const text = (100 * value).toFixed(1);
  return Number(text) > 0 ? `+${text}` : text.replace('-0.0', '0.0');
}

/** "[2.1, 12.6]": an interval of shares in points, or in percent. */
export function range({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  if (low === null || high === null) return '-';
  return `[${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}

/** 1234567 -> "1,234,567". */
export function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** 1, "task" -> "1 task"; 2, "task" -> "2 tasks". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A paragraph in lines of at most so many characters, but for words that are longer. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}

/** A p value with three digits; "<0.001" below what they can show. */
export function probability(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** A text cut in its middle to a width: both ends of a name tell it from others. */
export function clip(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** What to bear in mind with the figures of a sweep that is not over. */
export const UNFINISHED =
  'What ends first is not a fair part: easy tasks are soon over, and cells that take many rounds are missing.';

/** How far a sweep is, and what that does to its figures; null of one that is over. */
export function soFar(finished: number, planned: number): string | null {
  return finished >= planned ? null : `${grouped(finished)} of ${grouped(planned)} cells so far. ${UNFINISHED}`;
}
