import type { PromptForm } from '../sweep.js';
import type { Task } from '../task.js';
import { bullets } from './bullets.js';
import { clip } from './clip.js';
import type { Message } from './message.js';
import { renderObservation } from './render-observation.js';
import { answerFormat, type PromptIds, showTask } from './show-task.js';
import type { Turn } from './turn.js';

export const REPLAN_PROMPTS: PromptIds = {
  prose: 'replan/1',
  source: 'replan-source/1',
  snippet: 'replan-snippet/1',
};

const KEPT_TURNS = 3;
const FAILURE_LIMIT = 300;

/** A program after another plan: the task and how earlier programs failed, not the programs, which would be copied. */
export function replanPrompt(task: Task, turns: readonly Turn[], form: PromptForm): Message[] {
  const failures = turns
    .flatMap(({ run }) => (run === null ? [] : [renderObservation(run.report, run.check)]))
    .slice(-KEPT_TURNS)
    .map((text) => clip(text, FAILURE_LIMIT));
  const parts = [
    showTask(task, form),
    ...(failures.length === 0 ? [] : [`Earlier programs failed:\n\n${bullets(failures)}`]),
    `Solve it in another way than the first that comes to mind: say the steps in two to four comment lines at the start of the code, mind the limits and the special cases, then write it. ${answerFormat(task)}`,
  ];
  return [{ role: 'user', content: parts.join('\n\n') }];
}
