import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { assignmentTarget, findFunction, logicalLines, topLevelStatements } from '../../domain/python-source.js';

describe('logicalLines', () => {
  test('strings, brackets and continuations hold line feeds', () => {
    const source = 'x = (1,\n  2)  # (\ny = """a\n\'b\n"""\nz = 1 + \\\n  2\n\n    # note\n';
    expect(logicalLines(source).map(({ text, blank }) => [text, blank])).toEqual([
      ['x = (1,\n  2)  # (', false],
      ['y = """a\n\'b\n"""', false],
      ['z = 1 + \\\n  2', false],
      ['', true],
      ['    # note', true],
    ]);
  });

  test('an apostrophe in prose costs one line, an open bracket the rest', () => {
    expect(logicalLines("don't\nx = 1")).toHaveLength(2);
    expect(logicalLines('f(1\nx = 1')).toMatchObject([{ open: true }]);
    expect(logicalLines('"""a')).toMatchObject([{ open: true }]);
    expect(logicalLines(String.raw`'\'('` + '\nx')).toHaveLength(2);
  });

  test('no character is lost', () => {
    const piece = fc.constantFrom('\n', '"""', '"', "'", '(', ')', '#', '\\', 'x', ' ', '\t');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const source = pieces.join('');
        const lines = logicalLines(source).map(({ text }) => text);
        expect(lines.join('\n')).toBe(
          source.endsWith('\n') && source !== lines.join('\n') ? source.slice(0, -1) : source,
        );
      }),
    );
  });
});

test('topLevelStatements groups bodies, clauses, decorators and the comments above', () => {
  const source = [
    'import a',
    '# about f',
    '@cache',
    'def f():',
    '    x = 1',
    '',
    '    # inside',
    '    return x',
    'try:',
    '    pass',
    'except E:',
    '    pass',
    'A, b.c = 1, 2',
    'T: int = 1',
    'f(x=1)',
    'if "__main__" == __name__:',
    '    f()',
    'class C: pass',
    'def cut():',
    '# end',
  ].join('\n');
  expect(topLevelStatements(source).map(({ kind, name, incomplete }) => [kind, name, incomplete])).toEqual([
    ['import', null, false],
    ['definition', 'f', false],
    ['compound', null, false],
    ['assignment', null, false],
    ['assignment', 'T', false],
    ['expression', null, false],
    ['main-guard', null, false],
    ['definition', 'C', false],
    ['definition', 'cut', true],
  ]);
  expect(topLevelStatements(source)[1]?.text).toBe(source.split('\n').slice(1, 8).join('\n'));
});

describe('findFunction', () => {
  test('start, docstring and body of the last definition', () => {
    const source =
      'def f(): pass\n\n@a(\n1)\n@b\nasync def f(\n    x,\n):\n  # c\n  r"""Doc \\""" "" """\n  return 1\n';
    const found = findFunction(source, 'f');
    expect(found).toEqual({
      start: source.indexOf('@a'),
      docstring: 'r"""Doc \\""" "" """',
      headEnd: source.indexOf('\n  return'),
      bodyIndent: '  ',
    });
  });

  test.each([
    ['none', 'def f(x):\n    return 1', null],
    ['single quotes', "def f(x):\n    'Doc.'\n    return 1", "'Doc.'"],
    ['bytes are none', "def f(x):\n    b'Doc.'", null],
    ['a cut one is none', 'def f(x):\n    """Doc.', null],
    ['nothing follows', 'def f(x):', null],
  ])('docstring: %s', (_name, source, docstring) => {
    expect(findFunction(source, 'f')?.docstring).toBe(docstring);
  });

  test('methods, inner functions, classes and longer names are not it', () => {
    expect(findFunction('class f:\n    def f(self): pass\ndef ff(): pass', 'f')).toBeNull();
  });
});

test.each([
  ['x = 1', 'x '],
  ['x: int = 1', 'x: int '],
  ['a[f(1)] = 2', 'a[f(1)] '],
  ['x <<= 2', 'x <<'],
  ['x += 2', 'x +'],
  ['x == 1', null],
  ['x <= 1', null],
  ['x != 1', null],
  ['(x := 1)', null],
  ['f(x=1)', null],
  ['f(x)', null],
])('assignmentTarget of %s', (statement, target) => {
  expect(assignmentTarget(statement)).toBe(target);
});
