import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cpuTimeOf } from '../support/cpu-time.js';
import { BEFORE, fenced, program, SOLUTION } from './extract-task.js';

describe('laws', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '```',
      '```python\n',
      '~~~',
      '\n',
      '    ',
      '\t',
      '"""',
      "'",
      '(',
      ']',
      '\\',
      '<think>',
      '</think>',
      '\r',
    ),
    fc.constantFrom(
      'def primes_below(limit):\n',
      'return 1\n',
      'if x:\n',
      'class A:\n',
      '@a\n',
      'import a\n',
      'x = 1\n',
      '\uD800',
      '\0',
    ),
  );
  const mess = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  test('no answer makes it throw, and every program can be encoded as UTF-8', () => {
    fc.assert(
      fc.property(mess, (answer) => {
        const result = program(answer);
        if (result !== null) expect(/\0|\r|\p{Surrogate}/u.test(result)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  const prose = fc.array(fc.constantFrom('Well,', "don't", '(see', 'the', 'list:', '\n', '- a', 'print it'), {
    maxLength: 12,
  });
  const statement = fc.constantFrom(
    '    x = (1,\n2)',
    '    # note',
    '    y = """\nprint(1)\n"""',
    '    y = """\n    ```python\n    print(1)\n    ```\n"""',
    '    if limit:\n        pass',
    '',
  );
  const solution = fc
    .array(statement, { maxLength: 6 })
    .map((lines) => ['def primes_below(limit):', ...lines, '    return []'].join('\n'));

  test('a well-formed block with the entry point is taken as it is, whatever is said around it', () => {
    fc.assert(
      fc.property(prose, solution, prose, (before, code, after) => {
        expect(program(`${before.join(' ')}\n${fenced(code)}\n${after.join(' ')}`)).toBe(`${BEFORE}\n\n\n${code}\n`);
      }),
    );
  });

  test('a program that was taken is taken again unchanged', () => {
    fc.assert(
      fc.property(solution, mess, (code, rest) => {
        const once = program(`\`\`\`python\n${code}\n\n${rest.replaceAll(/[`~]/g, '')}\n\`\`\``);
        if (once !== null) expect(program(`\`\`\`\`\`\`\`python\n${once}\n\`\`\`\`\`\`\``)).toBe(once);
      }),
    );
  });

  test.each([
    ['spaces', ' '],
    ['backticks', '`'],
    ['fences', '```\n'],
    ['brackets', '('],
    ['quotes', '"'],
    ['fences in strings', '    """\n    ```\n'],
    ['blocks', '```python\ndef f(): pass\n```\n'],
    ['tags', '<think>'],
    ['thinking', '<think></think>'],
    ['lines', 'x = 1\n'],
    ['statements', 'def f(x):\n    return x\n'],
    ['words', 'a '],
    ['equals', 'a='],
    ['dots', 'a.'],
    ['decorators', '@a\n'],
    ['surrogates', '\uD800'],
    ['returns', 'return a, '],
    ['feeds', '\n'],
  ])('a megabyte of %s is handled in time', (_name, unit) => {
    const answer = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const texts = [answer, `\`\`\`python\n${SOLUTION}\n${answer}`, `${answer}\n${fenced(SOLUTION)}`];
    expect(cpuTimeOf(() => texts.forEach(program))).toBeLessThan(20_000);
  });
});
