/**
 * A line scanner for Python source that knows strings, comments, brackets and line continuations, and nothing else:
 * enough to find definitions, docstrings and top-level statements in programs that may be broken or cut off. Linear
 * in the length of the source, and it never throws.
 */
export interface LogicalLine {
  /** Without its final line feed; holds further line feeds where brackets or strings run over lines. */
  readonly text: string;
  /** Offset of its first character in the source. */
  readonly start: number;
  /** Columns of white space before it; a tab counts as four. */
  readonly indent: number;
  /** Nothing but white space and comments. */
  readonly blank: boolean;
  /** The source ended inside a bracket or a triple-quoted string of this line. */
  readonly open: boolean;
}

export type StatementKind = 'definition' | 'import' | 'assignment' | 'main-guard' | 'compound' | 'expression';

/** A top-level statement with its decorators, its indented body and the comments just above it. */
export interface Statement {
  readonly kind: StatementKind;
  /** The name that a definition, or an assignment to a single name, binds; else null. */
  readonly name: string | null;
  readonly text: string;
  /** Cut off: an unclosed bracket or string at its end, or a definition without a body. */
  readonly incomplete: boolean;
}

/** A top-level function of a source text; all positions are offsets. */
export interface FunctionSource {
  /** Where its first decorator or its `def` starts. */
  readonly start: number;
  /** The docstring's literal as written, quotes and prefix included; null if there is none. */
  readonly docstring: string | null;
  /** Where the docstring's line ends; where the `def` line ends if there is none. */
  readonly headEnd: number;
  /** White space before the first line of the body, as written; four spaces if there is none. */
  readonly bodyIndent: string;
}

const DEFINITION = /^(?:async\s+def|def|class)\s+([\p{L}_][\p{L}\p{N}_]*)/u;
const CLAUSE = /^(?:else|elif|except|finally)\b/;
const COMPOUND = /^(?:if|for|while|with|try|async)\b/;
const DOCSTRING = /^[ \t]*[rRuU]?("""|'''|"|')/;

/** Splits a source text into logical lines, in order; joined by line feeds they give the text again. */
export function logicalLines(source: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let start = 0;
  while (start < source.length) {
    const line = logicalLineAt(source, start);
    lines.push(line);
    start += line.text.length + 1;
  }
  return lines;
}

/** The logical line that starts at an offset of the source. */
export function logicalLineAt(source: string, start: number): LogicalLine {
  const { end, open } = endOfLogicalLine(source, start);
  const text = source.slice(start, end);
  const body = text.trimStart();
  return { text, start, indent: indentOf(text), blank: body === '' || body.startsWith('#'), open };
}

/** Columns of white space at the start of a line; a tab counts as four. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const char of line) {
    if (char === ' ') columns += 1;
    else if (char === '\t') columns += 4;
    else break;
  }
  return columns;
}

/** The top-level statements of a source text; comments after the last one are left out. */
export function topLevelStatements(source: string): Statement[] {
  const groups: LogicalLine[][] = [];
  let current: LogicalLine[] = [];
  /** Of `current`, those that belong to it for certain: comments at its end may belong to the next statement. */
  let certain = 0;
  let isDecorated = false;
  for (const line of logicalLines(source)) {
    if (!line.blank && certain > 0 && !isDecorated && line.indent === 0 && !CLAUSE.test(line.text)) {
      const comments = current.splice(certain);
      groups.push(current);
      current = comments;
    }
    current.push(line);
    if (line.blank) continue;
    certain = current.length;
    isDecorated = line.indent === 0 && line.text.startsWith('@');
  }
  if (certain > 0) groups.push(current.slice(0, certain));
  return groups.map(toStatement);
}

/** The last top-level function of that name, since that is the one Python keeps; null if there is none. */
export function findFunction(source: string, name: string): FunctionSource | null {
  const lines = logicalLines(source);
  const at = lines.findLastIndex((line) => defines(line, name) && !line.text.startsWith('class'));
  const header = lines[at];
  if (header === undefined) return null;
  const body = lines.slice(at + 1).find((line) => !line.blank);
  const inside = body !== undefined && body.indent > 0 ? body : null;
  const docstring = inside === null ? null : docstringOf(inside.text);
  const last = inside !== null && docstring !== null ? inside : header;
  return {
    start: startWithDecorators(lines, header, at),
    docstring,
    headEnd: last.start + last.text.length,
    bodyIndent: inside === null ? '    ' : inside.text.slice(0, inside.text.length - inside.text.trimStart().length),
  };
}

/** Where the last top-level function or class of that name starts, decorators included; null if there is none. */
export function startOfDefinition(source: string, name: string): number | null {
  const lines = logicalLines(source);
  const at = lines.findLastIndex((line) => defines(line, name));
  const header = lines[at];
  return header === undefined ? null : startWithDecorators(lines, header, at);
}

/** The names in a piece of source; those in strings and comments are among them. */
export function identifiers(source: string): Set<string> {
  return new Set(source.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
}

/** The part of an assignment before its sign, or null if the statement is none. */
export function assignmentTarget(statement: string): string | null {
  const sign = statement.indexOf('=');
  if (sign <= 0 || statement[sign + 1] === '=') return null;
  const target = statement.slice(0, sign);
  if (/(?:[!=:]|[^<]<|[^>]>)$/.test(target.slice(-2))) return null;
  let depth = 0;
  for (const char of target) {
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
  }
  return depth === 0 ? target : null;
}

function defines({ indent, text }: LogicalLine, name: string): boolean {
  return indent === 0 && DEFINITION.exec(text)?.[1] === name;
}

function startWithDecorators(lines: readonly LogicalLine[], header: LogicalLine, at: number): number {
  let first = at;
  while (lines[first - 1]?.text.startsWith('@')) first -= 1;
  return (lines[first] ?? header).start;
}

function endOfLogicalLine(source: string, start: number): { end: number; open: boolean } {
  let depth = 0;
  let at = start;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '\n' && depth === 0) return { end: at, open: false };
    if (char === '"' || char === "'") {
      const string = endOfString(source, at);
      if (string.open) return { end: source.length, open: true };
      at = string.end;
    } else if (char === '#') {
      const feed = source.indexOf('\n', at);
      at = feed < 0 ? source.length : feed;
    } else {
      if ('([{'.includes(char)) depth += 1;
      else if (')]}'.includes(char)) depth = Math.max(0, depth - 1);
      at += char === '\\' ? 2 : 1;
    }
  }
  return { end: source.length, open: depth > 0 };
}

/** A string in single quotes ends at the line's end at the latest, so that an apostrophe in prose costs one line. */
function endOfString(source: string, at: number): { end: number; open: boolean } {
  const quote = source.charAt(at);
  const isTriple = source.startsWith(quote.repeat(3), at);
  const closing = isTriple ? quote.repeat(3) : quote;
  let next = at + closing.length;
  while (next < source.length) {
    const char = source.charAt(next);
    if (char === '\\') next += 2;
    else if (char === quote && source.startsWith(closing, next)) return { end: next + closing.length, open: false };
    else if (char === '\n' && !isTriple) return { end: next, open: false };
    else next += 1;
  }
  return { end: source.length, open: isTriple };
}

/** The quotes of the string that is open where a line ends, given those that were open where it began; "" if none is. */
export function quotesOpenAfter(line: string, quotesBefore: string): string {
  const source = quotesBefore + line;
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '#') return '';
    if (char === '"' || char === "'") {
      const string = endOfString(source, at);
      if (string.open) return char.repeat(3);
      at = string.end;
    } else at += char === '\\' ? 2 : 1;
  }
  return '';
}

/** What stands between the quotes of a docstring's literal, escapes as written. */
export function docstringText(literal: string): string {
  return literal.replace(/^[rRuU]?("""|'''|["'])([^]*)\1$/, '$2');
}

function docstringOf(line: string): string | null {
  const opening = DOCSTRING.exec(line);
  if (opening === null) return null;
  const quotes = opening[1] ?? '';
  const { end, open } = endOfString(line, opening[0].length - quotes.length);
  return open ? null : line.slice(0, end).trimStart();
}

function toStatement(lines: readonly LogicalLine[]): Statement {
  const code = lines.filter((line) => !line.blank);
  const at = code.findIndex(({ text }) => !text.startsWith('@'));
  const header = code[at]?.text ?? '';
  const isBodyless = header.trimEnd().endsWith(':') && at === code.length - 1;
  return {
    ...kindOf(header),
    text: lines.map(({ text }) => text).join('\n'),
    incomplete: at < 0 || isBodyless || (lines.at(-1)?.open ?? false),
  };
}

function kindOf(header: string): Pick<Statement, 'kind' | 'name'> {
  const name = DEFINITION.exec(header)?.[1];
  if (name !== undefined) return { kind: 'definition', name };
  if (/^(?:import|from)\b/.test(header)) return { kind: 'import', name: null };
  if (/^if\b[^\n]{0,40}__name__/.test(header)) return { kind: 'main-guard', name: null };
  if (COMPOUND.test(header)) return { kind: 'compound', name: null };
  const target = /^assert\b/.test(header) ? null : assignmentTarget(header);
  if (target === null) return { kind: 'expression', name: null };
  return { kind: 'assignment', name: /^([\p{L}_][\p{L}\p{N}_]*)\s*(?::|$)/u.exec(target)?.[1] ?? null };
}
