import { describe, expect, test } from '@jest/globals';
import { BEFORE, fenced, program, SOLUTION, WHOLE } from './extract-task.js';

describe('a fenced example in a docstring', () => {
  const example = (label: string, indent: number, quotes = '"""') => {
    const fences = fenced('primes_below(6)', label).replace(/^/gm, ' '.repeat(indent));
    return `def primes_below(limit):\n  ${quotes}Primes, e.g. '#'\n\n${fences}\n  ${quotes}\n  return [2]`;
  };
  test.each([
    ['far in', example('python', 8)],
    ['without a label', example('', 8)],
    ['two columns in', example('', 2)],
    ['in other quotes', example('python', 4, "'''")],
    [
      'behind one in a helper',
      `def helper():\n${example('', 4).split('\n').slice(1).join('\n')}\n\n\n${example('', 4)}`,
    ],
  ])('is part of it: %s', (_name, code) => {
    expect(program(fenced(code))).toBe(`${BEFORE}\n\n\n${code}\n`);
    expect(program(`- So:\n${fenced(code).replace(/^/gm, '  ')}\n\nThat's it.`)).toBe(`${BEFORE}\n\n\n${code}\n`);
  });

  test('outside a string a fence ends its block, however far in it is', () => {
    const text = '"""Primes."""';
    expect(program(`Text:\n\`\`\`python\n${text}\n${SOLUTION}\n        \`\`\`\nThat's it.`)).toBe(
      `${BEFORE}\n\n\n${text}\n${SOLUTION}\n`,
    );
  });
});

describe('several blocks', () => {
  test('the last whole one that defines the entry point', () => {
    const draft = 'def primes_below(limit):\n    return []';
    expect(program(`${fenced(draft)}\nBetter:\n${fenced(SOLUTION)}\nUse:\n${fenced('primes_below(5)')}`)).toBe(WHOLE);
    expect(program(`${fenced(SOLUTION)}\nOr:\n\`\`\`python\ndef primes_below(limit):\n    ret`)).toBe(WHOLE);
    const ten = Array.from({ length: 9 }, (_, i) => fenced(`x = ${i}`)).join('\n\n');
    expect(program(`${ten}\n${fenced(SOLUTION)}`)).toBe(WHOLE);
  });

  test('a fence that is opened again without having been closed', () => {
    expect(program(`\`\`\`python\nimport os\n\`\`\`python\n${SOLUTION}\n\`\`\``)).toContain(SOLUTION);
  });

  test('helper blocks that it uses, and imports, are put before it; others are not', () => {
    const helper = 'def sieve(n):\n    return [2]';
    const main = 'def primes_below(limit):\n    return list(itertools.chain(sieve(limit)))';
    const unused = 'def something_else():\n    return 0';
    const answer = [main, helper, unused, 'import itertools', 'print(sieve(3))'].map((code) => fenced(code)).join('\n');
    const result = program(answer);
    expect(result).toContain(`${helper}\n\nimport itertools\n\n${main}`);
    expect(result).not.toContain('something_else');
    expect(result).not.toContain('print');
  });

  test.each([
    'from totals import primes_below',
    'import totals',
    'from totals import (\n    primes_below as p,\n)  # it',
  ])('how the function is imported is not put before it: %s', (usage) => {
    expect(program(`${fenced(SOLUTION)}\nUse:\n${fenced(usage)}`)).toBe(WHOLE);
  });

  test('what a star brings may be used: it is put before the function', () => {
    const answer = `${fenced(SOLUTION)}\nWith:\n${fenced('from math import *')}`;
    expect(program(answer)).toBe(`${BEFORE}\n\n\nfrom math import *\n\n${SOLUTION}\n`);
  });

  test('imports before the function are put there whether it names them or not, but its own', () => {
    const imports = 'import math  # for primes_below';
    const own = fenced('from totals import primes_below');
    expect(program(`${own}\n${fenced(imports)}\n${fenced(SOLUTION)}`)).toBe(
      `${BEFORE}\n\n\n${imports}\n\n${SOLUTION}\n`,
    );
  });

  test('imports behind the function are put before it where a helper uses them', () => {
    const helper = 'def is_small(n):\n    return re.match("1", n)';
    const main = 'def primes_below(limit):\n    return is_small(limit)';
    const answer = [main, helper, 'import re', 'import os.path as path'].map((code) => fenced(code)).join('\n');
    expect(program(answer)).toBe(`${BEFORE}\n\n\n${helper}\n\nimport re\n\n${main}\n`);
  });

  test('without the entry point, the last that defines a function', () => {
    const result = program(`${fenced('x = 1')}\n${fenced('def helper():\n    return 1')}\n${fenced('helper()')}`);
    expect(result).toBe(`${BEFORE}\n\n\ndef helper():\n    return 1\n`);
  });
});
