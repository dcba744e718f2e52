import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { extractCompletion } from '../../domain/extract-completion.js';
import { PROMPT, task } from './extract-task.js';

const BODY = '    return [n for n in range(limit) if is_prime(n)]\n';
const program = (answer: string) => extractCompletion(task, answer)?.program ?? null;

describe('a completion', () => {
  test.each([
    ['is put behind the prompt to the letter', BODY, BODY],
    ['keeps odd indentation', '  \n\n  x = 1\n  return x', '  \n\n  x = 1\n  return x\n'],
    ['may go on with the line that the prompt ended', '    # first\n    return []', '    # first\n    return []\n'],
    ['ends where the model goes on to another task', `${BODY}\n\ndef other(x):\n    return 1\n`, BODY],
    ['ends at a demonstration', `${BODY}\nprint(primes_below(3))\n`, BODY],
    ['ends where it is repeated', `${BODY}\ndef primes_below(limit):\n    return []\n`, BODY],
    ['ends at prose', `${BODY}\nThis function returns the primes.\n`, BODY],
    ['ends at a fence', `${BODY}\`\`\`\n\nDone.`, BODY],
    ['ends at a comment at the left edge', `${BODY}\n# Test it:\n`, BODY],
    [
      'keeps imports and the helpers that it uses',
      '    return helper(limit)\n\nimport re\n\ndef helper(n):\n    return other(n)\n\ndef other(n):\n    return [n]\n\ndef unused():\n    pass\n',
      '    return helper(limit)\n\nimport re\n\ndef helper(n):\n    return other(n)\n\ndef other(n):\n    return [n]\n',
    ],
    ['that is cut off stays as it is', '    return [n for n in', '    return [n for n in\n'],
    ['may have Windows line ends', '    x = 1\r\n    return x\r\n', '    x = 1\n    return x\n'],
  ])('%s', (_name, answer, own) => {
    expect(program(answer)).toBe(PROMPT + own);
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n\n    \n'],
    ['comments', '    # TODO\n'],
    ['another function', 'def other():\n    return 1\n'],
    ['prose', 'I would start with a sieve.'],
    ['a body without indentation', 'return 1\n'],
  ])('%s is no code', (_name, answer) => {
    expect(program(answer)).toBeNull();
  });

  test('a thinking tag is text like any other', () => {
    expect(program(`    return '<think>'\n`)).toBe(`${PROMPT}    return '<think>'\n`);
  });

  test('its size is that of what was added', () => {
    expect(extractCompletion(task, BODY)).toMatchObject({ codeLines: 1, codeTokens: 16 });
  });

  test('a class is completed as well', () => {
    const asked = { ...task, prompt: 'class Stack:\n', entryPoint: 'Stack' };
    const answer = '    def push(self, x):\n        pass\n\nStack()\n';
    expect(extractCompletion(asked, answer)?.program).toBe('class Stack:\n    def push(self, x):\n        pass\n');
  });
});

const line = fc.constantFrom('x = 1', 'if limit:', '    y = 2', '# note', '', 'return [1]', 'for n in a:', '    pass');
const body = fc
  .array(line, { minLength: 1, maxLength: 12 })
  .map((lines) => [...lines, 'return 0'].map((text) => `    ${text}`).join('\n'));
const mess = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), body);

describe('laws', () => {
  test('no answer makes it throw; a program begins with the prompt and goes on with the answer', () => {
    fc.assert(
      fc.property(mess, (answer) => {
        const made = program(answer);
        if (made === null) return;
        expect(made.startsWith(PROMPT.trimEnd())).toBe(true);
      }),
    );
  });

  test('an indented body is kept whole, whatever follows at the left edge', () => {
    const end = fc.constantFrom(
      '',
      '\n\ndef other():\n    pass',
      '\nprint(1)',
      '\n\nclass A:\n    pass',
      '\n# more\nx()',
    );
    fc.assert(
      fc.property(body, end, (text, rest) => {
        expect(program(`${text}\n${rest}`)).toBe(`${PROMPT}${text}\n`);
      }),
    );
  });

  test('what was extracted is extracted again', () => {
    fc.assert(
      fc.property(mess, (answer) => {
        const made = program(answer);
        if (made !== null) expect(program(made.slice(PROMPT.length))).toBe(made);
      }),
    );
  });
});
