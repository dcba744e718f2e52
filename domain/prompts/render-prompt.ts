import type { Plan } from '../attempt.js';
import type { Part } from '../strategies/strategy.js';
import type { ModelKind } from '../sweep.js';
import type { Task } from '../task.js';
import { COMPLETION_PROMPT, completionPrompt } from './completion.js';
import { DIRECT_PROMPT, DIRECT_SNIPPET_PROMPT, directPrompt } from './direct.js';
import { HINT_PROMPT, HINT_SNIPPET_PROMPT, hintPrompt } from './hint.js';
import type { Message } from './message.js';
import { REACT_PROMPT, REACT_SNIPPET_PROMPT, reactPrompt } from './react.js';
import { REPAIR_PROMPT, REPAIR_SNIPPET_PROMPT, repairPrompt } from './repair.js';
import { REPLAN_PROMPT, REPLAN_SNIPPET_PROMPT, replanPrompt } from './replan.js';
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
}

/**
 * What to send for a task's next round. A model that only continues text gets the text as the one message, whatever the
 * plan: it can be told nothing of earlier rounds.
 */
export function renderPrompt({ task, plan, turns, without = [], kind = 'chat' }: PromptSource): Prompt {
  if (kind === 'completion') return { id: COMPLETION_PROMPT, messages: completionPrompt(task) };
  const isSnippet = task.answer === 'snippet';
  if (plan.action === 'chat') {
    return { id: isSnippet ? REACT_SNIPPET_PROMPT : REACT_PROMPT, messages: reactPrompt(task, turns) };
  }
  const [turn] = turns;
  if (plan.action === 'repair' && turn !== undefined) {
    const id = isSnippet ? REPAIR_SNIPPET_PROMPT : REPAIR_PROMPT;
    return { id, messages: repairPrompt(task, turn, without) };
  }
  if (plan.action === 'hint') {
    return { id: isSnippet ? HINT_SNIPPET_PROMPT : HINT_PROMPT, messages: hintPrompt(task, turns) };
  }
  if (plan.action === 'plan') {
    return { id: isSnippet ? REPLAN_SNIPPET_PROMPT : REPLAN_PROMPT, messages: replanPrompt(task, turns) };
  }
  return { id: isSnippet ? DIRECT_SNIPPET_PROMPT : DIRECT_PROMPT, messages: directPrompt(task) };
}
