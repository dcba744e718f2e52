import { findFunction, indentOf, logicalLines } from './python-source.js';

/**
 * A function's body as a model completed it, moved to the indentation of the prompt's own body. Answers lose the white
 * space of their first line in chat templates, or are written without indentation at all; both are put right. Lines
 * left of the body, and those after the `return` of one without indentation, are taken for top-level code after the function.
 */
export function completeBody(prompt: string, entryPoint: string, body: string): string {
  const indent = findFunction(prompt, entryPoint)?.bodyIndent ?? '    ';
  const lines = body.split('\n');
  const first = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );
  const rest = lines.slice(first);
  const base = baseIndent(rest.join('\n'), indentOf(indent));
  const own = base > 0 ? rest.length : linesToReturn(rest.join('\n'));
  const inside = rest
    .slice(0, own)
    .map((line, index) => (index === 0 ? indent + line.trimStart() : moved(line, base, indent)));
  return [...inside, ...rest.slice(own)].join('\n');
}

/** Lines of a body without indentation up to its last statement: none after its own `return` could be reached. */
function linesToReturn(body: string): number {
  let count = 0;
  for (const { text, indent, blank } of logicalLines(body)) {
    count += text.split('\n').length;
    if (!blank && indent === 0 && /^(?:return|raise)\b/.test(text)) return count;
  }
  return count;
}

/** Columns that the body's lines are indented by; where the first line has lost its own, those after it betray them. */
function baseIndent(body: string, expected: number): number {
  const [first, second, ...later] = logicalLines(body).filter(({ blank }) => !blank);
  if (first === undefined) return 0;
  if (first.indent > 0 || second === undefined) return first.indent;
  const opensBlock = first.text
    .replace(/\s#[^\n]*$/, '')
    .trimEnd()
    .endsWith(':');
  if (!opensBlock) return second.indent;
  const after = later.find(({ indent }) => indent < second.indent)?.indent ?? 0;
  if (after > 0) return after;
  return second.indent > expected ? expected : 0;
}

function moved(line: string, base: number, indent: string): string {
  const own = indentOf(line);
  const text = line.trimStart();
  if (text === '' || own < base) return text;
  return indent + ' '.repeat(own - base) + text;
}
