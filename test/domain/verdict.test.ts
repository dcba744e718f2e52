import { describe, expect, test } from '@jest/globals';
import { classify } from '../../domain/error-class.js';
import { END_OF_RUN, REFERENCE_PASSED, type TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import { PASSED_REPORT as PASSED } from '../support/passed-report.js';
const raised = (type: string, message = ''): Partial<TestReport> => ({
  endOfRun: 'exception',
  exception: { type, message, line: 1, trace: '', phase: 'candidate' },
});

describe('fault and confidence', () => {
  const inTest = (type: string, beside: readonly string[] = []): TestReport => ({
    ...PASSED,
    endOfRun: 'exception',
    exception: { type, message: 'x', line: null, trace: '', phase: 'test' },
    beside,
  });
  const cleared = [`${REFERENCE_PASSED}, in 0.10 s of processor time.`];

  test.each<[string, TestReport, string | null, string, string]>([
    ['a pass', PASSED, null, 'high', ''],
    ['a case that failed', { ...PASSED, cases: ['passed', 'failed'] }, 'model', 'high', 'case 2 of 2: failed'],
    ['an assertion', inTest('AssertionError'), 'model', 'high', 'AssertionError: x'],
    ['a package that the test lacks', inTest('ModuleNotFoundError'), 'environment', 'low', 'ModuleNotFoundError: x'],
    [
      'the same where the reference passed',
      inTest('ModuleNotFoundError', cleared),
      'model',
      'high',
      'ModuleNotFoundError: x',
    ],
    ['a file that the test lacks', inTest('FileNotFoundError'), 'task', 'low', 'FileNotFoundError: x'],
    ['an exception of the test', inTest('TypeError'), 'model', 'low', 'TypeError: x'],
    ['an end that load brings about', { ...PASSED, endOfRun: 'memory' }, 'model', 'low', 'the run ended by memory'],
    [
      'the same where the reference passed',
      { ...PASSED, endOfRun: 'memory', beside: cleared },
      'model',
      'high',
      'the run ended by memory',
    ],
    ['an end of its own making', { ...PASSED, endOfRun: 'exit' }, 'model', 'high', 'the run ended by exit'],
    ['tampering', { ...PASSED, tampered: 'it read the frames' }, 'model', 'high', 'it read the frames'],
    ['no assertion', { ...PASSED, asserts: 0 }, 'model', 'low', 'no assertion held'],
    ['no closing message', { ...PASSED, closed: false }, 'model', 'low', 'the closing message of the run did not come'],
  ])('%s', (_, report, fault, confidence, evidence) => {
    expect(classify(report, 'stop', 'add')).toMatchObject({ fault, confidence, evidence });
  });
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
    expect(classify(report, 'stop', 'add').errorClass).toBe(errorClass);
  });

  test.each(END_OF_RUN.filter((end) => end !== 'ok' && end !== 'exception'))('a run that ended by %s', (endOfRun) => {
    const report = { ...PASSED, endOfRun };
    expect(judge(report)).toBe('fail');
    expect(classify(report, 'stop', 'add')).toMatchObject({ errorClass: endOfRun, fault: 'model' });
  });

  test('broken syntax of an answer that was cut off is the cut', () => {
    expect(classify({ ...PASSED, ...raised('SyntaxError') }, 'length', 'add').errorClass).toBe('truncated');
    expect(classify({ ...PASSED, ...raised('TypeError') }, 'length', 'add').errorClass).toBe('type');
  });

  test('what a program prints is no evidence', () => {
    const text = 'SyntaxError: invalid syntax\nKilled\nMemoryError';
    expect(classify({ ...PASSED, stdout: { ...PASSED.stdout, text } }, 'stop', 'add').errorClass).toBe('none');
  });

  test('what a program prints or raises of a network is no fault of the surroundings', () => {
    const text = 'requests.exceptions.ProxyError: Max retries exceeded';
    const report = { ...PASSED, ...raised('ProxyError', text), stderr: { ...PASSED.stderr, text } };
    expect(classify(report, 'stop', 'add')).toMatchObject({ fault: 'model', confidence: 'high' });
  });
});
