import { findFunction } from './python-source.js';
import type { Task } from './task.js';

/** The imports and helpers that a task's prompt gives before the function that is asked for. Tests may use them as well. */
export function prelude({ prompt, entryPoint }: Task): string {
  return prompt.slice(0, findFunction(prompt, entryPoint)?.start ?? 0);
}
