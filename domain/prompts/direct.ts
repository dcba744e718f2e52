import type { Task } from '../task.js';
import type { Message } from './message.js';
import { showTask } from './show-task.js';

/** Changes with every change to the text below; a test holds the two together. */
export const DIRECT_PROMPT = 'direct/1';

/** One request for the whole function. */
export function directPrompt(task: Task): Message[] {
  const instruction = [
    `Complete the Python function \`${task.entryPoint}\` below.`,
    'Answer with the complete function, with the imports it needs, in one ```python code block.',
    'Follow the docstring exactly, but do not repeat it: code only, no explanations, no examples, no tests.',
  ].join(' ');
  return [{ role: 'user', content: `${instruction} ${showTask(task)}` }];
}
