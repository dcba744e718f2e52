import { describe, expect, test } from '@jest/globals';
import { renderTrace } from '../../domain/prompts/render-trace.js';
import type { FailedCase, ProgramException, TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';
import { traceSafetyTests } from './sandbox-trace-safety.js';

const marker = (number: string) => `print("Testing case [${number}] started.")`;
const inTest = (...lines: readonly string[]) =>
  `def test_f():\n${lines.map((line) => `    ${line}`).join('\n')}\ntest_f()`;
const ONE = 'def f(x):\n    return x\n';

const exceptionOf = ({ exception }: TestReport): ProgramException => {
  if (exception === null) throw new Error('no exception');
  return exception;
};

/** What a failed run says of its cause. */
export function tracingTests(bench: Bench): void {
  describe('tracing', () => {
    causeTests(bench);
    callTests(bench);
    caseOfFailureTests(bench);
    stabilityTests(bench);
    traceSafetyTests(bench);
  });
}

function causeTests({ run }: Bench): void {
  test('the chain of exceptions, outermost first', async () => {
    const program =
      'def f(x):\n    try:\n        return {}[x]\n    except KeyError as error:\n        raise ValueError("no such x") from error\n';
    expect(exceptionOf(await run(program, 'f(1)')).chain).toEqual([
      { type: 'ValueError', message: 'no such x' },
      { type: 'KeyError', message: '1' },
    ]);
    const quiet = program.replace('from error', 'from None');
    expect(exceptionOf(await run(quiet, 'f(1)')).chain).toEqual([{ type: 'ValueError', message: 'no such x' }]);
    const during = program.replace(' from error', '');
    expect(exceptionOf(await run(during, 'f(1)')).chain).toHaveLength(2);
  });

  test('the frames, from the test to the library, without the runner', async () => {
    const { frames = [] } = exceptionOf(
      await run('import json\ndef f(x):\n    return g(x)\ndef g(x):\n    return json.loads(x)\n', 'y = "{"\nf(y)'),
    );
    expect(frames.slice(0, 3)).toEqual([
      { where: 'test', file: 'test.py', line: 2, function: '<module>', text: 'f(y)' },
      { where: 'candidate', file: 'program', line: 3, function: 'f', text: 'return g(x)' },
      { where: 'candidate', file: 'program', line: 5, function: 'g', text: 'return json.loads(x)' },
    ]);
    expect(frames.at(-1)).toMatchObject({ where: 'library', file: 'json/decoder.py' });
  });

  test('of a deep recursion the innermost frames', async () => {
    const exception = exceptionOf(await run('def f(x):\n    return f(x + 1)\n', 'f(1)'));
    expect(exception).toMatchObject({ type: 'RecursionError', line: 2 });
    expect(exception.frames?.length).toBeLessThanOrEqual(16);
    expect(exception.frames?.at(-1)).toMatchObject({ where: 'candidate', line: 2 });
  });

  test('the variables of the innermost frame of the program', async () => {
    const program = `import json
class Own:
    pass
def f(x):
    words, nothing, text = ["a", 1.5, (2,), {"k": {1}}, 5], None, "q" * 100
    own, empty, big, module, made = Own(), set(), 10**40, json, {}
    return x.missing
`;
    const { locals = [] } = exceptionOf(await run(program, 'f(3)'));
    const facts = { shape: null, dtype: null, device: null, length: null };
    expect(locals).toEqual([
      { ...facts, name: 'x', type: 'int', value: '3' },
      {
        ...facts,
        name: 'words',
        type: 'list',
        length: 5,
        value: "['a', 1.5, (2,), {'k': {... 1 in all}}, ... 5 in all]",
      },
      { ...facts, name: 'nothing', type: 'NoneType', value: 'None' },
      { ...facts, name: 'text', type: 'str', length: 100, value: `'${'q'.repeat(60)}'...` },
      { ...facts, name: 'own', type: 'Own', value: '' },
      { ...facts, name: 'empty', type: 'set', length: 0, value: 'set()' },
      { ...facts, name: 'big', type: 'int', value: '<an int of 133 bits>' },
      { ...facts, name: 'made', type: 'dict', length: 0, value: '{}' },
    ]);
  });
}

function callTests({ run }: Bench): void {
  test.each([
    [
      'a wrong argument',
      'import textwrap as t\ndef f(x):\n    return t.shorten(x)\n',
      'textwrap.shorten',
      '(text, width, **kwargs)',
    ],
    [
      'a function by its name',
      'from textwrap import shorten\ndef f(x):\n    return shorten(x)\n',
      'textwrap.shorten',
      '(text, width, **kwargs)',
    ],
    [
      'a class',
      'import fractions\ndef f(x):\n    return fractions.Fraction(1, 2, 3)\n',
      'fractions.Fraction',
      '(numerator=0, denominator=None, *, _normalize=True)',
    ],
    [
      'a method',
      'import decimal, logging\ndef f(x):\n    log = logging.getLogger()\n    return log.setLevel()\n',
      'logging.Logger.setLevel',
      '(level)',
    ],
    ['a missing attribute', 'import json\ndef f(x):\n    return json.load_string(x)\n', 'json.load_string', null],
    ['a missing name', 'from json import load_string\ndef f(x):\n    return x\n', 'json.load_string', null],
    ['a missing module', 'import jsom\ndef f(x):\n    return x\n', 'jsom', null],
    ['a missing module of a package', 'import json.loader\ndef f(x):\n    return x\n', 'json.loader', null],
  ])('the library call with its signature: %s', async (_, program, name, signature) => {
    const { call } = exceptionOf(await run(program, 'f("a")'));
    const library = name.split('.')[0];
    expect(call).toEqual({ name, library, version: null, signature });
  });

  test.each([
    ['a call of its own', 'def g(): pass\ndef f(x):\n    return g(x)\n'],
    ['a built-in', 'def f(x):\n    return len(x)\n'],
    ['an operator', 'def f(x):\n    return x + 1\n'],
    ['a method of its own', 'class A:\n    pass\ndef f(x):\n    return A().go()\n'],
  ])('none: %s', async (_, program) => {
    expect(exceptionOf(await run(program, 'f(None)')).call).toBeNull();
  });
}

function caseOfFailureTests({ run }: Bench): void {
  const WITH = (call: string, expected: string | null, got: string | null): FailedCase => ({
    index: 0,
    call,
    expected,
    got,
  });
  test.each<readonly [string, FailedCase, string?]>([
    ['assert f(1) == 2', WITH('f(1)', '2', '1')],
    ['assert f(0.1 + 0.2) == 0.3', WITH('f(0.1 + 0.2)', '0.3', '0.30000000000000004')],
    ['assert f(1) < 0', WITH('f(1)', '< 0', '1')],
    ['assert f(1) is None', WITH('f(1)', 'is None', '1')],
    ['assert f(None) != None', WITH('f(None)', '!= None', 'None')],
    ['assert f(1) not in (1, 2)', WITH('f(1)', 'not in (1, 2)', '1')],
    ['assert abs(f(1) - 2) < 1e-6', WITH('abs(f(1) - 2)', '< 1e-06', '1')],
    ['assert isinstance(f(1), list)', WITH('isinstance(f(1), list)', null, '1')],
    ['assert f("")', WITH("f('')", null, null)],
    ['assert f(1) == len("ab")', WITH('f(1)', "len('ab')", null)],
    ['wanted = [1, 2]\nassert f([1]) == wanted, "no"', WITH('f([1])', '[1, 2]', '[1]')],
    ['got = f(1)\nassert got == 2', WITH('got = f(1)', '2', '1')],
    ['assert f(1) == 1; assert f(2) == 1; assert f(3) == 3', WITH('f(2)', '1', '2')],
    ['for x in (1, 2):\n    assert f(x) == 1', WITH('f(x)  with x = 2', '1', '2')],
    ['def g(a, b):\n    c = f(a)\n    assert c == b\ng(1, 2)', WITH('c = f(a)  with a = 1', '2', '1')],
    ['def check(a):\n    assert f(a) == 2\n    a = 3\ncheck(1)', WITH('f(a)', '2', '1')],
    ['import math\nassert math.isclose(f(1), 2)', WITH('math.isclose(f(1), 2)', null, '1')],
    ['f(1).missing', WITH('f(1).missing', null, null)],
    [
      'import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(f(1), 2)',
      WITH('self.assertEqual(f(1), 2)', null, null),
    ],
  ])('the failing case: %s', async (source, failure) => {
    const report = await run(ONE, source);
    expect(report.failure).toEqual(failure);
    expect(judge(report)).toBe('fail');
  });

  test('what the program raises, an assertion too, is no comparison: of a former one nothing is said', async () => {
    const raising = 'def f(x):\n    assert x < 2, "mine"\n    return x\n';
    const report = await run(raising, 'for x in (1, 2):\n    assert f(x) == x');
    expect(report.failure).toEqual(WITH('f(x)  with x = 2', 'x', null));
    expect(report.exception).toMatchObject({ message: 'mine', line: 2 });
  });

  test('of several cases the first that failed, with what was then', async () => {
    const source = inTest(
      ...[1, 2, 3].flatMap((i) => [
        marker(`${i}/3`),
        `got = f(${i})`,
        `kept = ${i}`,
        `assert got == 10 - ${i} * ${i}, "no"`,
      ]),
      marker('4/4'),
      'kept = 7',
      'assert f(0) == 0',
    );
    const report = await run('def f(x):\n    return {1: 9, 2: 6, 3: 0}.get(x, x)\n', source);
    expect(report.cases).toEqual(['passed', 'passed', 'failed', 'passed']);
    expect(report.failure).toEqual({ index: 2, call: 'got = f(3)', expected: '1', got: '0' });
  });

  test('a variable that may have changed since is not shown', async () => {
    const source = inTest(
      marker('1/2'),
      'for x in (1, 2):',
      '    try:',
      '        f(x)',
      '    except ValueError:',
      '        pass',
      'y = 5',
      'assert f(y) == x',
      marker('2/2'),
      'y = 6',
      'assert f(y) == y',
    );
    const report = await run(ONE, source);
    expect(report.failure).toEqual({ index: 0, call: 'f(y)', expected: '2', got: '5' });
  });

  test('none in a run that passed, and none of a program that does not load', async () => {
    expect((await run(ONE, 'assert f(1) == 1')).failure).toBeNull();
    expect((await run('1 / 0', 'assert f(1) == 1')).failure).toBeNull();
  });
}

function stabilityTests({ run }: Bench): void {
  test('two runs give the same text, without addresses and temporary paths', async () => {
    const program = `import tempfile
class Own:
    def go(self):
        path = tempfile.mktemp()
        names = {None, "a", "b", 3, (1, 2)}
        raise ValueError(f"{self} at {path} of {object()}")
def f(x):
    return Own().go()
`;
    const texts = await Promise.all(
      [1, 2].map(async () => renderTrace(await run(program, 'assert f(1) == 2'), program, 'tests')),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('ValueError: <candidate.Own object at 0x...> at /tmp/... of <object object at 0x...>');
    expect(texts[0]).toContain("names = {'a', 'b', (1, 2), 3, ... 5 in all}");
  });

  test('a run of the examples knows nothing of the tests', async () => {
    const program = 'def f(x):\n    hidden = sorted(globals())\n    return x\n';
    const shown = await run(program, 'assert f(1) == 2');
    await run(program, 'secret = 471147114711\nassert f(secret) == 471147114712');
    const again = await run(program, 'assert f(1) == 2');
    expect(JSON.stringify(again)).not.toContain('47114711');
    expect(renderTrace(again, program, 'examples')).toBe(renderTrace(shown, program, 'examples'));
  });
}
