import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Answers to the tasks of `writeTasks`. */
export const ANSWERS = {
  right: '```python\ndef add(a, b):\n    return a + b\n```',
  wrong: '```python\ndef add(a, b):\n    return a - b\n```',
  prose: 'I would rather talk about the weather.',
} as const;

/** A suite of `count` small tasks beside the home, each asking for `add`; its path. Task n is "sum/n". */
export function writeTasks(home: string, count: number): string {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      task_id: `sum/${index}`,
      prompt: `def add(a, b):\n    """Sum of two numbers, task ${index} of many.\n\n    >>> add(1, 2)\n    3\n    """\n`,
      entry_point: 'add',
      canonical_solution: '    return a + b\n',
      test: 'def check(candidate):\n    assert candidate(1, 2) == 3\n    assert candidate(-1, 1) == 0\n',
    }),
  );
  const file = join(dirname(home), 'tasks.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Writes a sweep file beside the home and returns its path. YAML takes JSON as it is. */
export function writeSweepFile(home: string, sweep: Readonly<Record<string, unknown>>): string {
  const file = join(dirname(home), `${String(sweep['name'])}.yaml`);
  writeFileSync(file, JSON.stringify(sweep, null, 2));
  return file;
}
