import { describe, expect, test } from '@jest/globals';
import { classify } from '../../domain/error-class.js';
import { END_OF_RUN, type TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import { PASSED_REPORT as PASSED } from '../support/passed-report.js';
const raised = (type: string, message = ''): Partial<TestReport> => ({
  endOfRun: 'exception',
  exception: { type, message, line: 1, trace: '', phase: 'candidate' },
});

describe('verdict and error class', () => {
  test.each<[string, Partial<TestReport>, string, string]>([
    ['all is well', {}, 'pass', 'none'],
    ['a test that marks no cases', { cases: [] }, 'pass', 'none'],
    ['no closing message', { closed: false }, 'unverified', 'unverified'],
    ['the function was never entered', { entered: false }, 'unverified', 'unverified'],
    ['no assertion ran', { asserts: 0 }, 'unverified', 'unverified'],
    ['a case was not reached', { cases: ['passed', 'not-run'] }, 'unverified', 'unverified'],
    ['a case failed', { cases: ['passed', 'failed'] }, 'fail', 'assertion'],
    ['a failed case beats an unreached one', { cases: ['error', 'not-run'], closed: false }, 'fail', 'assertion'],
    ['AssertionError', raised('AssertionError'), 'fail', 'assertion'],
    ['KeyError', raised('KeyError'), 'fail', 'lookup'],
    ['ModuleNotFoundError', raised('ModuleNotFoundError'), 'fail', 'import'],
    ['IndentationError', raised('IndentationError'), 'fail', 'syntax'],
    ['another name', raised('NameError', "name 'x' is not defined"), 'fail', 'name'],
    ['the entry point is missing', raised('NameError', "name 'add' is not defined"), 'fail', 'missing-function'],
    ["an exception of the program's own", raised('OddError'), 'fail', 'exception'],
    ['an exception without details', { endOfRun: 'exception' }, 'fail', 'exception'],
  ])('%s', (_, changes, verdict, errorClass) => {
    const report = { ...PASSED, ...changes };
    expect(judge(report)).toBe(verdict);
    expect(classify(report, 'stop', 'add')).toBe(errorClass);
  });

  test.each(END_OF_RUN.filter((end) => end !== 'ok' && end !== 'exception'))('a run that ended by %s', (endOfRun) => {
    const report = { ...PASSED, endOfRun };
    expect(judge(report)).toBe('fail');
    expect(classify(report, 'stop', 'add')).toBe(endOfRun);
  });

  test('broken syntax of an answer that was cut off is the cut', () => {
    expect(classify({ ...PASSED, ...raised('SyntaxError') }, 'length', 'add')).toBe('truncated');
    expect(classify({ ...PASSED, ...raised('TypeError') }, 'length', 'add')).toBe('type');
  });

  test('what a program prints is no evidence', () => {
    const text = 'SyntaxError: invalid syntax\nKilled\nMemoryError';
    expect(classify({ ...PASSED, stdout: { ...PASSED.stdout, text } }, 'stop', 'add')).toBe('none');
  });
});
