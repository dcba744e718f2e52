import { tokens } from '../python-tokens.js';
import type { Task } from '../task.js';

/**
 * Resemblance of two sets of shingles (A. Broder, "On the resemblance and containment of documents", 1997): the Jaccard index of
 * their runs of five tokens. From 0.7 on two programs are near-duplicates, as in BigCode's SantaCoder data (arXiv 2301.03988).
 */
export const NEAR_DUPLICATE = 0.7;
const SHINGLE = 5;

/** A task as it is compared: what it asks for in words, and what solves it. */
export interface Known {
  readonly id: string;
  readonly words: readonly string[];
  readonly code: readonly string[];
}

/** The shingles of a task. The function's own name in its code is no difference, nor are comments and white space, nor case in words. */
export function known(id: string, task: Pick<Task, 'prompt' | 'reference' | 'entryPoint'>): Known {
  const { prompt, reference, entryPoint } = task;
  const head = prompt.trimEnd();
  const body = reference.startsWith(head) ? reference.slice(head.length) : reference;
  const code = tokens(body).map(({ text }) => (text === entryPoint ? '_' : text));
  return { id, words: shingles(wordsOf(prompt)), code: shingles(code) };
}

/** How much two tasks resemble each other, 0 to 1: by their words or by their code, whichever is more. */
export function resemblance(one: Known, other: Known): number {
  return Math.max(jaccard(one.words, other.words), jaccard(one.code, other.code));
}

/** The words of the strings of a prompt: its docstrings, for the most part. */
function wordsOf(prompt: string): string[] {
  const texts = tokens(prompt).filter(({ kind }) => kind === 'string');
  return texts.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function shingles(all: readonly string[]): string[] {
  if (all.length === 0) return [];
  const last = Math.max(1, all.length - SHINGLE + 1);
  return [...new Set(Array.from({ length: last }, (_, at) => all.slice(at, at + SHINGLE).join(' ')))];
}

function jaccard(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const there = new Set(one);
  const common = other.filter((shingle) => there.has(shingle)).length;
  return common / (one.length + other.length - common);
}
