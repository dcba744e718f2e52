import { describe, expect, test } from '@jest/globals';
import { authorsPrompt, programOfCompletion } from '../../domain/aicodereval-assembly.js';
import { headerOf, splitSections } from '../../domain/aicodereval-sections.js';

const imports = `${headerOf('function_import')}\n\nimport os\n\n`;
const code = `${headerOf('function_code')}\n\ndef f(x):\n    '''Of x.'''\n    return x\n\n`;
const rest = `${headerOf('test_function_code')}\n\ndef test_f():\n    assert f(1) == 1\n\n`;

describe('as the authors did', () => {
  const split = splitSections(imports + code + rest);

  test('the prompt ends with the last docstring quotes', () => {
    expect(authorsPrompt(split)).toBe(`${imports}${headerOf('function_code')}\n\ndef f(x):\n    '''Of x.'''`);
    const undocumented = code.replace("    '''Of x.'''\n", '');
    expect(authorsPrompt(splitSections(imports + undocumented + rest))).toBe(`${imports}${undocumented}"""`);
  });

  test('an answer is cut at its next function', () => {
    const answer = '\n    return g(x)\n\ndef g(x):\n    return x\n';
    const candidate = `${authorsPrompt(split)}\n    return g(x)\n`;
    const task = { prompt: 'def f(x):\n', authorsPrompt: authorsPrompt(split) };
    expect(programOfCompletion(task, answer, 'authors')).toBe(candidate);
    expect(programOfCompletion({ prompt: 'def f(x):' }, answer, 'authors')).toBe('def f(x):\n    return g(x)\n');
    expect(programOfCompletion(task, answer, 'parsed')).toBe(`def f(x):\n${answer}`);
  });
});
