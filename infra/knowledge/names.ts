/** Words that programs use for the same thing in one library and another. */
const SAME = [
  'append concat concatenate cat join extend stack',
  'remove drop delete discard',
  'mean average avg',
  'product prod',
  'inverse inv',
  'parse strptime',
  'convert cast astype',
  'date datetime',
  'size len length shape text bbox',
  'load open read',
  'save write dump export',
  'integers int integer randint',
  'impute imputer',
  'root sqrt',
  'square squared',
  'classifier classification',
  'regressor regression',
  'head lm',
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

/** How alike two last components are, from 0 to 1: by letters, by words, by what one is short for. */
export function similarity(wanted: string, found: string): number {
  if (wanted === found) return 1;
  const [a, b] = [flat(wanted), flat(found)];
  if (a === b) return 0.97;
  const shorter = Math.min(a.length, b.length);
  const longer = Math.max(a.length, b.length);
  if (shorter === 0) return 0;
  const ratio = shorter / longer;
  const best = Math.max(byWords(wordsOf(wanted), wordsOf(found)), byInitials(a, wordsOf(found)));
  if (shorter >= 2 && (a.startsWith(b) || b.startsWith(a))) return Math.max(best, 0.6 + 0.36 * ratio);
  if (shorter >= 3 && (a.includes(b) || b.includes(a))) return Math.max(best, 0.5 + 0.4 * ratio);
  const most = Math.floor(longer * 0.45);
  if (longer - shorter > most) return best;
  return Math.max(best, 1 - distance(a, b) / longer - 0.02);
}

function flat(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** "rmse" is "root_mean_squared_error". */
function byInitials(short: string, words: readonly string[]): number {
  return words.length >= 3 && short === words.map((word) => word[0]).join('') ? 0.9 : 0;
}

function byWords(wanted: readonly string[], found: readonly string[]): number {
  if (wanted.length === 0 || found.length === 0) return 0;
  const held = wanted.reduce((sum, word) => sum + Math.max(...found.map((other) => alike(word, other))), 0);
  return (0.92 * 2 * held) / (wanted.length + found.length + Math.max(0, wanted.length - held));
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
