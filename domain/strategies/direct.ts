import type { Step } from './strategy.js';

/** One answer, judged by the tests. */
export const direct: Step = (_spec, { attempts }) => {
  const last = attempts.at(-1);
  if (last === undefined) return { do: 'generate' };
  const isOpen = last.generation.programSha256 !== null && last.executions.length === 0;
  return isOpen ? { do: 'execute', check: 'tests' } : { do: 'finish' };
};
