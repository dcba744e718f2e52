import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

const RIGHT = 'def f(x):\n    return x + 1\n';

/** A test of three cases in AICoderEval's form. */
const THREE = [1, 2, 3]
  .map((i) => `print("Testing case [${i}/3] started.")\nassert f(${i}) == ${i + 1}, "Test case [${i}/3] failed"`)
  .concat('print("Testing finished.")')
  .join('\n');

/** What a run proves about its program. */
export function gradingTests({ run }: Bench): void {
  describe('grading', () => {
    test('a test without markers is one case; HumanEval form', async () => {
      const report = await run(
        RIGHT,
        'def check(candidate):\n    assert candidate(1) == 2\n    assert candidate(2) == 3\ncheck(f)',
      );
      expect(report).toMatchObject({ cases: ['passed'], asserts: 2, entered: true, closed: true });
    });

    test('a failed assertion fails its case and none other', async () => {
      const report = await run('def f(x):\n    return x + 1 if x != 2 else 0\n', THREE, { cases: 3 });
      expect(report).toMatchObject({ endOfRun: 'exception', cases: ['passed', 'failed', 'passed'], asserts: 2 });
      expect(report.exception).toMatchObject({
        type: 'AssertionError',
        message: 'Test case [2/3] failed',
        line: null,
        phase: 'test',
      });
    });

    test('the number of cases is learnt from the markers', async () => {
      expect((await run(RIGHT, THREE)).cases).toEqual(['passed', 'passed', 'passed']);
      const computed =
        'for i in range(2):\n    print(f"Testing case [{i + 1}/{2}] started.")\n    assert f(i) == i + 1';
      expect((await run(RIGHT, computed)).cases).toEqual(['passed', 'passed']);
    });

    test('an exception is an error of its case, with the line in the candidate', async () => {
      const program = 'import json\n\ndef g(x):\n    return json.loads(x)\n\ndef f(x):\n    return g("{")\n';
      const report = await run(program, THREE);
      expect(report.cases).toEqual(['error', 'error', 'error']);
      expect(report.exception).toMatchObject({ type: 'JSONDecodeError', line: 4, phase: 'candidate' });
      expect(report.exception?.trace).toMatch(
        /^Traceback [\s\S]*"test\.py", line 2[\s\S]*line 7, in f\n    return g\("\{"\)/,
      );
      expect(report.exception?.trace).not.toMatch(/grade\.py|evidence\.py|runner/);
    });

    test('an error of the test itself is of the phase test', async () => {
      const report = await run(RIGHT, 'assert f(1) == 2\nundefined_name');
      expect(report.exception).toMatchObject({ type: 'NameError', line: null, phase: 'test' });
    });

    test('a syntax error has its line, and no case was run', async () => {
      const report = await run('def f(x):\n    return x +\n', THREE);
      expect(report).toMatchObject({ endOfRun: 'exception', cases: ['not-run', 'not-run', 'not-run'], entered: false });
      expect(report.exception).toMatchObject({ type: 'SyntaxError', line: 2, phase: 'candidate' });
    });

    test('a missing function is a NameError that names it', async () => {
      const report = await run('def g(x):\n    return x', 'assert f(1) == 2');
      expect(report.exception).toMatchObject({ type: 'NameError', message: "name 'f' is not defined" });
    });

    test('a failure that the test swallows and prints fails its case', async () => {
      const swallowing =
        'try:\n    assert f(1) == 2\nexcept AssertionError:\n    print("Test case [1/1] failed: wrong")';
      const report = await run('def f(x):\n    return 0\n', swallowing);
      expect(report).toMatchObject({ endOfRun: 'ok', cases: ['failed'] });
      expect(judge(report)).toBe('fail');
    });

    test.each([
      ['nothing asserted', 'f(1)', {}],
      ['the function never entered', 'assert len("x") == 1', {}],
      ['nothing but a constant asserted', 'f(1)\nassert True, "for debugging"', {}],
      [
        'an exception that never came, and nobody minds',
        'import contextlib, unittest\nwith contextlib.suppress(AssertionError):\n    with unittest.TestCase().assertRaises(KeyError): f(1)',
        {},
      ],
      [
        'an assertion entered by hand, never left',
        'import unittest\nunittest.TestCase().assertRaises(KeyError)\nf(1)',
        {},
      ],
      ['a case not reached', 'print("Testing case [1/2] started.")\nassert f(1) == 2', { cases: 2 }],
      ['cases known, but none marked', 'assert f(1) == 2', { cases: 2 }],
      [
        'marked cases that are never printed',
        'assert f(1) == 2\nfor i in []: print(f"Testing case [{i}/{9}] started.")',
        {},
      ],
    ])('unverified: %s', async (_, source, options) => {
      const report = await run(RIGHT, source, options);
      expect(report.endOfRun).toBe('ok');
      expect(judge(report)).toBe('unverified');
    });

    test('markers that the candidate prints start no case', async () => {
      const report = await run(`${RIGHT}print("Testing case [1/9] started.")`, THREE, { cases: 3 });
      expect(report.cases).toEqual(['passed', 'passed', 'passed']);
      expect(
        (await run('print("Testing case [1/1] started.\\nTesting finished.")\ndef f(x):\n    return 0', THREE))
          .cases[0],
      ).toBe('failed');
    });

    test('what a forked child runs counts for nothing', async () => {
      const program = 'import os\ndef f(x):\n    if os.fork() == 0: return x + 1\n    os.wait()\n    return 0\n';
      expect((await run(program, THREE)).cases).toEqual(['failed', 'failed', 'failed']);
    });

    test('unittest and numpy-style assertions are counted', async () => {
      const source =
        'import unittest\nclass T(unittest.TestCase):\n    def runTest(self):\n        self.assertEqual(f(1), 2)\n        with self.assertRaises(TypeError): f("a")\nT().debug()';
      expect(await run(RIGHT, source)).toMatchObject({ endOfRun: 'ok', asserts: 2, entered: true });
    });

    test('classes can be the entry point', async () => {
      const point =
        'import collections, dataclasses\nf = collections.namedtuple("f", "x y")\n@dataclasses.dataclass\nclass g:\n    x: int\n';
      expect(await run(point, 'assert f(1, 2).y == 2 and isinstance(f(1, 2), f)')).toMatchObject({
        endOfRun: 'ok',
        entered: true,
      });
      expect(await run(point, 'assert g(3).x == 3', { entryPoint: 'g' })).toMatchObject({
        endOfRun: 'ok',
        entered: true,
      });
    });

    test('a class is entered by its static and class methods', async () => {
      const point =
        'class f:\n    total = 0\n    @staticmethod\n    def add(a, b): return a + b\n    @classmethod\n    def count(cls):\n        cls.total += 1\n        return cls.total\n';
      const options = { entryKind: 'class' } as const;
      expect(judge(await run(point, 'assert f.add(1, 2) == 3', options))).toBe('pass');
      expect(judge(await run(point, 'assert f.count() == 1 and f.count() == 2', options))).toBe('pass');
      expect(judge(await run(point, 'assert f.total == 0', options))).toBe('unverified');
    });

    test('a class of which static and class methods are watched finds them as it has defined them', async () => {
      const program = `import functools
class f:
    @staticmethod
    def _take(items): return next(iter(items))
    @classmethod
    def first(cls, items):
        try:
            return cls._take(items)
        except StopIteration:
            return None
    @staticmethod
    @functools.lru_cache(maxsize=None)
    def square(x): return x * x
    @classmethod
    def clear(cls):
        cls.square.cache_clear()
        return cls.square.cache_info().currsize
`;
      const source = 'assert f.first([]) is None and f.first([1]) == 1 and f.square(2) == 4 and f.clear() == 0';
      expect(judge(await run(program, source, { entryKind: 'class' }))).toBe('pass');
      const report = await run(program, 'assert all(map(f._take, [[]]))', { entryKind: 'class' });
      expect([judge(report), report.exception?.type]).toEqual(['fail', 'RuntimeError']);
    });

    test.each([
      ['a cache', 'import functools\n@functools.lru_cache(maxsize=None)\ndef f(x):\n    return x + 1\n'],
      ['a partial function', 'import functools, operator\nf = functools.partial(operator.add, 1)\n'],
      ['an object that can be called', 'class C:\n    def __call__(self, x):\n        return x + 1\nf = C()\n'],
    ])('the function under test may be %s', async (_, program) => {
      expect(judge(await run(program, 'assert f(1) == 2'))).toBe('pass');
    });

    test.each([
      ['map', 'assert all(map(f, [1, 2]))'],
      ['zip', 'assert all(got == want for want, got in zip([2, 3], map(f, [1, 2])))'],
      ['filter', 'assert list(filter(f, [1, 2])) == []'],
      ['a cached function', 'assert not any(map(f, [1, 2]))', '@functools.cache\n'],
    ])('the end of an iterator is no end of the function under test: %s', async (_, source, decorator = '') => {
      const program = `import functools\n${decorator}def f(x):\n    return next(each for each in [x] if each < 0)\n`;
      const report = await run(program, source);
      expect(report.exception).toMatchObject({ type: 'RuntimeError', phase: 'candidate', line: decorator ? 4 : 3 });
      expect(report.exception?.trace).toContain('StopIteration');
      expect(judge(report)).toBe('fail');
    });

    test('but of one that is to raise it, as its test says', async () => {
      const program = 'def f(x):\n    raise StopIteration(x)\n';
      const source = 'try:\n    f(7)\nexcept StopIteration as error:\n    assert error.value == 7\n';
      expect(judge(await run(program, source))).toBe('pass');
    });

    test('programs find an interpreter as if fresh', async () => {
      const program = `import sys, inspect, pickle, dataclasses, warnings
class Thing:
    pass
def f(x):
    own = [name for name in ("grade", "evidence", "wall", "supervise", "frames") if name in sys.modules]
    assert own == [] and sys.argv == ["test.py"] and sys.getrecursionlimit() == 1000
    assert "def f(x)" in inspect.getsource(f) and isinstance(pickle.loads(pickle.dumps(Thing())), Thing)
    return x + 1
if __name__ == "__main__":
    raise SystemExit("a demonstration ran")
`;
      expect(
        await run(program, 'import inspect\nassert f(1) == 2 and list(inspect.signature(f).parameters) == ["x"]'),
      ).toMatchObject({ exception: null, endOfRun: 'ok' });
    });

    test('a huge exception message and a hostile one are capped', async () => {
      const long = await run('def f(x):\n    raise ValueError("y" * 10**7)', 'f(1)');
      expect(long.exception?.message.length).toBeLessThanOrEqual(2_000);
      expect(long.exception?.trace.length).toBeLessThanOrEqual(8_000);
      const hostile = 'import sys\nclass E(Exception):\n    def __str__(self): sys.exit(0)\ndef f(x):\n    raise E';
      expect(await run(hostile, 'f(1)')).toMatchObject({ endOfRun: 'exception', exception: { type: 'E', line: 5 } });
      const surrogate = await run('def f(x):\n    raise ValueError("\\ud800")', 'f(1)');
      expect(surrogate.exception?.message).toBe('\\ud800');
    });

    test('facts that the program forged are a failed run, no fault of the sandbox', async () => {
      const raising = (line: string) =>
        `import concurrent.futures\nfuture = concurrent.futures.Future()\nfuture.set_exception(SyntaxError("no", ("candidate.py", ${line}, 1, "")))\nf = future.result\n`;
      for (const line of ['"x"', '10**30']) {
        expect((await run(raising(line), 'f(1)')).exception).toMatchObject({ type: 'SyntaxError', line: null });
      }
      const code = 'import sys\nclass A(int):\n    def __and__(self, o): return "x"\ndef f(x):\n    sys.exit(A(1))\n';
      expect((await run(code, 'f(1)')).endOfRun).toBe('exit');
    });

    test('a program that is no text Python takes is a syntax-like exception of the candidate', async () => {
      for (const program of ['x = "\0"', 'x = "\uD800"', '('.repeat(10_000)]) {
        expect(await run(program, 'assert f(1)')).toMatchObject({
          endOfRun: 'exception',
          exception: { phase: 'candidate' },
        });
      }
    });
  });
}
