import type { Plan } from '../attempt.js';
import type { Part } from '../strategies/strategy.js';
import type { ModelKind, PromptForm } from '../sweep.js';
import type { Task } from '../task.js';
import { COMPLETION_PROMPT, completionPrompt } from './completion.js';
import { DIRECT_PROMPTS, directPrompt } from './direct.js';
import type { Message } from './message.js';
import { PLAN_PROMPTS, planPrompt } from './plan.js';
import { REACT_PROMPTS, reactPrompt } from './react.js';
import { REPAIR_PROMPTS, repairPrompt } from './repair.js';
import type { PromptIds } from './show-task.js';
import type { Turn } from './turn.js';

/** What a model is asked, and the id of the text that asks it. */
export interface Prompt {
  readonly id: string;
  readonly messages: readonly Message[];
}

/** What a prompt is made from. */
export interface PromptSource {
  readonly task: Task;
  readonly plan: Pick<Plan, 'action'>;
  /** The earlier rounds that the plan needs, oldest first. */
  readonly turns: readonly Turn[];
  /** Parts that the strategy leaves out. */
  readonly without?: readonly Part[] | undefined;
  readonly kind?: ModelKind | undefined;
  readonly form?: PromptForm | undefined;
}

/**
 * What to send for a task's next round. A model that only continues text gets the text as the one message, whatever the
 * plan: it can be told nothing of earlier rounds.
 */
export function renderPrompt({ task, plan, turns, without = [], kind = 'chat', form = 'prose' }: PromptSource): Prompt {
  if (kind === 'completion') return { id: COMPLETION_PROMPT, messages: completionPrompt(task) };
  const idOf = (ids: PromptIds): string => ids[task.answer === 'snippet' ? 'snippet' : form];
  if (plan.action === 'chat') {
    return { id: idOf(REACT_PROMPTS), messages: reactPrompt(task, turns, form) };
  }
  const [turn] = turns;
  if (plan.action === 'repair' && turn !== undefined) {
    return { id: idOf(REPAIR_PROMPTS), messages: repairPrompt(task, turn, without, form) };
  }
  if (plan.action === 'plan') {
    return { id: idOf(PLAN_PROMPTS), messages: planPrompt(task, form) };
  }
  return { id: idOf(DIRECT_PROMPTS), messages: directPrompt(task, form) };
}
