import { findFunction, startOfDefinition } from './python-source.js';
import type { Task } from './task.js';

/** What a prompt asks for. */
export type EntryKind = 'function' | 'class';

/** The imports and helpers that a prompt gives before the function or class that is asked for. Tests may use them as well. */
export function prelude({ prompt, entryPoint }: Pick<Task, 'prompt' | 'entryPoint'>): string {
  return prompt.slice(0, startOfDefinition(prompt, entryPoint) ?? 0);
}

/** A prompt that does not begin a function asks for a class. */
export function entryKind({ prompt, entryPoint }: Pick<Task, 'prompt' | 'entryPoint'>): EntryKind {
  return findFunction(prompt, entryPoint) === null ? 'class' : 'function';
}
