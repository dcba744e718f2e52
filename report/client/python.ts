/** A piece of Python as a reader's eye wants it told apart. */
export interface Token {
  readonly kind: 'plain' | 'comment' | 'string' | 'keyword' | 'number';
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import ' +
    'in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

// Every branch takes at least one sign and none can be matched in two ways, so the time is linear in the text.
const TOKEN =
  /(#[^\n]*)|([rbfuRBFU]{0,2}(?:"""(?:[^"\\]|\\[^]|"(?!""))*(?:"""|$)|'''(?:[^'\\]|\\[^]|'(?!''))*(?:'''|$)|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?))|([A-Za-z_]\w*)|(\d[\w.]*)|([^#"'A-Za-z_\d]+)/gy;

/** Longer programs are shown in one colour. */
const LIMIT = 100_000;

/** The lines of a program, each in pieces; a string that spans lines is a piece in each of them. */
export function pythonLines(program: string): Token[][] {
  const lines: Token[][] = [[]];
  for (const { kind, text } of program.length > LIMIT ? [{ kind: 'plain', text: program } as const] : tokens(program)) {
    for (const [at, part] of text.split('\n').entries()) {
      if (at > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ kind, text: part });
    }
  }
  return lines;
}

function* tokens(program: string): Generator<Token> {
  TOKEN.lastIndex = 0;
  let end = 0;
  for (const [text, comment, string, word, number] of program.matchAll(TOKEN)) {
    end += text.length;
    if (comment !== undefined) yield { kind: 'comment', text };
    else if (string !== undefined) yield { kind: 'string', text };
    else if (word !== undefined) yield { kind: KEYWORDS.has(word) ? 'keyword' : 'plain', text };
    else yield { kind: number === undefined ? 'plain' : 'number', text };
  }
  if (end < program.length) yield { kind: 'plain', text: program.slice(end) };
}
