import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { SECTIONS, splitSections } from '../../../domain/aicodereval-sections.js';
import { draftProgram } from '../../../domain/build/draft-program.js';
import { draftAnswer, soundDraft } from '../../support/drafts.js';

const CODE = 'def f(x):\n    """Twice x."""\n    return 2 * x';
const TEST = 'def test_f():\n    assert f(1) == 2';
const fence = (text: string): string => `\`\`\`python\n${text}\n\`\`\``;

/** The sections that a program has, without those that are empty. */
function sections(answer: string): Record<string, string> {
  const program = draftProgram(answer);
  return Object.fromEntries([...splitSections(program ?? '').sections].map(([name, { text }]) => [name, text]));
}

test('a list of requirements is made JSON, as the format wants it', () => {
  const found = sections(fence(`# requirements_file\nrequirements = ['numpy', "pandas"]\n# function_code\n${CODE}`));
  expect(found['requirements_file']).toBe('requirements = ["numpy", "pandas"]');
});

describe('sections are found', () => {
  const wanted = {
    function_import: 'import math',
    function_code: CODE,
    test_function_code: TEST,
    call_test_function_line: 'test_f()',
  };
  const plain = `# function_import\nimport math\n# function_code ---\n${CODE}\n# test_function_code\n${TEST}\n# call_test_function_line\ntest_f()`;

  test.each([
    ['in one block, with the headers as asked', draftAnswer(soundDraft('f', 1)), null],
    ['with headers that lack their hyphens', fence(plain), wanted],
    [
      'as headings, each with a block of its own',
      `### function_import\n${fence('import math')}\n### function_code:\n${fence(CODE)}\n## **test_function_code**\n${fence(TEST)}`,
      wanted,
    ],
    ['without headers, in one block', fence(`import math\n\n${CODE}\n\n${TEST}\n\ntest_f()`), wanted],
    ['without headers, in two blocks', `${fence(`import math\n${CODE}`)}\nAnd the test:\n${fence(TEST)}`, wanted],
    ['without a fence', `import math\n\n${CODE}\n\n${TEST}\n`, wanted],
    [
      'after thinking',
      `<think>\n${fence('def g(): pass')}\n</think>\n${fence(`import math\n${CODE}\n\n${TEST}`)}`,
      wanted,
    ],
  ])('%s', (_, answer, expected) => {
    const found = sections(answer);
    if (expected === null) expect(Object.keys(found)).toEqual(Object.keys(wanted));
    else expect(found).toEqual(expected);
  });
});

test.each([
  ['prose', 'I would rather not.'],
  ['a block without a function', fence('x = 1')],
  ['sections without a function', fence('# function_code\nx = 1\n# test_function_code\nassert x')],
  ['a test alone', fence(TEST)],
  ['nothing', ''],
])('%s is no program', (_, answer) => expect(draftProgram(answer)).toBeNull());

test('whatever a model says, it never throws, and what it finds it finds again in itself', () => {
  const word = fc.constantFrom(
    'def f(x):',
    '    return x',
    '```python',
    '```',
    '# function_code',
    '# test_function_code',
    'import os',
    'x',
    '"""',
    '',
    'def test_f():',
  );
  const answer = fc.oneof(
    fc.string(),
    fc.array(word).map((lines) => lines.join('\n')),
  );
  fc.assert(
    fc.property(answer, (text) => {
      const program = draftProgram(text);
      if (program === null) return;
      expect(splitSections(program).sections.has('function_code')).toBe(true);
      if (SECTIONS.filter((name) => program.includes(`# ${name} `)).length > 1)
        expect(draftProgram(program)).toBe(program);
    }),
  );
});
