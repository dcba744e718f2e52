import { cleanText } from './answer-blocks.js';
import type { Candidate } from './candidate.js';
import { measureCode } from './code-size.js';
import { identifiers, topLevelStatements, type Statement } from './python-source.js';
import { continuedSnippet } from './snippet.js';
import type { Task } from './task.js';

/**
 * The program that a base model's answer makes of the prompt, which it continues to the letter. What follows the function is kept
 * as long as it is imports, and definitions or assignments that the function uses; from the first other statement on it is
 * cut off. Null if nothing was added to the function. Pure, linear in the length of the answer, and it never throws.
 */
export function extractCompletion({ prompt, entryPoint, answer: kind }: Task, answer: string): Candidate | null {
  if (kind === 'snippet') return continuedSnippet(answer);
  const statements = topLevelStatements(prompt + cleanText(answer));
  const begun = topLevelStatements(prompt).findLastIndex(({ name }) => name === entryPoint);
  const at = begun >= 0 ? begun : statements.findIndex(({ name }) => name === entryPoint);
  const entry = statements[at];
  if (entry === undefined) return null;
  const kept = [...statements.slice(0, at + 1), ...usedAfter(entry, statements.slice(at + 1))];
  const program = `${kept
    .map(({ text }) => text)
    .join('\n')
    .trimEnd()}\n`;
  const own = program.slice(prompt.trimEnd().length);
  return hasCode(own) ? { program, ...measureCode(own) } : null;
}

function usedAfter(entry: Statement, after: readonly Statement[]): Statement[] {
  const mentioned = identifiers(entry.text);
  const used: Statement[] = [];
  for (const statement of after) {
    const { kind, name, text, incomplete } = statement;
    const isUsed = name !== null && name !== entry.name && mentioned.has(name);
    if (incomplete || !(kind === 'import' || isUsed)) break;
    used.push(statement);
    for (const word of identifiers(text)) mentioned.add(word);
  }
  return used;
}

function hasCode(own: string): boolean {
  return own.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('#'));
}
