import { findFunction, indentOf } from './python-source.js';

interface Line {
  readonly text: string;
  readonly indent: number;
}

/**
 * A function's body as a model completed it, moved to the indentation of the prompt's own body. Answers lose the white
 * space of their first line in chat templates, or are written without indentation at all; both are put right. Lines
 * left of the body are taken for top-level code after the function.
 */
export function completeBody(prompt: string, entryPoint: string, body: string): string {
  const indent = findFunction(prompt, entryPoint)?.bodyIndent ?? '    ';
  const lines: Line[] = body
    .split('\n')
    .map((text) => ({ text: text.trim() === '' ? '' : text.trimEnd(), indent: indentOf(text) }));
  const first = lines.findIndex(({ text }) => text !== '');
  const base = baseIndent(lines.slice(first).filter(({ text }) => text !== ''));
  return lines
    .slice(Math.max(first, 0))
    .map((line, index) => (index === 0 ? indent + line.text.trimStart() : moved(line, base, indent)))
    .join('\n');
}

/** The first line's indentation, which its successor betrays if it was stripped: four less if the first opens a block. */
function baseIndent([first, second]: readonly Line[]): number {
  if (first === undefined) return 0;
  if (first.indent > 0 || second === undefined) return first.indent;
  return Math.max(0, second.indent - (first.text.endsWith(':') ? 4 : 0));
}

function moved(line: Line, base: number, indent: string): string {
  if (line.text === '' || line.indent < base) return line.text;
  return indent + ' '.repeat(line.indent - base) + line.text.trimStart();
}
