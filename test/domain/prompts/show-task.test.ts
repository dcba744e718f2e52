import { describe, expect, test } from '@jest/globals';
import { showTask } from '../../../domain/prompts/show-task.js';
import { task } from '../extract-task.js';

describe('the source, of a task that has words beside its docstring', () => {
  const show = (docstring: string, instruction: string): string =>
    showTask({ ...task, prompt: `def add(a, b):\n    ${docstring}\n`, entryPoint: 'add', instruction }, 'source');

  test('shows them below', () => {
    expect(show('"""Sum."""', 'Add them, but never above 10.')).toContain(
      'def add(a, b):\n    """Sum."""\n```\n\nWhat it must do:\n\nAdd them, but never above 10.\n\n',
    );
  });

  test.each([
    ['"""Sum."""', 'Sum.'],
    ['"""Sum\n    of two.\n\n    >>> add(1, 2)\n    3\n    """', 'Sum of two.\n'],
    ['"""Sum of \\\\d."""', 'Sum of \\d.'],
    ['"""Say \\"hi\\"."""', 'Say "hi".'],
  ])('does not say twice what the docstring holds: %j, %j', (docstring, words) => {
    expect(show(docstring, words)).not.toContain('What it must do');
  });
});
