import type { SectionName, SplitProgram } from './aicodereval-sections.js';
import { snippetProgram } from './snippet.js';
import type { Task } from './task.js';

/** How a program is made of an answer: cut out by a parser, or pasted as AICoderEval's authors did. */
export const ASSEMBLIES = ['parsed', 'authors'] as const;
export type Assembly = (typeof ASSEMBLIES)[number];

/**
 * What AICoderEval's authors gave to models and put before each answer: imports and function, with their header lines, up to
 * the last docstring quotes. Where the function has none, that is all of it, solution included, and quotes that never close.
 */
export function authorsPrompt({ sections }: SplitProgram): string {
  const rawOf = (name: SectionName) => sections.get(name)?.raw ?? '';
  const code = rawOf('function_code');
  const last = Math.max(code.lastIndexOf('"""'), code.lastIndexOf("'''"));
  return rawOf('function_import') + (last < 0 ? `${code}"""` : code.slice(0, last + 3));
}

/** Their candidate: the prompt and the answer up to its next top-level function, helpers of the answer's own cut away. */
function authorsCandidate(prompt: string, answer: string): string {
  return prompt + (answer.split('\ndef', 1)[0] ?? '');
}

/** The program that a completion makes: `parsed` continues the prompt to the letter, as other suites' own graders have it; a snippet stands alone. */
export function programOfCompletion(
  { prompt, authorsPrompt = prompt, answer }: Pick<Task, 'prompt' | 'authorsPrompt' | 'answer'>,
  completion: string,
  assembly: Assembly,
): string {
  if (answer === 'snippet') return snippetProgram(completion);
  return assembly === 'authors' ? authorsCandidate(authorsPrompt, completion) : prompt + completion;
}
