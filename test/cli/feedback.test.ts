import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { labelOf } from '../../domain/strategies/strategy.js';
import { PROMPT_FORMS } from '../../domain/sweep.js';
import { readResults } from '../../infra/arrow/results.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { runCli } from '../support/cli.js';
import { type FaultServer, type Received, type Reply, startFaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile } from '../support/sweep-files.js';

const newHome = homesWithTools();

/** Words that stand in the hidden tests alone, as a message, a value, a name, and what a passing program prints. */
const HIDDEN = ['hidden-message', '73219', 'hidden_name', 'hidden-print'];

/** Two tasks: one whose wrong answers fail the examples, one whose wrong answers raise, so that there are traces of both. */
const TASKS = ['add', 'join'].map((name) => ({
  task_id: name,
  prompt: `def ${name}(a, b):\n    """The sum of a and b.\n\n    >>> ${name}(1, 2)\n    3\n    """\n`,
  entry_point: name,
  canonical_solution: '    return a + b\n',
  test: [
    `hidden_name = ${name}(73000, 219)`,
    'print("hidden-print")',
    'assert hidden_name == 73219, "hidden-message"',
    `assert ${name}(1, 2) == 3`,
  ].join('\n'),
}));

/** Never right, never the same twice: whatever a strategy can do it has to do. */
function reply({ messages, count, key }: Received): Reply {
  const name = JSON.stringify(messages).includes('`add`') ? 'add' : 'join';
  const wrong = name === 'add' ? `a - b - ${count}` : `a.missing_${count}(b)`;
  const text = `\`\`\`python\ndef ${name}(a, b):\n    # ${key}\n    value = [a, b]\n    return ${wrong}\n\`\`\``;
  return { kind: 'answer', text };
}

const STRATEGIES = ['resample', 'react', 'codergen'].flatMap((id) =>
  ['examples', 'tests'].map((feedback) => ({ id, label: `${id}-${feedback}`, rounds: 5, feedback })),
);

describe('what a strategy may see of the tests', () => {
  const prompts = new Map<string, string[]>();
  const asked: { form: string; id: string; text: string }[] = [];
  let server: FaultServer;
  let results: CellResult[] = [];

  beforeAll(async () => {
    const home = await newHome();
    server = await startFaultServer({ reply });
    const file = join(dirname(home), 'hidden.jsonl');
    writeFileSync(file, TASKS.map((task) => `${JSON.stringify(task)}\n`).join(''));
    const host = { id: 'openai:wrong', base_url: server.baseUrl, concurrency: 8 };
    const models = PROMPT_FORMS.map((prompt) => ({ ...host, label: prompt, prompt }));
    const sweep = writeSweepFile(home, {
      name: 'hidden',
      suites: [{ id: 'jsonl', file }],
      models,
      strategies: STRATEGIES,
    });
    const { code, stderr } = await runCli(['run', sweep, '--home', home]);
    if (code !== 0) throw new Error(stderr);
    results = await readResults(home, 'hidden');
    const blobs = openBlobStore(home);
    for (const { cell, attempts } of results) {
      const texts = await Promise.all(attempts.map(({ generation }) => blobs.get(generation.promptSha256)));
      const label = labelOf(cell.strategy);
      prompts.set(label, [...(prompts.get(label) ?? []), ...texts]);
      for (const [at, { generation }] of attempts.entries())
        asked.push({ form: cell.model, id: generation.promptId, text: texts[at] ?? '' });
    }
  }, 110_000);

  afterAll(() => server.close());

  const found = (label: string): string[] =>
    HIDDEN.filter((word) => prompts.get(label)?.some((text) => text.includes(word)));

  test('every strategy used its rounds and failed by its own fault', () => {
    expect(results).toHaveLength(24);
    for (const { verdict, fault, attempts } of results) {
      expect([verdict, fault, attempts.length]).toEqual(['fail', 'model', 5]);
    }
  });

  test.each(['resample', 'react', 'codergen'])(
    '%s with examples: nothing of the tests is in any stored prompt',
    (id) => {
      expect(prompts.get(`${id}-examples`)?.length).toBe(20);
      expect(found(`${id}-examples`)).toEqual([]);
    },
  );

  // Without these the tests above could not fail.
  test.each(['react', 'codergen'])('%s with tests is shown what they say', (id) => {
    expect(found(`${id}-tests`)).toEqual(expect.arrayContaining(['hidden-message', '73219']));
  });

  test('each model is shown tasks in the form that it is set to', () => {
    for (const { form, id, text } of asked) {
      expect(id).toMatch(form === 'source' ? /^\w+-source\/\d+$/ : /^\w+\/\d+$/);
      expect(text.includes('def add(a, b):\\n    \\"\\"\\"') || text.includes('def join(a, b):\\n    \\"\\"\\"')).toBe(
        form === 'source',
      );
    }
  });

  test('codergen with examples is shown the trace of the examples', () => {
    expect(prompts.get('codergen-examples')?.join('\n')).toMatch(/It checks: (add|join)\(1, 2\)/);
  });
});
