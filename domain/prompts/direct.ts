import type { PromptForm } from '../sweep.js';
import type { Task } from '../task.js';
import type { Message } from './message.js';
import { answerFormat, type PromptIds, showTask } from './show-task.js';

export const DIRECT_PROMPTS: PromptIds = {
  prose: 'direct/2',
  source: 'direct-source/2',
  snippet: 'direct-snippet/1',
};

/** One request for the whole function, or snippet. */
export function directPrompt(task: Task, form: PromptForm): Message[] {
  return [{ role: 'user', content: `${showTask(task, form)} ${answerFormat(task)}` }];
}
