import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

const RIGHT = 'def f(x):\n    return x + 1\n';
const WRONG = 'def f(x):\n    return 0\n';

/** A test class as BigCodeBench has them: nobody in the test runs it. */
function testClass(body: string): string {
  return `import unittest\nclass T(unittest.TestCase):\n${body.replaceAll(/^/gm, '    ')}\n`;
}

const THREE = testClass(
  'def test_a(self): self.assertEqual(f(1), 2)\ndef test_b(self): self.assertEqual(f(-1), 0)\ndef test_c(self):\n    with self.assertRaises(TypeError): f("x")',
);
const RUN = 'unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(T))';

/** Tests that are classes of `unittest`. */
export function unitTests({ run }: Bench): void {
  describe('unittest classes', () => {
    test('those that nobody runs are run, each test a case', async () => {
      const report = await run(RIGHT, THREE);
      expect(report).toMatchObject({
        endOfRun: 'ok',
        cases: ['passed', 'passed', 'passed'],
        asserts: 3,
        entered: true,
      });
      expect(judge(report)).toBe('pass');
    });

    test('one that fails has its status, and the run its exception', async () => {
      const report = await run(WRONG, THREE);
      expect(report).toMatchObject({ endOfRun: 'exception', cases: ['failed', 'passed', 'failed'] });
      expect(report.exception).toMatchObject({ type: 'AssertionError', message: '0 != 2', phase: 'test' });
      const raising = await run('def f(x):\n    raise KeyError(x)\n', THREE);
      expect(raising).toMatchObject({ cases: ['error', 'error', 'error'], exception: { type: 'KeyError', line: 2 } });
    });

    test('a run that is stopped in the middle owes the rest', async () => {
      const hanging = 'def f(x):\n    while x < 0: pass\n    return x + 1\n';
      const report = await run(hanging, THREE, { limits: { cpuSeconds: 1 } });
      expect(report).toMatchObject({ endOfRun: 'cpu-time', cases: ['passed', 'error', 'not-run'] });
    });

    test('a test that runs its classes itself is believed no more than its results', async () => {
      expect(judge(await run(RIGHT, THREE + RUN))).toBe('pass');
      expect(await run(WRONG, THREE + RUN)).toMatchObject({ endOfRun: 'ok', cases: ['failed', 'passed', 'failed'] });
    });

    test.each([
      ['no test in it', testClass('def helper(self): self.assertEqual(f(1), 2)')],
      ['a skipped test', `${THREE}T.test_b = unittest.skip("not today")(T.test_b)`],
      ['tests that assert nothing', testClass('def test(self): f(1)')],
      ['tests that are generators', testClass('def test(self):\n    yield self.assertEqual(f(1), 2)')],
      ['a failure that is expected', testClass('@unittest.expectedFailure\ndef test(self): self.assertEqual(f(1), 3)')],
    ])('unverified: %s', async (_, source) => {
      const report = await run(RIGHT, source);
      expect(report.endOfRun).toBe('ok');
      expect(judge(report)).toBe('unverified');
    });

    test('what fails between tests is a case of its own', async () => {
      const source = testClass(
        '@classmethod\ndef setUpClass(cls): cls.x = f("x")\ndef test(self): self.assertEqual(f(1), 2)',
      );
      expect(await run(RIGHT, source)).toMatchObject({ endOfRun: 'exception', cases: ['error'], closed: true });
    });

    test('sub-tests that fail fail their test', async () => {
      const source = testClass(
        'def test(self):\n    for i in range(3):\n        with self.subTest(i): self.assertEqual(f(i), 1)',
      );
      expect(await run(RIGHT, source)).toMatchObject({ cases: ['failed'], exception: { message: '2 != 1' } });
    });

    test('tests that the candidate runs for itself are its own affair', async () => {
      const own =
        'import unittest\nclass Own(unittest.TestCase):\n    def test(self): self.fail("on purpose")\ndef f(x):\n    result = unittest.TestResult()\n    unittest.defaultTestLoader.loadTestsFromTestCase(Own).run(result)\n    return x + len(result.failures)\n';
      expect(judge(await run(own, 'import unittest\nassert f(1) == 2'))).toBe('pass');
    });
  });
}
