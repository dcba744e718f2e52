import { docstringText, findFunction } from '../python-source.js';
import type { PromptForm } from '../sweep.js';
import type { Task } from '../task.js';

/** Ids of a prompt by what it shows: each changes with every change to its text, and a test holds the two together. */
export type PromptIds = Readonly<Record<PromptForm | 'snippet', string>>;

const FUNCTION_FORMAT = [
  'Answer with the complete function, with the imports it needs and without a docstring,',
  'in one ```python code block: no explanations, no examples, no tests.',
].join(' ');

const SNIPPET_TASK = 'Solve this problem. Its code breaks off at the place where the solution has to go.';
const SNIPPET_FORMAT = [
  'Answer with only the code that goes in that place, indented as the place needs it and without repeating the code around it,',
  'in one ```python code block: no explanations, no examples, no tests.',
].join(' ');

/** How every chat prompt wants its answer. */
export function answerFormat({ answer }: Task): string {
  return answer === 'snippet' ? SNIPPET_FORMAT : FUNCTION_FORMAT;
}

/**
 * The function to write, as every chat prompt shows it. As prose, its signature is in a fence and the docstring's text below. As source, it is
 * one piece to be completed: a model copies the docstring into each answer, which costs tokens and time, and larger ones
 * gain by it (docs/decisions/004). Words that its docstring lacks stand below. A problem that wants a snippet is shown as it is.
 */
export function showTask(task: Task, form: PromptForm): string {
  const { prompt, entryPoint, libraries, instruction, answer } = task;
  if (answer === 'snippet') return `${SNIPPET_TASK}\n\n${prompt.trim()}\n\n---`;
  const { signature, purpose: documented } = takeApart(prompt, entryPoint);
  const isSource = form === 'source' && documented !== '';
  const others = instruction === null || plain(documented).includes(plain(instruction)) ? '' : instruction;
  const [request, code, purpose] = isSource
    ? [`Complete the Python function \`${entryPoint}\`:`, prompt.trim(), others]
    : [`Write the Python function \`${entryPoint}\` with this signature:`, signature, instruction ?? documented];
  const allowed = libraries.length === 0 ? 'Use' : `Use ${libraries.join(', ')} or`;
  return [
    request,
    `\`\`\`python\n${code}\n\`\`\``,
    ...(purpose === '' ? [] : [`What it must do:`, purpose]),
    `${allowed} the Python standard library only.`,
  ].join('\n\n');
}

/** Without what line breaks and escaped signs make of words. */
function plain(text: string): string {
  return text.replaceAll('\\', '').replaceAll(/\s+/g, ' ').trim();
}

/** A prompt's source without the docstring of the function that is asked for, and that docstring's text. */
function takeApart(prompt: string, entryPoint: string): { signature: string; purpose: string } {
  const found = findFunction(prompt, entryPoint);
  const docstring = found?.docstring ?? '';
  const at = prompt.lastIndexOf(docstring, found?.headEnd);
  if (docstring === '' || at < 0) return { signature: prompt.trim(), purpose: '' };
  return { signature: prompt.slice(0, at).trim(), purpose: dedent(docstringText(docstring)) };
}

/** A docstring's text without its indentation, as `inspect.cleandoc` has it (PEP 257). */
function dedent(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return [first.trim(), ...rest.map((line) => line.slice(indent).trimEnd())].join('\n').trim();
}
