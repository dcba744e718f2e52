import type { Task } from '../task.js';
import type { Message } from './message.js';

/** Changes with every change to what is sent; a test holds the two together. */
export const COMPLETION_PROMPT = 'completion/1';

/**
 * Where a base model has gone on to something else, at the left edge. Four, as many as hosts take; what else follows the
 * function is cut off when the answer is read.
 */
export const COMPLETION_STOPS = ['\nclass ', '\ndef ', '\nif ', '\nprint('] as const;

/** For models that only continue text: the task's own source, for the model to go on with. */
export function completionPrompt({ prompt }: Task): Message[] {
  return [{ role: 'user', content: prompt }];
}
