import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { renderPrompt } from '../../../domain/prompts/render-prompt.js';
import type { StrategyId } from '../../../domain/strategies/strategy.js';
import type { Task } from '../../../domain/task.js';

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
const turn = (n: number) => ({ completion: `answer ${n}`, observation: `failed ${n}` });

describe('a prompt id changes with its text', () => {
  test.each<[StrategyId, string, string]>([
    ['direct', 'direct/2', '243c12223cef89e5'],
    ['react', 'react/2', '57d1faf38136132c'],
  ])('%s', (strategy, id, sha256) => {
    const turns = [turn(1), { completion: 'prose', observation: null }];
    const prompt = renderPrompt(task, strategy, turns);
    const digest = createHash('sha256').update(JSON.stringify(prompt.messages)).digest('hex');
    // A new text wants a new id in domain/prompts; then put both here.
    expect([prompt.id, digest.slice(0, 16)]).toEqual([id, sha256]);
  });
});

const snippetTask: Task = { ...task, answer: 'snippet', prompt: 'Problem:\nA sum.\n\nA:\n<code>\na, b = 1, 2\n' };

describe('a prompt for a snippet shows the problem as it is, under an id of its own', () => {
  test.each<[StrategyId, string, string]>([
    ['direct', 'direct-snippet/1', '9687e51ea0465c4e'],
    ['react', 'react-snippet/1', 'c4191477cc1ddce1'],
  ])('%s', (strategy, id, sha256) => {
    const turns = [turn(1), { completion: 'prose', observation: null }];
    const { messages, ...prompt } = renderPrompt(snippetTask, strategy, turns);
    const digest = createHash('sha256').update(JSON.stringify(messages)).digest('hex');
    expect([prompt.id, digest.slice(0, 16)]).toEqual([id, sha256]);
    expect(messages[0]?.content).toContain(snippetTask.prompt.trim());
    expect(JSON.stringify(messages)).not.toMatch(/function|secret/);
  });

  test('a model that only continues text gets the problem alone', () => {
    const { messages } = renderPrompt(snippetTask, 'direct', [], 'completion');
    expect(messages).toEqual([{ role: 'user', content: snippetTask.prompt }]);
  });
});

test('a model that only continues text is given the source itself', () => {
  const prompt = renderPrompt({ ...task, instruction: 'Do it.' }, 'direct', [], 'completion');
  expect(prompt).toEqual({ id: 'completion/1', messages: [{ role: 'user', content: task.prompt }] });
});

const shown = (prompt: string): string =>
  renderPrompt({ ...task, prompt }, 'direct', []).messages[0]?.content.split('\n\nUse the Python')[0] ?? '';

test('the signature is shown in a fence, the docstring as prose; tests and solution are not', () => {
  for (const strategy of ['direct', 'react'] as const) {
    const text = renderPrompt(task, strategy, []).messages[0]?.content ?? '';
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
  const { messages } = renderPrompt({ ...task, libraries: ['torch', 'numpy'] }, 'direct', []);
  expect(messages[0]?.content).toContain('Use torch, numpy or the Python standard library only.');
});

describe('react', () => {
  test('answers and observations alternate after the task', () => {
    const { messages } = renderPrompt(task, 'react', [turn(1)]);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toBe('answer 1');
    expect(messages[2]?.content).toMatch(/^Observation: failed 1\n/);
  });

  test('an answer without code is told so', () => {
    const { messages } = renderPrompt(task, 'react', [{ completion: 'Well.', observation: null }]);
    expect(messages[2]?.content).toMatch(/^Observation: your answer held no Python code block/);
  });

  test('many long rounds stay bounded: the task and the last two', () => {
    const turns = Array.from({ length: 50 }, (_, n) => ({
      completion: `${n} ${'x'.repeat(1e6)}`,
      observation: `${n}`,
    }));
    const { messages } = renderPrompt(task, 'react', turns);
    expect(messages).toHaveLength(5);
    expect(messages[3]?.content).toMatch(/^49 x/);
    expect(JSON.stringify(messages).length).toBeLessThan(14_000);
  });

  test('thinking is not sent back', () => {
    const { messages } = renderPrompt(task, 'react', [{ completion: '<think>hm</think>\ncode', observation: 'x' }]);
    expect(messages[1]?.content).toBe('code');
  });
});
