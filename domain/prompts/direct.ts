import type { Task } from '../task.js';
import type { Message } from './message.js';
import { ANSWER_FORMAT, showTask } from './show-task.js';

/** Changes with every change to the text below; a test holds the two together. */
export const DIRECT_PROMPT = 'direct/2';

/** One request for the whole function. */
export function directPrompt(task: Task): Message[] {
  return [{ role: 'user', content: `${showTask(task)} ${ANSWER_FORMAT}` }];
}
