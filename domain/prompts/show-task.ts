import type { Task } from '../task.js';

/** The program to complete in a fence, with what it may import: the part that every chat prompt shares. */
export function showTask({ prompt, libraries }: Task): string {
  const allowed = libraries.length === 0 ? 'Use' : `Use ${libraries.join(', ')} or`;
  return `${allowed} the Python standard library only.\n\n\`\`\`python\n${prompt.trim()}\n\`\`\``;
}
