import { describe, expect, test } from '@jest/globals';
import { headerOf } from '../../../domain/aicodereval-sections.js';
import { load, PARTS, program, type Parts } from './aicodereval-programs.js';

const one = (parts: Parts) => load(program(parts), '.py');

describe('a program', () => {
  test('becomes a task', async () => {
    const { tasks, unusable } = await one({});
    expect(unusable).toEqual([]);
    expect(tasks).toEqual([
      {
        suite: 'aicodereval',
        taskId: expect.any(String),
        domain: 'general',
        libraries: [],
        prompt: 'import math\n\n\ndef half(x):\n    """Half of a number."""\n',
        instruction: null,
        entryPoint: 'half',
        reference: 'import math\n\n\ndef half(x):\n    """Half of a number."""\n    return x / 2\n',
        test: `${PARTS.test_function_code}\n\n\ntest_half()\n`,
        cases: 2,
        examples: null,
        environment: 'base',
        grading: 'isolated',
        authorsPrompt: `${headerOf('function_import')}\n\nimport math\n\n\n${headerOf('function_code')}\n\ndef half(x):\n    """Half of a number."""`,
      },
    ]);
  });

  test.each<[string, Parts, object]>([
    ['no imports', { function_import: '' }, { reference: `${PARTS.function_code}\n` }],
    ['CRLF is told apart from text', { function_import: 'import os' }, { entryPoint: 'half' }],
    ['a guard', { call_test_function_line: "if __name__ == '__main__':\n    print(test_half())" }, { cases: 2 }],
    ['an argument', { call_test_function_line: 'test_half(*[])' }, { test: /test_half\(\*\[\]\)\n$/ }],
    [
      'a call that is commented out',
      { call_test_function_line: '# test_half()' },
      { test: /# test_half\(\)\ntest_half\(\)\n$/ },
    ],
    ['no call at all', { call_test_function_line: '' }, { test: /\n\ntest_half\(\)\n$/ }],
    [
      'a call section that only imports, for a main of unittest that is left out',
      { call_test_function_line: 'import unittest\nunittest.main()' },
      { test: /\nimport unittest\ntest_half\(\)\n$/ },
    ],
    [
      'an outcome that is bound',
      { call_test_function_line: 'outcome = test_half()' },
      { test: /\n\noutcome = test_half\(\)\n$/ },
    ],
    [
      'a handler’s name',
      { call_test_function_line: 'try:\n    test_half()\nexcept OSError as fault:\n    print(fault)\n    raise' },
      { test: /print\(fault\)\n {4}raise\n$/ },
    ],
    [
      'a parameter',
      {
        call_test_function_line: 'def run(times, *rest):\n    for _ in range(times):\n        test_half(*rest)\nrun(1)',
      },
      { test: /\nrun\(1\)\n$/ },
    ],
    [
      'a test at module level',
      { test_function_code: 'print("Testing case [1/1] started.")\nassert half(2) == 1', call_test_function_line: '' },
      { test: /assert half\(2\) == 1\n\n\n\n$/, cases: 1 },
    ],
    [
      'a TestCase, which the sandbox runs itself',
      {
        test_function_code:
          'import unittest\n\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(half(2), 1)',
        call_test_function_line: 'if __name__ == "__main__":\n    unittest.main()',
      },
      { test: /assertEqual\(half\(2\), 1\)\n\n\n\n$/, cases: null },
    ],
    [
      'computed numbers',
      {
        test_function_code: 'for i in range(2):\n    print(f"Testing case [{i}/2] started.")\n    assert half(2) == 1',
        call_test_function_line: '',
      },
      { cases: null },
    ],
    [
      'fewer cases than it declares',
      { test_function_code: 'print("Testing case [1/3] started.")\nassert half(2) == 1', call_test_function_line: '' },
      { cases: 1 },
    ],
    [
      'helpers',
      { function_code: 'def helper(x):\n    return x\n\ndef half(x):\n    """Half."""\n    return helper(x) / 2' },
      { entryPoint: 'half', prompt: /def helper[^]*"""Half\."""\n$/ },
    ],
    [
      'a class',
      { function_code: 'class half:\n    """Half."""\n    def __new__(cls, x):\n        return x / 2' },
      { prompt: 'import math\n\n\nclass half:\n    """Half."""\n', grading: 'in-process' },
    ],
    [
      'quotes within the docstring',
      { function_code: "def half(x):\n    '''Not \"\"\" the end.'''\n    return x / 2" },
      { prompt: /the end\.'''\n$/ },
    ],
    [
      'code after the docstring, in its line',
      { function_code: 'def half(x):\n    """Hälfte."""; return x / 2' },
      { prompt: /"""Hälfte\."""\n$/ },
    ],
    [
      'a test that patches',
      {
        test_function_code: 'from unittest.mock import patch\nwith patch("os.getcwd"):\n    assert half(2) == 1',
        call_test_function_line: '',
      },
      { grading: 'in-process' },
    ],
    [
      'requirements twice',
      { requirements_file: 'requirements = ["numpy"]\nrequirements = ["nonsense"]' },
      { environment: 'data', libraries: ['numpy'] },
    ],
    [
      'what it imports and does not ask for',
      { function_import: 'from PIL import Image\nimport torch' },
      { environment: 'ml', libraries: ['pillow', 'torch'], grading: 'in-process' },
    ],
    [
      'a line for a shell',
      { requirements_file: 'requirements = ["numpy"]\nfor p in requirements:\n    !pip install -U {p}' },
      { environment: 'data' },
    ],
    [
      'header text that is none',
      { function_code: `${PARTS.function_code}\n# test_function_code ----\n# main ----` },
      { reference: /# main ----\n$/ },
    ],
  ])('%s', async (_name, parts, expected) => {
    const { tasks, unusable } = await one(parts);
    expect(unusable).toEqual([]);
    const patterns = Object.entries(expected).map(([name, value]) => [
      name,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]);
    expect(tasks[0]).toMatchObject(Object.fromEntries(patterns));
  });

  test.each<[string, Parts, RegExp, RegExp]>([
    ['no function', { function_code: 'x = 1' }, /section "function_code"/, /defines no function/],
    ['nothing', { function_code: '' }, /section "function_code", line \d+/, /section is empty/],
    ['no test', { test_function_code: '' }, /section "test_function_code", line \d+/, /section is empty/],
    [
      'no docstring',
      { function_code: 'def half(x):\n    # Half.\n    return x / 2' },
      /"function_code"/,
      /half has no docstring/,
    ],
    [
      'an f-string for a docstring',
      { function_code: 'def half(x):\n    f"""Half."""\n    return x / 2' },
      /"function_code"/,
      /half has no docstring/,
    ],
    [
      'broken Python',
      { function_code: 'def half(x):\n    """Half."""\n    return x /' },
      /"function_code", line 17 of the program$/,
      /Python 3\.\d+ cannot parse it: invalid syntax/,
    ],
    [
      'a broken test',
      { test_function_code: 'def test_half():\nassert half(1)' },
      /"test_function_code", line \d+ of the program$/,
      /expected an indented block/,
    ],
    [
      'a NUL',
      { function_code: 'def half(x):\n    """Half.\0"""\n    return x / 2' },
      /\.py/,
      /cannot parse it: .*null byte/,
    ],
    [
      'a test of something else',
      { test_function_code: 'def test_half():\n    assert len("half") == 4' },
      /"test_function_code"/,
      /never uses half/,
    ],
    [
      'nothing asserted',
      { test_function_code: 'def test_half():\n    print(half(2))' },
      /"test_function_code"/,
      /asserts nothing/,
    ],
    [
      'a call of what is not there',
      { call_test_function_line: 'test_double()' },
      /"call_test_function_line"/,
      /nothing defines test_double/,
    ],
    [
      'a call with an unknown argument',
      { call_test_function_line: 'test_half(expected)' },
      /"call_test_function_line"/,
      /nothing defines expected/,
    ],
    [
      'a test that wants arguments, and no call',
      { test_function_code: 'def test_half(x):\n    assert half(x)', call_test_function_line: '' },
      /"call_test_function_line"/,
      /nothing runs the test/,
    ],
    [
      'requirements that are no list',
      { requirements_file: 'requirements = [torch]' },
      /"requirements_file"/,
      /must be a JSON list/,
    ],
    [
      'packages that no environment has',
      { requirements_file: 'requirements = ["torch", "diffusers", "tensorflow>=7.0"]' },
      /"requirements_file"/,
      /no environment has: diffusers, tensorflow>=7\.0 \(there is 2/,
    ],
  ])('can not be used: %s', async (_name, parts, where, why) => {
    const { tasks, unusable } = await one(parts);
    expect(tasks).toEqual([]);
    const causes = [
      [/cannot parse/, 'syntax'],
      [/no environment has/, 'packages'],
    ] as const;
    const [, cause] = causes.find(([words]) => words.test(unusable[0]?.why ?? '')) ?? [];
    const told = { taskId: expect.any(String), where: expect.stringMatching(where), why: expect.stringMatching(why) };
    // What has no test is not known to be a task at all.
    const text = parts.test_function_code === '' ? undefined : expect.anything();
    expect(unusable).toEqual([{ ...told, cause, text }]);
  });
});
