/** A token of a piece of Python source. Comments and white space are none. */
export interface Token {
  readonly kind: 'string' | 'name' | 'number' | 'sign';
  readonly text: string;
}

const STRING = String.raw`(?<string>[rRbBuUfF]{0,2}(?:"""(?:\\[^]|(?!""")[^])*(?:"""|$)|'''(?:\\[^]|(?!''')[^])*(?:'''|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?))`;
const TOKEN = new RegExp(
  String.raw`${STRING}|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d[\w.]*)|(?<blank>[\s\\]+|#[^\n]*)|(?<sign>==|!=|<=|>=|:=|->|\*\*|[^])`,
  'gu',
);

/** The tokens of a piece of source, in order; a string that is not closed is one token up to its end. Never throws. */
export function tokens(source: string): Token[] {
  return [...source.matchAll(TOKEN)].flatMap(({ groups = {} }) => {
    const kind = (['string', 'name', 'number', 'sign'] as const).find((name) => groups[name] !== undefined);
    return kind === undefined ? [] : [{ kind, text: groups[kind] ?? '' }];
  });
}

/** Tokens parted by a sign that stands outside of all brackets. */
export function split(all: readonly Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of all) {
    depth += depthOf(token);
    if (depth === 0 && token.kind === 'sign' && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The arguments of each call of a function by its bare name, in order; those of calls inside of calls as well. */
export function callsOf(all: readonly Token[], name: string): Token[][][] {
  return all.flatMap((token, at) => {
    const isCall = token.kind === 'name' && token.text === name && all[at + 1]?.text === '(';
    const before = all[at - 1]?.text ?? '';
    if (!isCall || ['.', 'def', 'class'].includes(before)) return [];
    const inside = bracketed(all.slice(at + 1));
    return [inside.length === 0 ? [] : split(inside, ',')];
  });
}

/** What stands between the bracket that comes first and the one that closes it. */
function bracketed(all: readonly Token[]): Token[] {
  let depth = 0;
  const end = all.findIndex((token) => {
    depth += depthOf(token);
    return depth === 0;
  });
  return all.slice(1, end < 0 ? all.length : end);
}

function depthOf({ kind, text }: Token): number {
  if (kind !== 'sign') return 0;
  if (text === '(' || text === '[' || text === '{') return 1;
  return text === ')' || text === ']' || text === '}' ? -1 : 0;
}

/** Prefix, quotes and content of a string literal, escapes as written. */
export function stringParts(literal: string): { prefix: string; content: string } {
  const found = /^([a-zA-Z]*)("""|'''|"|')([^]*)$/.exec(literal);
  if (found === null) return { prefix: '', content: '' };
  const [, prefix = '', quotes = '', rest = ''] = found;
  return { prefix: prefix.toLowerCase(), content: rest.endsWith(quotes) ? rest.slice(0, -quotes.length) : rest };
}
