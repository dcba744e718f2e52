import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ANSWERS, writeSweepFile, writeTasks } from './sweep-files.js';

/** Cells of the sweep of replayed answers. */
export const CELLS = 24;

/** A sweep of replayed answers: a third wrong, and nothing recorded for the last task. */
export function writeReplayedSweep(home: string): string {
  const completions = Array.from({ length: CELLS - 1 }, (_, at) => (at % 3 === 0 ? ANSWERS.wrong : ANSWERS.right));
  return writeSweepFile(home, {
    name: 'watched',
    suites: [{ id: 'humaneval', file: writeTasks(home, CELLS) }],
    models: [
      { id: recited(home, 'answers', completions), label: 'recited', price: { prompt: 1000, completion: 2000 } },
    ],
    strategies: [{ id: 'direct' }],
  });
}

/** A sweep whose programs each keep a GPU for a second. */
export function writeGpuSweep(home: string): string {
  const slow = '```python\ndef add(a, b):\n    import time\n    time.sleep(1)\n    return a + b\n```';
  return writeSweepFile(home, {
    name: 'leased',
    suites: [{ id: 'humaneval', file: writeTasks(home, 4) }],
    models: [{ id: recited(home, 'slow', [slow, slow, slow, slow]) }],
    strategies: [{ id: 'direct' }],
    sandbox: { gpu: 'any' },
  });
}

/** The model that answers task after task with these. */
function recited(home: string, name: string, completions: readonly string[]): string {
  const lines = completions.map((completion, at) => {
    const counts = { finish_reason: 'stop', prompt_tokens: 11, completion_tokens: 7 };
    return JSON.stringify({ match: `task ${at} of many`, completion, ...counts });
  });
  const answers = join(dirname(home), `${name}.jsonl`);
  writeFileSync(answers, `${lines.join('\n')}\n`);
  return `replay:${answers}`;
}
