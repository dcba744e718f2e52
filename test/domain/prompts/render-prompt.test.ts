import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../../domain/attempt.js';
import { renderPrompt } from '../../../domain/prompts/render-prompt.js';
import type { Turn } from '../../../domain/prompts/turn.js';
import type { Part } from '../../../domain/strategies/strategy.js';
import type { Task } from '../../../domain/task.js';
import type { TestReport } from '../../../domain/test-report.js';
import { PASSED_REPORT } from '../../support/passed-report.js';

const task: Task = {
  suite: 'starter',
  taskId: 'add',
  domain: 'general',
  libraries: [],
  prompt: 'def add(a, b):\n    """Sum."""\n',
  entryPoint: 'add',
  reference: 'def add(a, b):\n    """Sum."""\n    return a + b\n',
  test: 'assert add(1, 2) == 3  # secret\n',
  cases: null,
  instruction: null,
  examples: null,
  environment: 'base',
  grading: 'in-process',
};
const failing: TestReport = {
  ...PASSED_REPORT,
  endOfRun: 'exception',
  cases: ['passed', 'failed'],
  exception: { type: 'KeyError', message: "'x'", line: 2, trace: '', phase: 'candidate' },
};
const turn = (n: number): Turn => ({
  completion: `answer ${n}`,
  finishReason: 'stop',
  program: `def add(a, b):\n    return {}['x'] + ${n}\n`,
  run: { report: { ...failing, stdout: { text: `printed ${n}`, bytes: 9, truncated: false } }, check: 'tests' },
  lookups: ['dict.get(key, default=None): the value of a key'],
});
const prose: Turn = { completion: 'prose', finishReason: 'stop', program: null, run: null, lookups: [] };
const digestOf = (messages: unknown): string =>
  createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 16);
const chat = { action: 'chat' } as const;
const direct = { action: 'direct' } as const;

describe('a prompt id changes with its text', () => {
  test.each<[Plan['action'], string, string]>([
    ['direct', 'direct/2', '243c12223cef89e5'],
    ['chat', 'react/5', '880a7d600bb0479f'],
    ['repair', 'repair/3', '496bbb867041f830'],
    ['plan', 'plan/1', '847fb52493ac3135'],
  ])('%s', (action, id, sha256) => {
    const prompt = renderPrompt({ task, plan: { action }, turns: [turn(1), prose] });
    // A new text wants a new id in domain/prompts; then put both here.
    expect([prompt.id, digestOf(prompt.messages)]).toEqual([id, sha256]);
  });
});

describe('a prompt that shows the source is another text, under an id of its own', () => {
  test.each<[Plan['action'], string, string]>([
    ['direct', 'direct-source/2', 'cb85ce96336f1db6'],
    ['chat', 'react-source/3', '0fae2989b5364866'],
    ['repair', 'repair-source/3', 'dae9d6a224951733'],
    ['plan', 'plan-source/2', '65d7392b3ad1eec0'],
  ])('%s', (action, id, sha256) => {
    const { messages, ...prompt } = renderPrompt({
      task: { ...task, instruction: 'Never above 10.' },
      plan: { action },
      turns: [turn(1), prose],
      form: 'source',
    });
    expect([prompt.id, digestOf(messages)]).toEqual([id, sha256]);
    expect(messages[0]?.content).toContain(
      `Complete the Python function \`add\`:\n\n\`\`\`python\n${task.prompt}\`\`\``,
    );
    expect(messages[0]?.content).toContain('What it must do:\n\nNever above 10.');
  });

  test('without a docstring it says what to do below, as every prompt does', () => {
    const bare = { ...task, prompt: 'def add(a, b):\n', instruction: 'Add them.' };
    const [inProse, asSource] = (['prose', 'source'] as const).map((form) =>
      renderPrompt({ task: bare, plan: direct, turns: [], form }),
    );
    expect(asSource?.messages).toEqual(inProse?.messages);
    expect(asSource?.messages[0]?.content).toContain('What it must do:\n\nAdd them.');
  });
});

const snippetTask: Task = { ...task, answer: 'snippet', prompt: 'Problem:\nA sum.\n\nA:\n<code>\na, b = 1, 2\n' };

describe('a prompt for a snippet shows the problem as it is, under an id of its own', () => {
  test.each<[Plan['action'], string, string]>([
    ['direct', 'direct-snippet/1', '9687e51ea0465c4e'],
    ['chat', 'react-snippet/4', 'f230abe63db24c2c'],
    ['repair', 'repair-snippet/3', 'bffdf154cf8dcdee'],
    ['plan', 'plan-snippet/1', '451feb36fe6fac94'],
  ])('%s', (action, id, sha256) => {
    const { messages, ...prompt } = renderPrompt({ task: snippetTask, plan: { action }, turns: [turn(1), prose] });
    expect([prompt.id, digestOf(messages)]).toEqual([id, sha256]);
    expect(messages[0]?.content).toContain(snippetTask.prompt.trim());
    expect(JSON.stringify(messages)).not.toMatch(/function|secret/);
  });

  test('a model that only continues text gets the problem alone', () => {
    const { messages } = renderPrompt({ task: snippetTask, plan: direct, turns: [], kind: 'completion' });
    expect(messages).toEqual([{ role: 'user', content: snippetTask.prompt }]);
  });
});

describe('a repair', () => {
  const text = (changes: Partial<Turn> = {}, without: readonly Part[] = [], of: Task = task): string =>
    renderPrompt({ task: of, plan: { action: 'repair' }, turns: [{ ...turn(1), ...changes }], without }).messages[0]
      ?.content ?? '';

  test('shows the program, the failing line, the documentation, and advice for the class of error', () => {
    expect(text()).toContain("return {}['x'] + 1");
    expect(text()).toMatch(/^> {3}2 {5}return/m);
    expect(text()).toContain('dict.get(key, default=None)');
    expect(text()).toContain('An index or a key is not there.');
  });

  test('without tracing it shows what any conversation would', () => {
    expect(text({}, ['tracing'])).not.toMatch(/^> {3}2/m);
    expect(text({}, ['tracing'])).toContain('KeyError');
  });

  test('of a snippet shows what was run of the answer, without its thinking and its talk', () => {
    const completion = '<think>\n```python\nwrong = 1\n```\n</think>\nHere:\n```python\nresult = a + b\n```\nDone.';
    const [, program] = text({ completion }, [], snippetTask).split('This program was written for it:\n\n');
    expect(program).toMatch(/^```python\nresult = a \+ b\n```\n/);
    expect(program).not.toMatch(/wrong|think|Done/);
  });

  test('of a program that was cut off asks for a shorter one', () => {
    const exception = { type: 'SyntaxError', message: 'invalid', line: 2, trace: '', phase: 'candidate' } as const;
    const run = { report: { ...failing, exception }, check: 'tests' } as const;
    expect(text({ run })).toContain('It is not valid Python.');
    expect(text({ run, finishReason: 'length' })).toContain('It broke off before its end. Write a shorter one.');
  });

  test('gives advice for each class', () => {
    const report = { ...failing, exception: null, endOfRun: 'cpu-time' } as const;
    expect(text({ run: { report, check: 'tests' } })).toContain('needs far less');
  });

  test('of a program without end stays bounded', () => {
    expect(text({ program: 'x = 1\n'.repeat(1e5) }).length).toBeLessThan(10_000);
  });
});

test('another plan is the same question whatever earlier programs came to', () => {
  const [first, later] = [[], [turn(1), turn(2)]].map((turns) =>
    renderPrompt({ task, plan: { action: 'plan' }, turns }),
  );
  expect(later).toEqual(first);
});

test('a model that only continues text is given the source itself', () => {
  const prompt = renderPrompt({
    task: { ...task, instruction: 'Do it.' },
    plan: direct,
    turns: [],
    kind: 'completion',
  });
  expect(prompt).toEqual({ id: 'completion/1', messages: [{ role: 'user', content: task.prompt }] });
});

const shown = (prompt: string): string =>
  renderPrompt({ task: { ...task, prompt }, plan: direct, turns: [] }).messages[0]?.content.split(
    '\n\nUse the Python',
  )[0] ?? '';

test('the signature is shown in a fence, the docstring as prose; tests and solution are not', () => {
  for (const plan of [direct, chat]) {
    const text = renderPrompt({ task, plan, turns: [] }).messages[0]?.content ?? '';
    expect(text).toContain('```python\ndef add(a, b):\n```\n\nWhat it must do:\n\nSum.\n\n');
    expect(text).not.toContain('secret');
    expect(text).not.toContain('return a + b');
  }
});

test('imports and helpers stay in the fence; a docstring of several lines loses its indentation, not its shape', () => {
  const prompt = [
    'import math\n\n\ndef half(x):\n    """Half."""\n    return x / 2\n\n\n',
    "def add(a, b):\n    r''' Sum of \"a\" and `b`.\n\n    - one:\n        two\n    >>> add(1, 2)\n    3\n    '''\n",
  ].join('');
  expect(shown(prompt).split('```')).toEqual([
    'Write the Python function `add` with this signature:\n\n',
    'python\nimport math\n\n\ndef half(x):\n    """Half."""\n    return x / 2\n\n\ndef add(a, b):\n',
    '\n\nWhat it must do:\n\nSum of "a" and `b`.\n\n- one:\n    two\n>>> add(1, 2)\n3',
  ]);
});

test('a function without a docstring is shown as it is', () => {
  expect(shown('def add(a, b):\n')).toMatch(/signature:\n\n```python\ndef add\(a, b\):\n```$/);
});

test('says which libraries there are', () => {
  const { messages } = renderPrompt({ task: { ...task, libraries: ['torch', 'numpy'] }, plan: direct, turns: [] });
  expect(messages[0]?.content).toContain('Use torch, numpy or the Python standard library only.');
});

describe('react', () => {
  const talk = (turns: readonly Turn[], of: Task = task) => renderPrompt({ task: of, plan: chat, turns }).messages;

  test('answers and observations alternate after the task', () => {
    const messages = talk([turn(1)]);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toBe('answer 1');
    expect(messages[2]?.content).toMatch(/^Observation: the program failed the tests with an exception/);
  });

  test('an answer without code is told so, or what was looked up for it', () => {
    expect(talk([prose])[2]?.content).toMatch(/^Observation: your answer held no Python code block/);
    const asked = { ...prose, lookups: ['torch.add(input, other)'] };
    expect(talk([asked])[2]?.content).toMatch(/^Observation: torch.add\(input, other\)/);
    const again = talk([asked, asked]).map(({ content }) => content);
    expect(again[4]).toMatch(/^Observation: you have looked this up already/);
    expect(again.filter((text) => text.includes('torch.add(input, other)'))).toHaveLength(1);
  });

  test('documentation is offered where the task has libraries', () => {
    expect(talk([])[0]?.content).not.toContain('Docs:');
    expect(talk([], { ...task, libraries: ['torch'] })[0]?.content).toContain('"Docs: name or words"');
  });

  test('many long rounds stay bounded: the task and the last two', () => {
    const turns = Array.from({ length: 50 }, (_, n) => ({ ...turn(n), completion: `${n} ${'x'.repeat(1e6)}` }));
    const messages = talk(turns);
    expect(messages).toHaveLength(5);
    expect(messages[3]?.content).toMatch(/^49 x/);
    expect(JSON.stringify(messages).length).toBeLessThan(14_000);
  });

  test('thinking is not sent back', () => {
    expect(talk([{ ...turn(1), completion: '<think>hm</think>\ncode' }])[1]?.content).toBe('code');
  });

  test.each(['', ' \n', '<think>never ended'])('no turn is empty, which hosts refuse: %j', (completion) => {
    expect(talk([{ ...prose, completion }])[1]?.content).toBe('(no answer)');
  });
});
