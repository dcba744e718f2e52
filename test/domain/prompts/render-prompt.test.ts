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
  examples: null,
  environment: 'base',
  grading: 'in-process',
};
const turn = (n: number) => ({ completion: `answer ${n}`, observation: `failed ${n}` });

describe('a prompt id changes with its text', () => {
  test.each<[StrategyId, string, string]>([
    ['direct', 'direct/1', 'b360d1ea11bead4f'],
    ['react', 'react/1', '2703ff88edbb4e96'],
  ])('%s', (strategy, id, sha256) => {
    const turns = [turn(1), { completion: 'prose', observation: null }];
    const prompt = renderPrompt(task, strategy, turns);
    const digest = createHash('sha256').update(JSON.stringify(prompt.messages)).digest('hex');
    // A new text wants a new id in domain/prompts; then put both here.
    expect([prompt.id, digest.slice(0, 16)]).toEqual([id, sha256]);
  });
});

test('the task is shown in a fence; its tests and its solution are not', () => {
  for (const strategy of ['direct', 'react'] as const) {
    const text = JSON.stringify(renderPrompt(task, strategy, []));
    expect(text).toContain(JSON.stringify('```python\ndef add(a, b):\n    """Sum."""\n```').slice(1, -1));
    expect(text).not.toContain('secret');
    expect(text).not.toContain('return a + b');
  }
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
