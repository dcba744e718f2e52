import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { callsOf, tokens } from '../../domain/python-tokens.js';
import { flatten, parseTree } from '../../domain/python-tree.js';

const SOURCE = `import os

def f(x):
    # a comment
    try:
        return g(x,
                 "a: b")  # another
    except (OSError, pd.errors.Bad) as e: print(f'{e}')
    else:
        pass
f(1)
`;

describe('the tree of statements', () => {
  test('nests by indentation, with lines and first words', () => {
    const tree = parseTree(SOURCE);
    expect(tree.map(({ keyword }) => keyword)).toEqual(['import', 'def', 'f']);
    expect(tree[1]?.body.map(({ keyword, line }) => [keyword, line])).toEqual([
      ['try', 5],
      ['except', 8],
      ['else', 9],
    ]);
    expect(tree[1]?.body[0]?.body[0]).toMatchObject({ keyword: 'return', line: 6, lastLine: 7 });
  });

  test('what stands behind a colon on its line is under it', () => {
    const handler = parseTree(SOURCE)[1]?.body[1];
    expect(handler?.body.map(({ keyword }) => keyword)).toEqual(['print']);
    expect(handler?.tokens.map(({ text }) => text)).toEqual([
      'except',
      '(',
      'OSError',
      ',',
      'pd',
      '.',
      'errors',
      '.',
      'Bad',
      ')',
      'as',
      'e',
    ]);
  });

  test('calls are found inside of calls, with their arguments', () => {
    const calls = callsOf(tokens('print(f(1, g(2)), f("a,b"))'), 'f');
    expect(calls.map((args) => args.map((arg) => arg.map(({ text }) => text).join('')))).toEqual([
      ['1', 'g(2)'],
      ['"a,b"'],
    ]);
    expect(callsOf(tokens('def f(x): x.f(1)'), 'f')).toEqual([]);
  });

  test('any text has a tree whose lines lie in it, each before what is under it', () => {
    const line = fc.constantFrom(
      'try:',
      'except X as e:',
      '  print("a',
      '\tif x: y',
      '"""',
      "f'{a}'",
      ')',
      'def f(',
      '',
      '# c',
      '\\',
    );
    const source = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(line).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(source, (text) => {
        const count = text.split('\n').length;
        let before = 0;
        for (const block of flatten(parseTree(text))) {
          expect(block.line).toBeGreaterThanOrEqual(before);
          expect(block.lastLine).toBeLessThanOrEqual(count);
          before = block.line;
        }
      }),
    );
  });

  test('tokens leave out white space, line continuations and comments alone', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '12', '"s"', "'t'", '+', '(', ')', '==', 'b_1')), (parts) => {
        expect(tokens(`${parts.join(' ')} # comment`).map(({ text }) => text)).toEqual(parts);
      }),
    );
  });
});
