import { COMPLETION_PROMPT, completionPrompt } from './completion.js';
import type { ModelKind } from '../sweep.js';
import type { StrategyId } from '../strategies/strategy.js';
import type { Task } from '../task.js';
import { DIRECT_PROMPT, DIRECT_SNIPPET_PROMPT, directPrompt } from './direct.js';
import type { Message } from './message.js';
import { REACT_PROMPT, REACT_SNIPPET_PROMPT, reactPrompt } from './react.js';
import type { Turn } from './turn.js';

/** What a model is asked, and the id of the text that asks it. */
export interface Prompt {
  readonly id: string;
  readonly messages: readonly Message[];
}

const RENDERERS: Readonly<Record<StrategyId, (task: Task, turns: readonly Turn[]) => Prompt>> = {
  direct: (task) => ({
    id: isSnippet(task) ? DIRECT_SNIPPET_PROMPT : DIRECT_PROMPT,
    messages: directPrompt(task),
  }),
  react: (task, turns) => ({
    id: isSnippet(task) ? REACT_SNIPPET_PROMPT : REACT_PROMPT,
    messages: reactPrompt(task, turns),
  }),
};

/**
 * What to send for a task's next round; `turns` are the rounds so far, oldest first. A model that only continues text
 * gets the text as the one message, whatever the strategy: it can be told nothing of earlier rounds.
 */
export function renderPrompt(
  task: Task,
  strategy: StrategyId,
  turns: readonly Turn[],
  kind: ModelKind = 'chat',
): Prompt {
  if (kind === 'completion') return { id: COMPLETION_PROMPT, messages: completionPrompt(task) };
  return RENDERERS[strategy](task, turns);
}

function isSnippet({ answer }: Task): boolean {
  return answer === 'snippet';
}
