import type { Block } from './answer-blocks.js';
import {
  identifiers,
  indentOf,
  logicalLineAt,
  logicalLines,
  topLevelStatements,
  type LogicalLine,
  type Statement,
} from './python-source.js';

/** Code taken from an answer: a program of its own, or only the body that completes the prompt's function. */
export interface Extract {
  readonly style: 'program' | 'body';
  readonly code: string;
}

interface Reading {
  readonly code: string;
  readonly closed: boolean;
  readonly indented: boolean;
  readonly statements: readonly Statement[];
  /** What its definitions and top-level assignments bind. */
  readonly names: ReadonlySet<string>;
}

/** A line is judged by this many characters: one of prose can be as long as it likes. */
const HEAD = 200;

/** How a line of Python may begin; a statement by keyword also needs the sign that prose lacks. */
const PYTHON_LINE = [
  /^(?:async\s+)?(?:def|class|for|with|if|elif|else|while|try|except|finally)\b.*[:,\\([{]\s*(?:#.*)?$/,
  /^(?:if|for|while|with|def|else|try|except)\b[^:]*:\s*\S/,
  /^import\s+[\w.]+(?:\s+as\s+\w+)?(?:\s*,.*)?\s*(?:#.*)?$/,
  /^from\s+[\w.]+\s+import\b/,
  /^(?:return|yield|raise|assert|del|global|nonlocal)\b\s*[^\s.]*(?:\s*$|.*[()[\]'"+\-*/=<>%,.:^&|@~]|\s+(?:not|in|is|and|or|if|from|await|lambda)\b|\s*#)/,
  /^return\s+\S+$/,
  /^(?:pass|break|continue)\s*(?:#.*)?$/,
  /^[@#)\]}]/,
  /^[rRbBuUfF]{0,2}(?:"""|''')/,
  /^[([][\w.,\s]+[)\]]\s*=(?!=)/,
];

/** A name with attributes, subscripts and calls, the brackets emptied. */
const TARGET = String.raw`[\w.]+(?:(?:\[\]|\(\))[\w.]*)*`;

/** How a line may begin that assigns or calls, its brackets emptied; one that stays open is closed in a line below. */
const TARGET_LINE = [
  new RegExp(
    String.raw`^(?:\*${TARGET}\s*,\s*)?${TARGET}(?:\s*,\s*\*?${TARGET})*(?:\s*:\s*[\w.[\], |]+)?\s*(?:[-+*/%&|^@]|\/\/|\*\*|<<|>>)?=(?!=)`,
  ),
  new RegExp(String.raw`^${TARGET}(?:\(|\[$)`),
];

/**
 * Picks the code in an answer. Of its fenced blocks: the last closed one that defines the entry point, else an unclosed one,
 * else the last that reads as a bare body, else the last that defines anything. A program gets those other blocks put
 * before it that only import what it may need, or define functions that it lacks and mentions. An answer without any such block is read as
 * bare code: a program if it defines the entry point, a body if it starts and returns like one, or begins indented.
 */
export function choose(blocks: readonly Block[], text: string, entryPoint: string): Extract | null {
  const readings = blocks.map(read);
  const defining = readings.filter((reading) => defines(reading, entryPoint));
  const main = defining.findLast(({ closed }) => closed) ?? defining.at(-1);
  if (main !== undefined) return withHelpers(main, readings, entryPoint);
  const body = readings.findLast(isBody);
  if (body !== undefined) return { style: 'body', code: body.code };
  const other = readings.findLast(({ statements }) => statements.some(({ kind }) => kind === 'definition'));
  return other === undefined ? bareCode(text, entryPoint) : withHelpers(other, readings, entryPoint);
}

function read({ code, closed }: Pick<Block, 'code' | 'closed'>): Reading {
  const first = logicalLines(code).find(({ blank }) => !blank);
  const indent = first?.indent ?? 0;
  const flush = indent === 0 ? code : dedent(code, indent);
  const statements = topLevelStatements(flush);
  // In an indented piece, a function's body as a rule, an assignment to the entry point's name does not make it.
  const binding = indent > 0 ? statements.filter(({ kind }) => kind === 'definition') : statements;
  const names = new Set(binding.map(({ name }) => name).filter((name) => name !== null));
  return { code: flush, closed, indented: indent > 0, statements, names };
}

function dedent(code: string, columns: number): string {
  return code
    .split('\n')
    .map((line) => ' '.repeat(Math.max(0, indentOf(line) - columns)) + line.trimStart())
    .join('\n');
}

/** By a definition, or by an assignment; but in a bare body a variable may have the function's own name. */
function defines(reading: Reading, entryPoint: string): boolean {
  const own = reading.statements.filter(({ name }) => name === entryPoint);
  if (own.some(({ kind }) => kind === 'definition')) return true;
  const isAssigned = own.some(({ text }) => logicalLines(text).filter(({ blank }) => !blank).length === 1);
  return isAssigned && !isBody(reading);
}

/** A `return` outside any function, or an indented piece that defines nothing. */
function isBody({ indented, statements }: Reading): boolean {
  if (statements.some(isReturn)) return true;
  return indented && statements.length > 0 && statements.every(({ kind }) => kind !== 'definition');
}

function isReturn({ text }: Statement): boolean {
  const header = logicalLines(text).find(({ blank }) => !blank);
  return header !== undefined && /^(?:return|yield)\b/.test(header.text);
}

function withHelpers(main: Reading, readings: readonly Reading[], entryPoint: string): Extract {
  const mentioned = identifiers(main.code);
  const taken = new Set(main.names);
  const helpers = new Set<Reading>();
  for (const reading of readings) {
    if (reading === main || !isHelper(reading, mentioned, taken)) continue;
    for (const name of reading.names) taken.add(name);
    helpers.add(reading);
  }
  const used = identifiers([main, ...helpers].map(({ code }) => code).join('\n'));
  const after = readings.indexOf(main);
  const before = readings.filter(
    (reading, at) => helpers.has(reading) || isImports(reading, entryPoint, at > after ? used : null),
  );
  return { style: 'program', code: [...before.map(({ code }) => code.trim()), main.code].join('\n\n') };
}

function isHelper({ statements, names }: Reading, mentioned: Set<string>, taken: Set<string>): boolean {
  const isUsed = statements.some(({ kind, name }) => kind === 'definition' && name !== null && mentioned.has(name));
  return isUsed && [...names].every((name) => !taken.has(name));
}

/**
 * A block that only imports, and something else than the function itself: an answer may show how to import that from the file
 * that it is saved in, which there is not. Behind the function (`used` is given) the program must use what is imported, or may: what
 * a star brings is not known.
 */
function isImports({ statements }: Reading, entryPoint: string, used: Set<string> | null): boolean {
  if (statements.length === 0 || statements.some(({ kind }) => kind !== 'import')) return false;
  const names = statements.flatMap(importedNames);
  if (names.includes(entryPoint)) return false;
  return (
    used === null || names.some((name) => used.has(name)) || statements.some(({ text }) => /\bimport\s*\*/.test(text))
  );
}

/** The names behind `import`: of a dotted module its parts, of a renamed one both. */
function importedNames({ text }: Statement): string[] {
  const names = /\bimport\b([^]*)/.exec(text.replaceAll(/#.*/g, ''))?.[1] ?? '';
  return [...identifiers(names)];
}

function bareCode(text: string, entryPoint: string): Extract | null {
  const lines = withoutProse(text);
  const source = lines.map((line) => line.text).join('\n');
  const reading = read({ code: source, closed: true });
  if (defines(reading, entryPoint)) return { style: 'program', code: reading.code };
  const first = lines.find(({ blank }) => !blank);
  const isCode = first !== undefined && isPython(first.text.trimStart());
  const ends = lines.some(({ text }) => /^\s*(?:return|yield|raise|pass)\b/.test(text) && isPython(text.trim()));
  return (isCode && ends) || goesOn(text, lines) ? { style: 'body', code: source } : null;
}

/** It begins indented, as a model does that goes on with the prompt's function, and most of its lines are Python. */
function goesOn(text: string, lines: readonly LogicalLine[]): boolean {
  const start = text.length - text.trimStart().length;
  if (indentOf(text.slice(text.lastIndexOf('\n', start - 1) + 1, start)) === 0) return false;
  const code = lines.filter(({ blank }) => !blank);
  return code.filter(({ text }) => isPython(text.trimStart())).length * 2 > code.length;
}

/** The lines of a text but those at its left edge that Python could not begin with. */
function withoutProse(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const head = text.slice(start, Math.min(end, start + HEAD));
    if (head.trim() !== '' && indentOf(head) === 0 && !isPython(head)) {
      start = end + 1;
      continue;
    }
    const line = logicalLineAt(text, start);
    lines.push(line);
    start += line.text.length + 1;
  }
  return lines;
}

/** Whether a line of Python could begin like this one, which starts at its left edge. */
export function isPython(line: string): boolean {
  const head = line.slice(0, HEAD).split('\n', 1)[0] ?? '';
  if (PYTHON_LINE.some((pattern) => pattern.test(head))) return true;
  const flat = withEmptyBrackets(head);
  return TARGET_LINE.some((pattern) => pattern.test(flat));
}

/** A line without what stands in its brackets: `a[f(0), ")"] = b` is `a[] = b`. */
function withEmptyBrackets(line: string): string {
  let depth = 0;
  return line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^()[\]{}"']+|[^]/g, (part) => {
    if (')]}'.includes(part)) depth = Math.max(0, depth - 1);
    const isOutside = depth === 0;
    if ('([{'.includes(part)) depth += 1;
    return isOutside ? part : '';
  });
}
