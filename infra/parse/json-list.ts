/**
 * The entries of a JSON list as they are written, each to be parsed by itself; null if the text is no list, or goes on behind one.
 * Linear in the length of the text.
 */
export function entriesOf(text: string): string[] | null {
  const start = text.search(/\S/);
  if (text[start] !== '[') return null;
  const entries: string[] = [];
  const signs = /["[\]{},]/g;
  let from = start + 1;
  let depth = 0;
  signs.lastIndex = from;
  for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
    const [char] = sign;
    if (char === '"') signs.lastIndex = endOfString(text, signs.lastIndex);
    else if (char === '[' || char === '{') depth += 1;
    else if (depth > 0) depth -= char === ',' ? 0 : 1;
    else {
      entries.push(text.slice(from, sign.index).trim());
      from = signs.lastIndex;
      if (char !== ',') return char === ']' && text.slice(from).trim() === '' ? withoutNone(entries) : null;
    }
  }
  return null;
}

/** Of `[]` there is none. */
function withoutNone(entries: string[]): string[] {
  return entries.length === 1 && entries[0] === '' ? [] : entries;
}

/** The index behind the quotes that end a string. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
