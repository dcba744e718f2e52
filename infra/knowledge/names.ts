/** Words that programs use for the same thing in one library and another. */
const SAME = [
  'append concat concatenate cat extend',
  'remove drop delete discard',
  'mean average avg',
  'convert cast astype',
  'load open read',
  'save write dump export',
].map((line) => new Set(line.split(' ')));

/** "RandomForestClassifier" and "random_forest" as lower-case words. */
export function wordsOf(name: string): string[] {
  const parts = name.replaceAll(/([a-z\d])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3 $2$4').toLowerCase();
  return parts.split(/[^a-z\d]+/).filter((word) => word !== '');
}

/** Words that a search looks for: those of names, and the names themselves. */
export function tokensOf(text: string): string[] {
  return text
    .split(/[^\w]+/)
    .filter((name) => name !== '')
    .flatMap((name) => {
      const words = wordsOf(name);
      return words.length > 1 ? [name.toLowerCase().replaceAll('_', ''), ...words] : words;
    });
}

/** A last component, prepared for being compared with many others. */
export interface Name {
  readonly text: string;
  /** Lower case, without underscores. */
  readonly flat: string;
  readonly words: readonly string[];
}

export function nameOf(text: string): Name {
  return { text, flat: text.toLowerCase().replaceAll('_', ''), words: wordsOf(text) };
}

/** How alike two names are, from 0 to 1: by letters, by words, by what one is short for. */
export function similarity(wanted: Name, found: Name): number {
  if (wanted.text === found.text) return 1;
  const [a, b] = [wanted.flat, found.flat];
  if (a === b) return 0.97;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return 0;
  const ratio = short.length / long.length;
  const best = Math.max(byWords(wanted.words, found.words), byInitials(a, found.words));
  if (short.length >= 2 && long.startsWith(short)) return Math.max(best, 0.6 + 0.36 * ratio);
  if (short.length >= 3 && long.includes(short)) return Math.max(best, 0.5 + 0.4 * ratio);
  if (isShortFor(short, long)) return Math.max(best, 0.45 + 0.35 * ratio);
  if (long.length - short.length > Math.floor(long.length * 0.45)) return best;
  return Math.max(best, 1 - distance(a, b) / long.length - 0.02);
}

/** "sqrt" is "squareroot": the same first and last letter, and the others in their order. */
function isShortFor(short: string, long: string): boolean {
  if (short.length < 3 || short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** "rmse" is "root_mean_squared_error". */
function byInitials(short: string, words: readonly string[]): number {
  return words.length >= 3 && short === words.map((word) => word[0]).join('') ? 0.9 : 0;
}

/** The share of words that both have. */
function byWords(wanted: readonly string[], found: readonly string[]): number {
  if (wanted.length === 0 || found.length === 0) return 0;
  let held = 0;
  for (const word of wanted) {
    let best = 0;
    for (const other of found) best = Math.max(best, alike(word, other));
    held += best;
  }
  return (0.92 * 2 * held) / (wanted.length + found.length);
}

function alike(a: string, b: string): number {
  if (a === b) return 1;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= 3 && (a.startsWith(b) || b.startsWith(a))) return 0.85;
  if (SAME.some((set) => set.has(a) && set.has(b))) return 0.8;
  return shorter >= 5 && distance(a, b) <= 1 ? 0.85 : 0;
}

/** Letters to insert, remove, replace or swap with their neighbours. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [older, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}
