import { describe, expect, test } from '@jest/globals';
import { extractCandidate } from '../../domain/extract-candidate.js';
import { fenced, program, PROMPT, SOLUTION, task, WHOLE } from './extract-task.js';

describe('one block', () => {
  test.each([
    ['python fence', `Sure!\n\n${fenced(SOLUTION)}\n\nIt filters the numbers.`],
    ['py fence', fenced(SOLUTION, 'py')],
    ['upper case label', fenced(SOLUTION, 'Python')],
    ['label with attributes', fenced(SOLUTION, 'python title="a.py"')],
    ['no label', fenced(SOLUTION, '')],
    ['tildes', `~~~python\n${SOLUTION}\n~~~`],
    ['four backticks', `\`\`\`\`python\n${SOLUTION}\n\`\`\`\``],
    ['never closed', `\`\`\`python\n${SOLUTION}`],
    ['closed behind the last line', `\`\`\`python\n${SOLUTION}\`\`\``],
    ['opened behind prose', `Here it is: \`\`\`python\n${SOLUTION}\n\`\`\``],
    ['opened behind indented prose', `  So: \`\`\`python\n${SOLUTION}\n\`\`\``],
    ['indented in a list', `1. So:\n${fenced(SOLUTION).replace(/^/gm, '   ')}`],
    ['indented in the fence', fenced(SOLUTION.replace(/^/gm, '    '))],
    ['CRLF', fenced(SOLUTION).replaceAll('\n', '\r\n')],
    ['NUL bytes and a byte order mark', `\uFEFF${fenced(SOLUTION.replace('limit', 'lim\0it'))}`],
    ['prompt repeated', fenced(WHOLE.trim())],
    ['no fence', SOLUTION],
    ['no fence, prose around it', `Here is the function.\n\n${SOLUTION}\n\nThis doesn't use (any sieve.`],
    ['thinking before it', `<think>\n\`\`\`python\ndef primes_below(n): pass\n\`\`\`\n</think>\n${fenced(SOLUTION)}`],
    ['closing tag of thinking alone', `I wonder.\n\`\`\`\n</think>\n${fenced(SOLUTION)}`],
  ])('%s', (_name, answer) => {
    expect(program(answer)).toBe(WHOLE);
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n\t\n'],
    ['prose', 'I would loop over the numbers and return those that are prime.\nFor each one, test it.'],
    ['prose that starts like code', 'return the primes below the limit\n\nif you like, with a sieve'],
    ['an empty block', fenced('')],
    ['only a shell block', fenced('python3 primes.py', 'bash')],
    ['only a use of the function', fenced('print(primes_below(10))')],
    ['only a use of the function, in a list', `1. Run:\n${fenced('primes_below(10)').replace(/^/gm, '   ')}`],
    ['thinking that never ended', `<think>\n${fenced(SOLUTION)}`],
    ['indented prose above a line of code', '  Then we are done with\n    return primes'],
    ['indented prose', '  Then we are done with\n    the primes, and\n  return to the list = all'],
    ['a refusal', "I'm sorry, but I can't help with that."],
  ])('no code: %s', (_name, answer) => {
    expect(program(answer)).toBeNull();
  });

  test('lone surrogates are replaced', () => {
    expect(program(fenced(`${SOLUTION}  # \uD800`))).toContain('# \uFFFD');
    expect(program(fenced(`${SOLUTION}  # \u{1F600}`))).toContain('# \u{1F600}');
  });

  test('tags and fences inside the code are left alone', () => {
    const code = `${SOLUTION}\n\n\nTAG = "</think>"`;
    expect(program(fenced(code))).toContain('TAG = "</think>"');
    const longer = `\`\`\`\`python\n${SOLUTION}\n\nDOC = '''\n\`\`\`\n'''\n\`\`\`\``;
    expect(program(longer)).toContain("DOC = '''\n```\n'''");
    const tildes = `~~~python\ndef primes_below(limit):\n    """\n    \`\`\`\n    x\n    \`\`\`\n    """\n    return []\n~~~`;
    expect(program(tildes)).toContain('return []');
  });
});

describe('a model that goes on with the prompt', () => {
  test.each([
    ['with nothing returned yet', '\n    \n    found = []\n    for n in range(limit):\n        found.append(n)'],
    [
      'with a condition over lines',
      '    if (limit < 2 \n        and limit):\n            print(limit)\n    found = [2]',
    ],
    ['with a variable of the function’s name', '    primes_below = [2]\n\n    return primes_below'],
  ])('%s', (_name, answer) => {
    const body = answer.replace(/^\s*\n/, '').replaceAll(/[ ]+$/gm, '');
    expect(program(answer)?.replaceAll(/[ ]+$/gm, '')).toBe(`${PROMPT}${body}\n`);
  });
});

describe('bodies', () => {
  const completed = `${PROMPT.trimEnd()}\n    result = []\n    for n in range(limit):\n        if is_prime(n):\n            result.append(n)\n    return result\n`;
  const body = completed.slice(PROMPT.trimEnd().length + 1).trimEnd();
  test.each([
    ['as in a completion', body],
    ['first line stripped', body.trimStart()],
    ['without indentation', body.replace(/^ {4}/gm, '')],
    ['with tabs', body.replaceAll('    ', '\t')],
    ['too far in', body.replace(/^/gm, '    ')],
    ['in a fence', fenced(body)],
    ['in a fence, without indentation', fenced(body.replace(/^ {4}/gm, ''))],
    ['with a demonstration after it', `${body}\n\nprint(primes_below(3))\nassert primes_below(3) == [7]`],
    ['with prose after it', `${body}\n\nThis returns the primes.`],
  ])('%s', (_name, answer) => {
    expect(program(answer)).toBe(completed);
  });

  test.each(['if limit < 2:', 'if limit < 2:  # there is none'])(
    'a stripped first line that opens a block: %s',
    (line) => {
      const answer = `${line}\n        return []\n    return [2]`;
      expect(program(answer)).toBe(`${PROMPT.trimEnd()}\n    ${line}\n        return []\n    return [2]\n`);
    },
  );

  test('a single block without indentation', () => {
    const answer = 'for n in range(limit):\n    yield n';
    expect(program(answer)).toBe(`${PROMPT.trimEnd()}\n    for n in range(limit):\n        yield n\n`);
  });

  test('a stripped first line in a body of another indentation', () => {
    const answer = 'if limit < 2:\n    return []\n  return [2]';
    expect(program(answer)).toBe(`${PROMPT.trimEnd()}\n    if limit < 2:\n      return []\n    return [2]\n`);
  });

  test.each([
    [
      'a variable of the function’s own name',
      '    primes_below = []\n    for n in range(limit):\n        primes_below.append(n)\n    return primes_below',
    ],
    ['a tuple first', '    (low, high) = (0, limit)\n    return [low ^ high]'],
    ['several statements on a line', '    low = 0; high = limit\n    return low ^ high'],
  ])('with %s', (_name, text) => {
    const whole = `${PROMPT}${text}\n`;
    expect([program(text), program(text.trimStart())]).toEqual([whole, whole]);
  });

  test('what stands behind its return without indentation is code of its own', () => {
    const text = 'return re.findall("x", helper())\n\n\nimport re\n\n\ndef helper():\n    return "x"';
    expect(program(text)).toBe(`${PROMPT}    ${text}\n`);
  });

  test('without indentation, all of its lines', () => {
    const lines = [
      'counts = [0] * 3',
      'counts[xs[0]] += 1',
      'counts[1], counts[2] = counts[2], counts[1]',
      'return counts',
    ];
    expect(program(lines.join('\n'))).toBe(`${PROMPT}${lines.map((line) => `    ${line}\n`).join('')}`);
  });

  test('helpers after the body are kept', () => {
    expect(program(`    return twice(limit)\n\ndef twice(x):\n    return [x, x]`)).toContain(
      '\ndef twice(x):\n    return [x, x]\n',
    );
  });
});

describe('what is not the function', () => {
  test.each([
    ['prints', 'print(primes_below(10))'],
    ['an assertion over lines', 'assert primes_below(\n    4\n) == [2, 3], """\nprint(1)\n"""'],
    ['a main block', 'if __name__ == "__main__":\n    import doctest\n    doctest.testmod()\nelse:\n    pass'],
    ['its outcome', 'result = primes_below(5)\nother = result + [1]\nprint(other)'],
    ['a loop over examples', 'for n in (1, 2):\n    print(n, primes_below(n))'],
    ['what was cut off', 'def test_primes():'],
    ['a call that was cut off', 'print(primes_below(1'],
    ['a comment', '# Example usage:\n# primes_below(3)'],
    ['input', 'limit = int(input("limit? "))'],
  ])('left out: %s', (_name, code) => {
    expect(program(fenced(`${SOLUTION}\n\n\n${code}`))).toBe(WHOLE);
  });

  test.each([
    ['constants', 'LIMITS = {"a": 1}'],
    ['helper functions', 'def helper(x):\n    return x'],
    ['decorated classes', '@dataclass\nclass Row:\n    x: int'],
    ['imports', 'import re'],
    ['a table that is filled', 'for k in KEYS:\n    TABLE[k] = k * 2'],
  ])('kept: %s', (_name, code) => {
    expect(program(fenced(`${SOLUTION}\n\n\n${code}`))).toBe(`${WHOLE}\n\n${code}\n`);
  });

  test('prints between definitions are left out, statements before the function stay', () => {
    const result = program(
      fenced(`import sys\nsys.setrecursionlimit(9)\n${SOLUTION}\nprint(1)\ndef later():\n    return 2`),
    );
    expect(result).toContain('sys.setrecursionlimit(9)');
    expect(result).toContain('def later');
    expect(result).not.toContain('print');
  });

  test('a future import stays first', () => {
    expect(program(fenced(`from __future__ import annotations\n${SOLUTION}`))).toMatch(
      /^from __future__ import annotations\n/,
    );
  });
});

test('lines and tokens of the model alone are counted', () => {
  const candidate = extractCandidate(task, fenced(`${SOLUTION}\n\nprint(1)`));
  expect(candidate).toMatchObject({ codeLines: 2, codeTokens: 22 });
});
