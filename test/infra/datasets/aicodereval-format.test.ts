import { describe, expect, test } from '@jest/globals';
import { parseAiCoderEval } from '../../../infra/datasets/aicodereval-format.js';
import { findSuite, SUITES } from '../../../infra/datasets/registry.js';

const header = (name: string) => `# ${name} --------------------`;
const program = (parts: Record<string, string>) =>
  Object.entries(parts)
    .map(([name, text]) => `${header(name)}\n\n${text}\n`)
    .join('\n');
const parts = {
  requirements_file: 'import subprocess\n\nrequirements = ["torch", "numpy"]\nrequirements = ["later"]',
  function_import: 'import os\nimport math',
  function_code:
    'def helper(x):\n    """H."""\n    return x\n\ndef half(x):\n    """Half."""\n    return helper(x) / 2',
  test_function_code:
    'def test_half():\n    print("Testing started.")\n    # Test case [9/9] is a comment\n    print("Testing case [1/2] started.")\n    assert half(2) == 1\n    print(f"Testing case [2/2] started: zero")\n    assert half(0) == 0',
  call_test_function_line: 'test_half()',
};

describe('parseAiCoderEval', () => {
  test('takes a program apart', () => {
    const parsed = parseAiCoderEval(`# domain: nlp\n\n${program(parts)}`, 'a.py');
    expect(parsed.header.get('domain')).toBe('nlp');
    expect(parsed.requirements).toEqual(['torch', 'numpy']);
    expect(parsed.entryPoint).toBe('half');
    expect(parsed.reference).toBe(`${parts.function_import}\n\n\n${parts.function_code}\n`);
    expect(parsed.prompt).toBe(`${parsed.reference.split('    return helper')[0]}`);
    expect(parsed.test).toBe(`${parts.test_function_code}\n\n\ntest_half()\n`);
    expect(parsed.cases).toBe(2);
  });

  test('version 3: other call section, no requirements, no imports, no line feed at the end, CRLF', () => {
    const { requirements_file: _none, call_test_function_line: call, ...rest } = parts;
    const source = program({ ...rest, function_import: '', call_test_function_code: call }).trimEnd();
    const parsed = parseAiCoderEval(source.replaceAll('\n', '\r\n'), 'a.py');
    expect(parsed.requirements).toEqual([]);
    expect(parsed.reference).toBe(`${parts.function_code}\n`);
    expect(parsed.test).toMatch(/test_half\(\)\n$/);
  });

  test('headers need their full line; a test may mark no cases', () => {
    const code = `${parts.function_code}\n# test ----\n  ${header('function_code')}`;
    const parsed = parseAiCoderEval(program({ ...parts, function_code: code, test_function_code: 'half(1)' }), 'a.py');
    expect(parsed.reference).toContain('# test ----');
    expect(parsed.cases).toBeNull();
  });

  test.each([
    ['missing', { function_code: '' }, /"function_code": is empty/],
    ['no function', { function_code: 'x = 1' }, /defines no function/],
    ['no docstring', { function_code: 'def half(x):\n    return x' }, /no docstring/],
    ['requirements', { requirements_file: 'requirements = [torch]' }, /"requirements_file": must be a JSON list/],
  ])('%s is told by section', (_name, change, message) => {
    expect(() => parseAiCoderEval(program({ ...parts, ...change }), 'a.py')).toThrow(message);
  });
});

describe('the registry', () => {
  test('finds its suites', () => {
    for (const suite of SUITES) expect(findSuite(suite.id)).toBe(suite);
  });

  test('an unknown suite lists those that exist', () => {
    expect(() => findSuite('humanevil')).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.stringMatching(/starter, humaneval/) }),
    );
  });
});
