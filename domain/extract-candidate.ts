import { answerIn, fencedBlocks } from './answer-blocks.js';
import type { Candidate } from './candidate.js';
import { choose, type Extract } from './choose-block.js';
import { measureCode } from './code-size.js';
import { completeBody } from './complete-body.js';
import { prelude } from './prelude.js';
import { identifiers, topLevelStatements, type Statement } from './python-source.js';
import { extractSnippet } from './snippet.js';
import type { Task } from './task.js';

/**
 * The program in a model's answer, assembled with the task's imports and helper functions; null if the answer holds no
 * code that could be the function. Pure, linear in the length of the answer, and it never throws.
 *
 * Of several fenced blocks the last complete one that defines the entry point is taken, with those others that define
 * functions which it uses; see `choose` for answers without such a block. Demonstrations (`if __name__` blocks, and
 * prints, assertions and calls after the function) are left out: they are not what is graded, and often wrong.
 * `codeLines` and `codeTokens` count the model's own code, docstrings and comments included, the prompt's excluded.
 */
export function extractCandidate(task: Task, answer: string): Candidate | null {
  if (task.answer === 'snippet') return extractSnippet(answer);
  const text = answerIn(answer);
  const extract = choose(fencedBlocks(text), text, task.entryPoint);
  if (extract === null) return null;
  const { program, own } = assemble(task, extract);
  return { program, ...measureCode(own) };
}

/** A program behind the imports and helpers that the task's prompt gives before the function or class, unless it begins with them. */
export function behindPrelude(task: Pick<Task, 'prompt' | 'entryPoint'>, program: string): string {
  const before = prelude(task).trim();
  return before === '' || program.startsWith(before) ? program : futureFirst(`${before}\n\n\n${program}`);
}

function assemble(task: Task, { style, code }: Extract): { program: string; own: string } {
  const { prompt, entryPoint } = task;
  if (style === 'body') {
    const whole = `${prompt.trimEnd()}\n${completeBody(prompt, entryPoint, code)}`;
    const program = withoutDemonstrations(whole, entryPoint);
    return { program, own: program.slice(prompt.trimEnd().length) };
  }
  const own = withoutDemonstrations(code, entryPoint);
  return { program: behindPrelude(task, own), own };
}

/** `from __future__` must stay the first statement when something is put before it. */
export function futureFirst(program: string): string {
  const pattern = /^from __future__ import .*\n/gm;
  const imports = program.match(pattern);
  return imports === null ? program : imports.join('') + program.replace(pattern, '');
}

function withoutDemonstrations(code: string, entryPoint: string): string {
  const statements = topLevelStatements(code);
  const definesEntry = ({ kind, name }: Statement) =>
    name === entryPoint && (kind === 'definition' || kind === 'assignment');
  const entry = statements.findIndex(definesEntry);
  const after = entry >= 0 ? entry : statements.findLastIndex(({ kind }) => kind === 'definition');
  const calls = new RegExp(`(?<![\\w.])(?:${entryPoint}|print|input)\\s*\\(`, 'u');
  const dropped = new Set<string>();
  const kept = statements.filter((statement, index) => {
    if (definesEntry(statement)) return true;
    if (statement.kind === 'main-guard') return false;
    if (index <= after || !isDemonstration(statement, calls, dropped)) return true;
    if (statement.kind === 'assignment' && statement.name !== null) dropped.add(statement.name);
    return false;
  });
  return `${kept
    .map(({ text }) => text)
    .join('\n')
    .trim()}\n`;
}

/** After the function: runs it or prints, uses the outcome of what did, or was cut off before it said anything. */
function isDemonstration({ kind, text, incomplete }: Statement, calls: RegExp, dropped: Set<string>): boolean {
  if (kind === 'expression' || incomplete) return true;
  if (kind === 'definition' || kind === 'import') return false;
  if (calls.test(text)) return true;
  if (dropped.size === 0) return false;
  for (const name of identifiers(text)) if (dropped.has(name)) return true;
  return false;
}
