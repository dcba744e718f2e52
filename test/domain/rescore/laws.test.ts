import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ERROR_CLASSES } from '../../../domain/error-class.js';
import { AUTHORS_RULES } from '../../../domain/rescore/authors.js';
import { faithfulScore } from '../../../domain/rescore/faithful.js';
import { judgeStrictly, type RecordedRun } from '../../../domain/rescore/strict.js';
import { FAULTS, VERDICTS } from '../../../domain/verdict.js';
import { cpuTimeOf } from '../../support/cpu-time.js';
import { recordedRun, traceback } from '../../support/recorded-run.js';

/** Pieces of what recorded runs are made of, whole and broken. */
const PIECES = [
  'Traceback (most recent call last):',
  '  File "./count.py", line 3, in <module>',
  '  File "./count.py", line 99999',
  '    assert x',
  'AssertionError: Test case [1/2] failed: x',
  'ProxyError: Max retries exceeded',
  'During handling of the above exception, another exception occurred:',
  'Testing case [1/2] started.',
  'Testing finished.',
  'x: 4%|█ | 1M/2M [0:1<2, 1kB/s]\r',
  "SyntaxError: '",
  'Error: failed',
  'usage: x',
  '...[9 bytes cut]...',
  `# test_function_code ${'-'.repeat(20)}`,
  `# function_code ${'-'.repeat(20)}`,
  'def f(x):',
  '    """',
  '    try:',
  '    except Exception as e: print(f"{e} failed")',
  '    assert f(1) is None, (',
  "print('''",
];
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((lines) => lines.join('\n')),
);
const runs: fc.Arbitrary<RecordedRun> = fc.record({
  taskId: fc.constant('t'),
  model: fc.constant('m'),
  program: fc.option(texts),
  prediction: fc.option(texts),
  stdout: texts,
  stderr: texts,
});

describe('the authors’ rules are their two substrings', () => {
  test('on any text', () => {
    const words = fc
      .array(fc.constantFrom('Error', 'error', 'failed', 'Failed', 'Testing finish', 'ed', ' '))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(words, words, (stdout, stderr) => {
        const isFailure = stderr.indexOf('Error') >= 0 || stdout.indexOf('failed') >= 0;
        expect(AUTHORS_RULES['authors-v3']({ stdout, stderr })).toBe(!isFailure);
        expect(AUTHORS_RULES['authors-v4']({ stdout, stderr })).toBe(stdout.indexOf('Testing finish') >= 0);
      }),
    );
  });
});

describe('the strict rule', () => {
  test('judges any text, the same way each time, and blames nobody for a pass alone', () => {
    fc.assert(
      fc.property(runs, fc.option(runs), (run, reference) => {
        const task = reference === null ? null : { taskId: 't', requirements: ['x'], reference };
        const judged = judgeStrictly(run, task);
        expect(judgeStrictly(run, task)).toEqual(judged);
        expect(VERDICTS).toContain(judged.verdict);
        expect(ERROR_CLASSES).toContain(judged.errorClass);
        expect(judged.fault === null).toBe(judged.verdict === 'pass');
        if (judged.fault !== null) expect(FAULTS).toContain(judged.fault);
        if (judged.verdict === 'fail') expect(judged.fault).toBe('model');
      }),
      { numRuns: 2_000 },
    );
  });

  test('an exception that ended the run is never a pass, whatever was printed', () => {
    const { program, ...run } = recordedRun({});
    const crash = traceback(program ?? '', [['test_count_words()', '<module>']], 'OddError: x');
    fc.assert(
      fc.property(texts, (stdout) => {
        expect(judgeStrictly({ ...run, program, stdout, stderr: crash }).verdict).not.toBe('pass');
      }),
    );
  });

  test('takes time in proportion to the text', () => {
    const long = PIECES.join('\n').repeat(2_000);
    const run = { taskId: 't', model: 'm', program: long, prediction: long, stdout: long, stderr: long };
    expect(cpuTimeOf(() => judgeStrictly(run))).toBeLessThan(20_000);
  });
});

describe('SR@All and SR@Any by markers', () => {
  test('all implies any, where a case is marked', () => {
    fc.assert(
      fc.property(texts, texts, fc.option(fc.nat(2)), (stdout, stderr, exitCode) => {
        const score = faithfulScore({ stdout, stderr }, exitCode);
        if (score.all && score.cases > 0) expect(score.any || !/passed/.test(JSON.stringify(score))).toBe(true);
        if (score.basis === 'exit') expect(score.any).toBe(score.all);
      }),
    );
  });

  test.each([
    ['Testing case [1/2] started.\nTesting case [2/2] started.\nTesting finished.', '', 0, true, true],
    ['Testing case [1/2] started.\nTesting case [2/2] started.\n', 'AssertionError', 1, false, true],
    ['Testing case [1/2] started.\n', 'AssertionError', 1, false, false],
    ['Testing case [1/1] started.\nTest case [1/1] failed: x\nTesting finished.', '', 0, false, false],
    ['Testing case [1/1] started.\nTesting finished.', '', 1, false, true],
    ['', '', null, true, true],
    ['', '', 1, false, false],
  ])('%j, %j, exit %s', (stdout, stderr, exitCode, all, any) => {
    expect(faithfulScore({ stdout, stderr }, exitCode)).toMatchObject({ all, any });
  });
});
