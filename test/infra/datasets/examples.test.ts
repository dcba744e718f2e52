import { afterAll, describe, expect, test } from '@jest/globals';
import { examplesTest } from '../../../infra/datasets/examples.js';
import { inlineExamples } from '../../../infra/datasets/inline-examples.js';
import { TestSandbox } from '../../support/test-sandbox.js';

const prompt = (docstring: string, quotes = '"""', prefix = '') =>
  `def f(x):\n    ${prefix}${quotes}Doc.\n${docstring.replace(/^(?=.)/gm, '    ')}\n    ${quotes}\n`;

const sandbox = new TestSandbox();
afterAll(() => sandbox.close());

/** Null if the examples hold for a function with that body, else the exception; the cases must agree. */
async function run(docstring: string, body: string, quotes?: string, prefix?: string): Promise<string | null> {
  const source = prompt(docstring, quotes, prefix);
  const check = examplesTest(source, 'f');
  if (check === null) throw new Error('no examples found');
  const [report] = await sandbox.runAll([{ program: `${source}    ${body}\n`, test: check, entryPoint: 'f' }]);
  const holds = report?.cases.every((status) => status === 'passed') ?? false;
  if (report === undefined || holds !== (report.exception === null)) throw new Error(JSON.stringify(report));
  return report.exception && `${report.exception.type}: ${report.exception.message}`;
}

describe('doctests', () => {
  test.each([
    ['a value', '>>> f(1)\n2', 'return x + 1'],
    ['text around it', 'Note:\n>>> f(1)\n2\n\nThat is all.', 'return x + 1'],
    ['other quotes', '>>> f(\'a\')\n"a"', 'return x'],
    ['other spacing', '>>> f(1)\n[1,2,\n  3]', 'return [1, 2, 3]'],
    ['an equal value of another class', '>>> f(1)\n{1: 2}', 'from collections import Counter; return Counter({1: 2})'],
    ['None', '>>> f(1)\nNone', 'return None'],
    ['printed numbers', '>>> f(1)\n5', 'print(5)'],
    ['a value that is no literal', ">>> f(1)\n<class 'int'>", 'return int'],
    ['several lines', '>>> y = [\n...     1,\n... ]\n>>> for k in y:\n...     f(k)\n1', 'return x'],
    ['printed output', '>>> f(1)\nhello\nworld', 'print("hello\\nworld")'],
    [
      'an exception',
      '>>> f(1)\nTraceback (most recent call last):\n    ...\nValueError: other words',
      'raise ValueError("words")',
    ],
    ['a comparison', '>>> f(1) == 2', 'return x + 1'],
    ['nothing', '>>> f(1)', 'return None'],
    ['escapes, doubled', ">>> f('a\\\\nb')\n2", 'return len(x.split())'],
    ['escapes, not doubled', ">>> f('a\\nb')\n2", 'return len(x.split())'],
  ])('%s: holds', async (_name, docstring, body) => {
    expect(await run(docstring, body)).toBeNull();
  });

  test('raw docstrings and single quotes', async () => {
    expect(await run(">>> f('a\\nb')\n2", 'return len(x.split())', '"""', 'r')).toBeNull();
    expect(await run('>>> f("""a""")\n1', 'return len(x)', "'''")).toBeNull();
  });

  test.each([
    [
      'another value',
      '>>> f(1)\n2',
      'return 3',
      /AssertionError: Test case \[1\/1\] failed: f\(1\) gave 3, expected 2/,
    ],
    ['another type', '>>> f(1)\n[1]', 'return (1,)', /AssertionError/],
    ['a false comparison', '>>> f(1) == 2', 'return 3', /AssertionError/],
    ['nothing', '>>> f(1)\n2', 'return None', /AssertionError: Test case \[1\/1\] failed: f\(1\) gave nothing/],
    ['no exception', '>>> f(1)\nTraceback (most recent call last):\nValueError: x', 'return 1', /AssertionError/],
    [
      'a value that cannot be compared',
      '>>> f(1)\n[1]',
      'return type("A", (), {"__eq__": lambda a, b: [][1]})()',
      /AssertionError/,
    ],
    ['another exception', '>>> f(1)\n2', 'return [][x]', /^IndexError: /],
    ['the second of two', '>>> f(1)\n1\n>>> f(2)\n1', 'return x', /Test case \[2\/2\] failed: f\(2\)/],
  ])('%s: fails', async (_name, docstring, body, message) => {
    expect(await run(docstring, body)).toMatch(message);
  });
});

describe('calls beside their result', () => {
  test.each([
    ['f(1) == 2', ['f(1)', '2']],
    ['f(1)==>2', ['f(1)', '2']],
    ["* f([1, 'a)'], {2: -3.5}) -> (1, None)", ["f([1, 'a)'], {2: -3.5})", '(1, None)']],
    ['f("x") ➞ true  # since', ['f("x")', 'True']],
    ['f(0) should return "no".', ['f(0)', '"no"']],
    ['f(15)   # returns "db1111db"', ['f(15)', '"db1111db"']],
    ['f([\n  [1],\n], 1) = []', ['f([\n  [1],\n], 1)', '[]']],
    ['f(2) returns 3 because of it', ['f(2)', '3']],
  ])('%s', (docstring, [call, want]) => {
    expect(inlineExamples(docstring, 'f')).toEqual([{ call, want }]);
  });

  test.each([
    'f(n) = 1',
    'f(1) == 1 + 2',
    'f(1) -> 1, 2',
    'f(1',
    'f("a',
    'ff(1) == 2',
    'g.f(1) == 2',
    'f(1) is fine',
    'f(1) == [1][0]',
    'f(1) =',
    'f(1) == x',
    'f(1) == ""x"',
  ])('no example: %s', (docstring) => {
    expect(inlineExamples(docstring, 'f')).toEqual([]);
    expect(examplesTest(prompt(docstring), 'f')).toBeNull();
  });

  test('hold or fail', async () => {
    expect(await run('f(1) -> "a"\nf(2) -> "aa"', 'return "a" * x')).toBeNull();
    expect(await run('f(1) -> "a"\nf(2) -> "aa"', 'return "a"')).toMatch(
      /Test case \[2\/2\] failed: f\(2\) gave 'a', expected 'aa'/,
    );
  });
});

test('no docstring, no examples', () => {
  expect(examplesTest('def f(x):\n    return 1', 'f')).toBeNull();
  expect(examplesTest(prompt('Nothing to see.'), 'f')).toBeNull();
});
