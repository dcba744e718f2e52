import type { PromptForm } from '../sweep.js';
import type { Task } from '../task.js';
import type { Message } from './message.js';
import { answerFormat, type PromptIds, showTask } from './show-task.js';

export const PLAN_PROMPTS: PromptIds = {
  prose: 'plan/1',
  source: 'plan-source/2',
  snippet: 'plan-snippet/1',
};

/**
 * A program after another plan, whose steps are said first. Shows nothing of earlier programs: what a model is shown it copies, and that
 * being told how they failed helps was not to be seen (docs/decisions/032).
 */
export function planPrompt(task: Task, form: PromptForm): Message[] {
  const parts = [
    showTask(task, form),
    `Solve it in another way than the first that comes to mind: say the steps in two to four comment lines at the start of the code, mind the limits and the special cases, then write it. ${answerFormat(task)}`,
  ];
  return [{ role: 'user', content: parts.join('\n\n') }];
}
