import {
  findFunction,
  identifiers,
  logicalLineAt,
  topLevelStatements,
  type Statement,
} from '../../domain/python-source.js';

/** A prompt, and a program that begins with it. */
export interface PromptedProgram {
  readonly prompt: string;
  readonly reference: string;
}

/**
 * For data sets that ask in words alone: a prompt that begins the function, made of a reference's own head and of `words` as its
 * docstring. Before the function stands only what the head itself needs; the reference's other imports and helpers
 * go behind the function, so that the prompt shows none of them. Null if the program does not define the function.
 */
export function promptProgram(program: string, entryPoint: string, words: string): PromptedProgram | null {
  const statements = topLevelStatements(program);
  const at = statements.findLastIndex(({ kind, name }) => kind === 'definition' && name === entryPoint);
  const entry = statements[at];
  const found = entry === undefined ? null : findFunction(entry.text, entryPoint);
  if (entry === undefined || found === null) return null;
  const { head, body, indent } = splitFunction(entry.text, found.start, found.bodyIndent);
  const before = statements.slice(0, at).filter(({ name }) => name !== entryPoint);
  const needed = neededBy(head, before);
  const behind = [...before.filter((statement) => !needed.includes(statement)), ...statements.slice(at + 1)];
  const front = needed.map(({ text }) => `${text.trim()}\n`).join('');
  const prompt = `${front}${front === '' ? '' : '\n\n'}${head}\n${docstring(words, indent)}\n`;
  const rest = behind.map(({ text }) => `\n\n${text.trim()}\n`).join('');
  return { prompt, reference: `${prompt}${body.trimEnd()}\n${rest}` };
}

/** Of the functions that a program defines the one that tests call; helpers come first. Null if they call none. */
export function testedFunction(program: string, tests: readonly string[]): string | null {
  const names = topLevelStatements(program).flatMap(({ kind, name, text }) =>
    kind === 'definition' && !/^class\b/m.test(text.split('\n', 1)[0] ?? '') ? (name ?? []) : [],
  );
  const source = tests.join('\n');
  return names.findLast((name) => new RegExp(`(?<![\\w.])${name}\\s*\\(`, 'u').test(source)) ?? null;
}

/** The imports of a program that bind what another source mentions: tests were written to run behind their reference. */
export function importsFor(source: string, program: string): string[] {
  const imports = topLevelStatements(program).filter(({ kind }) => kind === 'import');
  return neededBy(source, imports).map(({ text }) => text.trim());
}

interface Parts {
  /** Decorators and the `def` line, up to its colon. */
  readonly head: string;
  readonly body: string;
  readonly indent: string;
}

function splitFunction(source: string, start: number, bodyIndent: string): Parts {
  const decorators = /^(?:@.*\n)*/.exec(source.slice(start))?.[0].length ?? 0;
  const header = logicalLineAt(source, start + decorators);
  const colon = header.text.search(/:[ \t]*(?:#.*)?$/);
  const end = colon < 0 ? endOfHead(header.text) : colon;
  const head = source.slice(start, header.start + end + 1);
  if (colon >= 0) return { head, body: source.slice(header.start + header.text.length + 1), indent: bodyIndent };
  // Head and body on one line.
  return { head, body: `    ${header.text.slice(end + 1).trim()}`, indent: '    ' };
}

/** Offset of the colon behind a parameter list. */
function endOfHead(header: string): number {
  let depth = 0;
  for (let at = 0; at < header.length; at += 1) {
    const char = header.charAt(at);
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (char === ':' && depth === 0) return at;
  }
  return header.length;
}

/** The statements that decorators, defaults and annotations need when the function is defined, in order. */
function neededBy(head: string, before: readonly Statement[]): Statement[] {
  const wanted = identifiers(head);
  const needed: Statement[] = [];
  for (const statement of before.toReversed()) {
    const { kind, name, text } = statement;
    const binds = kind === 'import' ? [...identifiers(text.replaceAll(/\b(?:from|import|as)\b/g, ''))] : [name ?? ''];
    if (!binds.some((bound) => wanted.has(bound))) continue;
    needed.unshift(statement);
    if (kind !== 'import') for (const used of identifiers(text)) wanted.add(used);
  }
  return needed;
}

function docstring(words: string, indent: string): string {
  const text = words.trim().replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
  const lines = text.split('\n').map((line) => (line.trim() === '' ? '' : `${indent}${line}`));
  return `${indent}"""${lines.join('\n').trimStart()}\n${indent}"""`;
}
