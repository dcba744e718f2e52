import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

const RIGHT = 'def f(x):\n    return x + 1\n';
/** Wrong for 1, and raises for 2. */
const WRONG = 'def f(x):\n    if x == 2: raise IndexError(x)\n    return x + (x != 1)\n';

const marker = (number: string) => `print("Testing case [${number}] started.")`;
const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join('\n');
const inTest = (...lines: readonly string[]) => `def test_f():\n${indented(lines)}\ntest_f()`;

/** What becomes of each case of a test that marks several. */
export function caseTests({ run }: Bench): void {
  describe('cases', () => {
    const three = inTest(
      'print("Testing started.")',
      'offset = 1',
      ...[1, 2, 3].flatMap((i) => [marker(`${i}/3`), `got = f(${i})`, `assert got == ${i} + offset, got`]),
      'print("Testing finished.")',
    );

    test('each has the set-up in front of the first, and its own end', async () => {
      expect(await run(RIGHT, three)).toMatchObject({ endOfRun: 'ok', cases: ['passed', 'passed', 'passed'] });
      const report = await run(WRONG, three);
      expect(report).toMatchObject({ endOfRun: 'exception', cases: ['failed', 'error', 'passed'], asserts: 1 });
      expect(judge(report)).toBe('fail');
    });

    test('the run ends by what the first of them raised, at its line; the test has not finished', async () => {
      const { exception, stdout } = await run(WRONG, three);
      expect(exception).toMatchObject({ type: 'AssertionError', message: '1', phase: 'test' });
      const frames = exception?.trace.match(/line \d+, in .*/g);
      expect(frames).toEqual(['line 14, in <module>', 'line 6, in test_f']);
      expect(stdout.text).toContain('case [3/3]');
      expect(stdout.text).not.toContain('finished');
    });

    test('one that lacks what a failed one was to make was not run', async () => {
      const chained = inTest(
        marker('1/3'),
        'made = f(2)',
        marker('2/3'),
        'assert made == 3',
        marker('3/3'),
        'assert f(3) == 4',
      );
      expect((await run(WRONG, chained)).cases).toEqual(['error', 'not-run', 'passed']);
      const broken = inTest(marker('1/2'), 'assert f(3) == 4', marker('2/2'), 'assert missing == f(3)');
      expect((await run(RIGHT, broken)).cases).toEqual(['passed', 'error']);
    });

    test.each([
      ['caught by the test', ['try:', '    assert f(1) == 2', 'except Exception as error:', '    print("oh", error)']],
      ['without a message, in a bare handler', ['try:', '    assert f(1) == 2', 'except:', '    pass']],
      ['of a constant', ['try:', '    if f(1) != 2: assert False, "expected 2"', 'except AssertionError:', '    pass']],
      ['whose message can not be made', ['try:', '    assert f(1) == 2, undefined', 'except NameError:', '    pass']],
    ])('an assertion that does not hold fails its case: %s', async (_name, swallowing) => {
      const source = inTest(marker('1/2'), ...swallowing, marker('2/2'), 'assert f(3) == 4');
      expect(await run(RIGHT, source)).toMatchObject({ endOfRun: 'ok', cases: ['passed', 'passed'] });
      const report = await run(WRONG, source);
      expect(report).toMatchObject({ endOfRun: 'ok', cases: ['failed', 'passed'] });
      expect(judge(report)).toBe('fail');
      const unmarked = await run(WRONG, inTest('assert f(3) == 4', ...swallowing));
      expect(unmarked).toMatchObject({ endOfRun: 'ok', cases: ['failed'] });
      const unit = `import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        assert f(3) == 4\n${indented(
        swallowing.map((line) => `    ${line}`),
      )}`;
      expect((await run(WRONG, unit)).cases).toEqual(['failed']);
    });

    test('a handler of the test hears of a failure as before', async () => {
      const source = inTest(
        'try:',
        ...[marker('1/2'), 'assert f(1) == 2', marker('2/2'), 'assert f(3) == 4'].map((line) => `    ${line}`),
        'except AssertionError:',
        '    print("heard")',
      );
      const report = await run(WRONG, source);
      expect(report.cases).toEqual(['failed', 'passed']);
      expect(report.stdout.text).toMatch(/2\/2[\s\S]*heard/);
    });

    test.each([
      [
        'in a loop',
        inTest(
          'for i, x in enumerate([1, 3]):',
          '    print(f"Testing case [{i + 1}/2] started.")',
          '    assert f(x) == x + 1',
        ),
      ],
      [
        'side by side in a loop',
        inTest('for x in [1]:', `    ${marker('1/2')}`, '    assert f(1) == 2', `    ${marker('2/2')}`, '    break'),
      ],
      ['one of which may return', inTest(marker('1/2'), 'assert f(1) == 2', marker('2/2'), 'if f(3): return')],
    ])('those %s run one after the other, to the first that fails', async (_name, source) => {
      expect((await run(RIGHT, source)).cases).toEqual(['passed', 'passed']);
      expect((await run(WRONG, source)).cases).toEqual(['failed', 'not-run']);
    });

    test('an error that says it is none is one', async () => {
      const lying =
        'class E(Exception):\n    def __bool__(self): return False\n    def __eq__(self, other): return True\ndef f(x):\n    raise E()\n';
      const report = await run(lying, inTest(marker('1/2'), 'f(1)', marker('2/2'), 'assert 1 + 1 == 2'));
      expect(report).toMatchObject({ endOfRun: 'exception', cases: ['error', 'passed'] });
    });
  });
}
