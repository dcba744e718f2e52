import { findFunction } from '../../domain/python-source.js';
import { snippetProgram } from '../../domain/snippet.js';
import type { Task } from '../../domain/task.js';

/** What answers to a suite's tasks look like; a snippet's are other than a function's. */
export interface Answers {
  /** Whether the prompt asks for what is graded, and holds no solution. */
  readonly asks: (task: Task) => boolean;
  /** A program that does nothing. */
  readonly stub: (task: Task) => string;
  /** The reference as the text that goes on with the prompt. */
  readonly continuation: (task: Task) => string;
  /** The reference in a chat model's answers, by what it looks like there. */
  readonly forms: readonly (readonly [name: string, answer: (task: Task) => string])[];
}

export const FUNCTIONS: Answers = {
  asks: ({ prompt, entryPoint, reference }) => {
    const found = findFunction(prompt, entryPoint);
    const isBare = found !== null && found.docstring === null;
    return (isBare || prompt.slice(found?.headEnd).trim() === '') && reference.startsWith(prompt.trimEnd());
  },
  stub: ({ prompt }) => `${prompt}    return None\n`,
  continuation: ({ prompt, reference }) => reference.slice(prompt.length),
  forms: [
    ['in a fence', ({ reference }) => `Here:\n\`\`\`python\n${reference}\n\`\`\`\nThat's it.`],
    ['as bare code', ({ reference }) => reference],
    ['as the function alone', (task) => `\`\`\`\n${functionAlone(task)}\n\`\`\``],
    ['as a body', (task) => bodyAlone(task).replace(/^\n+/, '')],
    ['as a body that lost its first indentation', (task) => bodyAlone(task).trim()],
  ],
};

export const SNIPPETS: Answers = {
  asks: ({ prompt, reference }) => prompt.trim() !== '' && !prompt.includes(snippetOf({ reference })),
  stub: () => snippetProgram('    pass'),
  continuation: (task) => `${snippetOf(task)}\n</code>\nEND SOLUTION\n<code>\n`,
  forms: [
    ['in a fence', (task) => `Here:\n\`\`\`python\n${snippetOf(task)}\n\`\`\`\nThat's it.`],
    ['as bare code', snippetOf],
    ['between tags', (task) => `<code>\n${snippetOf(task)}\n</code>`],
    ['with the mark of its end', (task) => `${snippetOf(task)}\n# SOLUTION END\nprint(result)`],
    ['in the last of two fences', (task) => `\`\`\`\nresult = 1\n\`\`\`\nNo:\n\`\`\`\n${snippetOf(task)}\n\`\`\``],
  ],
};

/** The snippet in a program that `snippetProgram` made. */
export function snippetOf({ reference }: Pick<Task, 'reference'>): string {
  return (reference.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((literal) => JSON.parse(literal) as string).join('');
}

function functionAlone({ reference, entryPoint }: Task): string {
  return reference.slice(findFunction(reference, entryPoint)?.start);
}

function bodyAlone({ prompt, reference }: Task): string {
  return reference.slice(prompt.trimEnd().length + 1);
}
