/** A call and its result as a docstring shows them, both Python source. */
export interface InlineExample {
  readonly call: string;
  readonly want: string;
}

/** What docstrings write between a call and its result. */
const BETWEEN =
  /[ \t]*(?:#[ \t]*)?(?:={1,3}>?|-+>|➞|→|(?:should |will |must )?(?:returns?|be|gives?|outputs?)\b)[ \t]*:?[ \t]*/iy;

/** A number, a name for a constant, the start of a string, a bracket, or what stands between them. */
const TOKEN = /\s+|[-+]?(?:\d[\w.]*|\.\d\w*)|(?:True|False|None|true|false)\b|[rRbBuU]?["']|[([{}\]),:]/y;

/**
 * Calls of the entry point with literal arguments whose literal result stands beside them: `f([1, 2]) == 3`,
 * `f("a") ➞ True`, `f(0) should return None.` Results that go on as an expression (`== 1 + 2`) are left out.
 */
export function inlineExamples(docstring: string, entryPoint: string): InlineExample[] {
  const examples: InlineExample[] = [];
  for (const found of docstring.matchAll(new RegExp(`(?<![\\w.])${entryPoint}(?=\\()`, 'g'))) {
    const call = literalAt(docstring, found.index + entryPoint.length);
    BETWEEN.lastIndex = call?.end ?? 0;
    if (call === null || !BETWEEN.test(docstring)) continue;
    const want = literalAt(docstring, BETWEEN.lastIndex);
    if (want === null || !/^(?:[ \t]*(?:$|\n|#|\()|[ \t]+[a-z]|[.;](?:\s|$))/i.test(docstring.slice(want.end)))
      continue;
    examples.push({ call: entryPoint + call.source, want: want.source });
  }
  return examples;
}

/** The literal that starts at an offset: one atom, or everything to the bracket's end. */
function literalAt(text: string, start: number): { source: string; end: number } | null {
  let source = '';
  let depth = 0;
  let at = start;
  do {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined || (depth === 0 && /^[\s)\]},:]/.test(token))) return null;
    const end = /["']$/.test(token) ? endOfString(text, at + token.length) : at + token.length;
    if (end === null) return null;
    if (/^[([{]$/.test(token)) depth += 1;
    if (/^[)\]}]$/.test(token)) depth -= 1;
    source += token === 'true' ? 'True' : token === 'false' ? 'False' : text.slice(at, end);
    at = end;
  } while (depth > 0);
  return { source, end: at };
}

function endOfString(text: string, start: number): number | null {
  const quote = text.charAt(start - 1);
  for (let at = start; at < text.length && text[at] !== '\n'; at += text[at] === '\\' ? 2 : 1) {
    if (text[at] === quote) return at + 1;
  }
  return null;
}
