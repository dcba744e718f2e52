import type { Task } from '../task.js';
import type { Message } from './message.js';
import { answerFormat, showTask } from './show-task.js';

/** Changes with every change to the text below; a test holds the two together. */
export const DIRECT_PROMPT = 'direct/2';
/** The same for a snippet. */
export const DIRECT_SNIPPET_PROMPT = 'direct-snippet/1';

/** One request for the whole function, or snippet. */
export function directPrompt(task: Task): Message[] {
  return [{ role: 'user', content: `${showTask(task)} ${answerFormat(task)}` }];
}
