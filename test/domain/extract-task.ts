import { extractCandidate } from '../../domain/extract-candidate.js';
import type { Task } from '../../domain/task.js';

export const PROMPT = `import math
from typing import List


def is_prime(n: int) -> bool:
    """True for primes."""
    return n > 1 and all(n % k for k in range(2, math.isqrt(n) + 1))


def primes_below(limit: int) -> List[int]:
    """Primes below a limit, in order.

    >>> primes_below(6)
    [2, 3, 5]
    """
`;
export const BEFORE = PROMPT.slice(0, PROMPT.indexOf('def primes_below')).trim();
export const SOLUTION = 'def primes_below(limit):\n    return [n for n in range(limit) if is_prime(n)]';

export const task: Task = {
  suite: 'starter',
  taskId: 'primes_below',
  domain: 'general',
  libraries: [],
  prompt: PROMPT,
  entryPoint: 'primes_below',
  reference: `${BEFORE}\n\n\n${SOLUTION}\n`,
  test: 'assert primes_below(6) == [2, 3, 5]\n',
  cases: null,
  instruction: null,
  examples: null,
  environment: 'base',
  grading: 'in-process',
};
/** What comes of an answer with the solution alone. */
export const WHOLE = `${BEFORE}\n\n\n${SOLUTION}\n`;

export const fenced = (code: string, label = 'python') => `\`\`\`${label}\n${code}\n\`\`\``;
export const program = (answer: string) => extractCandidate(task, answer)?.program ?? null;
