import { answerIn, type Block, cleanText, fencedBlocks } from './answer-blocks.js';
import type { Candidate } from './candidate.js';
import { isPython } from './choose-block.js';
import { measureCode } from './code-size.js';
import { logicalLines } from './python-source.js';

/** The function that a snippet's program defines; it takes nothing and returns the snippet's text. */
export const SNIPPET_ENTRY = 'solution';

/** What DS-1000 has models begin and end a snippet with. */
const BEGIN = /^\s*(?:(?:BEGIN SOLUTION|```\w*|<code>)(?:[ \t]*\n)*)+/;
const END = /<\/code>|^[ \t]*(?:#+[ \t]*)?(?:SOLUTION END|END SOLUTION)\b|^[ \t]*```/m;

const PYTHON_LABEL = /^(?:i?python|py)[\d.]*$/i;

/** The snippet in a chat model's answer as a program; null if there is none. */
export function extractSnippet(answer: string): Candidate | null {
  const code = snippetIn(answer);
  return code === null ? null : toCandidate(code);
}

/**
 * The snippet in a chat model's answer: the last whole one of its fenced blocks that are code, else the last of them; without
 * any the lines from the first to the last that Python could begin with. Null if there are none. Pure, linear in the length of
 * the answer, and it never throws.
 */
export function snippetIn(answer: string): string | null {
  const text = answerIn(answer);
  const blocks = codeBlocks(fencedBlocks(text));
  const whole = blocks.findLast(({ closed, code }) => closed && logicalLines(code).every(({ open }) => !open));
  const code = (whole ?? blocks.at(-1))?.code ?? bareCode(withoutMarkers(text));
  return code === null ? null : withoutMarkers(code);
}

/**
 * Of blocks labelled as Python those that read so, else all that read so, else all labelled so. An output that is shown has no
 * label as a rule, and may read as Python all the same: `array([1, 2])`. Prose stands in labelled fences where a model
 * lost count of them.
 */
function codeBlocks(blocks: readonly Block[]): readonly Block[] {
  const python = blocks.filter(({ code }) => code.split('\n').some(readsAsPython));
  const both = python.filter(isLabelled);
  return [both, python].find(({ length }) => length > 0) ?? blocks.filter(isLabelled);
}

function isLabelled({ label, code }: Block): boolean {
  return PYTHON_LABEL.test(label) && logicalLines(code).some(({ blank }) => !blank);
}

/** The snippet that a text is from its beginning on, such as what a base model goes on with; null if it holds no code. */
export function continuedSnippet(text: string): Candidate | null {
  return toCandidate(cleanText(text));
}

/** The program that hands a snippet to its task's test, as text: only the test knows what it has to run between. */
export function snippetProgram(snippet: string): string {
  const lines = withoutMarkers(snippet).split('\n');
  // What JSON escapes Python reads alike.
  const literals = lines.map((line, index) => JSON.stringify(index + 1 < lines.length ? `${line}\n` : line));
  return `def ${SNIPPET_ENTRY}():\n    return (\n${literals.map((each) => `        ${each}\n`).join('')}    )\n`;
}

function toCandidate(text: string): Candidate | null {
  const code = withoutMarkers(text);
  if (logicalLines(code).every(({ blank }) => blank)) return null;
  return { program: snippetProgram(code), ...measureCode(code) };
}

/** Its first line keeps its indentation: a snippet may be a function's body. */
function withoutMarkers(text: string): string {
  const code = text.replace(BEGIN, '');
  return code
    .slice(0, END.exec(code)?.index)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

function bareCode(text: string): string | null {
  const rows = text.split('\n');
  const first = rows.findIndex(readsAsPython);
  if (first < 0) return null;
  const lines = logicalLines(rows.slice(first).join('\n'));
  const last = lines.findLastIndex((line) => !line.blank && readsAsPython(line.text));
  return lines
    .slice(0, last + 1)
    .map((line) => line.text)
    .join('\n');
}

function readsAsPython(line: string): boolean {
  return isPython(line.trimStart());
}
