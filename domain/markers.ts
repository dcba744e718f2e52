/**
 * The lines by which a test of AICoderEval tells how far it got (arXiv 2406.04712): `Testing started.`,
 * `Testing case [i/n] started.`, `Test case [i/n] failed: ...`, `Testing finished.`.
 */
export type Marker =
  | { readonly kind: 'started' | 'finished'; readonly text: string }
  | {
      readonly kind: 'case-started' | 'case-failed' | 'case-passed';
      /** As printed, from 1. */
      readonly index: number;
      /** The n of `[i/n]`, as printed. */
      readonly of: number;
      readonly text: string;
    };

/** What became of each case of one run, told by its markers alone. */
export interface MarkedRun {
  /** In order, from the case [1/n]; as many as were announced, or declared if that is more. */
  readonly cases: readonly ('passed' | 'failed' | 'not-run')[];
  readonly started: boolean;
  readonly finished: boolean;
}

const CASE =
  /test(?:ing)?\s+case\s*\[\s*(\d{1,6})\s*\/\s*(\d{1,6})\s*\]\s*(started|failed|passed|succeeded|finished)\b/i;
const WHOLE = /(?:^|[^\p{L}\p{N}])testing\s+(started|finished)\.?\s*$/iu;
const SUCCESS: ReadonlySet<string> = new Set(['passed', 'succeeded', 'finished']);
/** No test has more cases; a larger n is noise. */
const MOST_CASES = 1_000;

/**
 * The markers in what a run wrote, in order. Lines end at a line feed or a carriage return; text may stand before a
 * marker on its line (a progress bar, a spinner), and after that of a case.
 */
export function parseMarkers(output: string): Marker[] {
  return output.split(/[\r\n]/).flatMap((line) => markerOf(line) ?? []);
}

/**
 * Case i passed if case i+1 started or the test finished after it with no failure that names i in between; a test runs
 * its cases one after the other, so what was not announced was not run. A failure in `stderr` (a traceback) counts too.
 */
export function markedRun(stdout: string, stderr = ''): MarkedRun {
  const markers = parseMarkers(stdout);
  const failed = new Set<number>();
  for (const marker of [...markers, ...parseMarkers(stderr)]) {
    if (marker.kind === 'case-failed') failed.add(marker.index);
  }
  const announced = markers.flatMap((marker) => (marker.kind === 'case-started' ? [marker.index] : []));
  const finished = markers.some(({ kind }) => kind === 'finished');
  const declared = markers.map((marker) => ('of' in marker ? marker.of : 0));
  const total = Math.max(0, ...[...announced, ...declared, ...failed].filter((n) => n <= MOST_CASES));
  const last = announced.at(-1);
  const cases = Array.from({ length: total }, (_, at) => {
    const index = at + 1;
    if (failed.has(index)) return 'failed';
    if (!announced.includes(index)) return 'not-run';
    if (index !== last || finished) return 'passed';
    return 'failed';
  });
  return { cases, started: markers.some(({ kind }) => kind === 'started'), finished };
}

function markerOf(line: string): Marker | null {
  const text = line.trim();
  const found = CASE.exec(text);
  if (found !== null) {
    const [, index, of, word = ''] = found;
    const outcome = SUCCESS.has(word.toLowerCase()) ? 'passed' : (word.toLowerCase() as 'started' | 'failed');
    return { kind: `case-${outcome}`, index: Number(index), of: Number(of), text };
  }
  const whole = WHOLE.exec(text)?.[1]?.toLowerCase();
  return whole === undefined ? null : { kind: whole as 'started' | 'finished', text };
}
