import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { markedRun, parseMarkers } from '../../domain/markers.js';

const RUN = 'Testing started.\nTesting case [1/3] started.\nTesting case [2/3] started.\n';

describe('what became of each case', () => {
  test.each<[string, string, string[], boolean]>([
    ['all passed', `${RUN}Testing case [3/3] started.\nTesting finished.`, ['passed', 'passed', 'passed'], true],
    ['the run ended in the second case', RUN, ['passed', 'failed', 'not-run'], false],
    [
      'a failure that was printed, and the test went on',
      `${RUN}Test case [2/3] failed: no\nTesting case [3/3] started.\nTesting finished.`,
      ['passed', 'failed', 'passed'],
      true,
    ],
    ['no marker at all', 'all is well\n', [], false],
    ['a spinner before the marker', 'loading |\rTesting case [1/1] started: x\r\nTesting finished', ['passed'], true],
    ['fewer cases than declared', 'Testing case [1/2] started.\nTesting finished.', ['passed', 'not-run'], true],
    ['other capitals, no full stop', 'TEST CASE [1/1] STARTED\ntesting finished', ['passed'], true],
  ])('%s', (_, stdout, cases, finished) => {
    expect(markedRun(stdout)).toMatchObject({ cases, finished });
  });

  test('a failure that the traceback tells of', () => {
    expect(markedRun(RUN, 'AssertionError: Test case [2/3] failed: 4 is not 5').cases[1]).toBe('failed');
  });

  test('a number that no test has is noise', () => {
    expect(markedRun('Testing case [1/999999] started.\nTesting finished.').cases).toEqual(['passed']);
  });
});

describe('laws', () => {
  const noise = fc.stringMatching(/^[a-z %|#=>.\r\n]*$/);

  test('any text is read, and no more markers than lines come of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseMarkers(text).length).toBeLessThanOrEqual(text.split(/[\r\n]/).length);
      }),
    );
  });

  test('lines without a marker change nothing, and carriage returns part as line feeds do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), noise, fc.boolean(), (n, between, isReturn) => {
        const end = isReturn ? '\r' : '\n';
        const starts = Array.from({ length: n }, (_, at) => `Testing case [${at + 1}/${n}] started.`);
        const stdout = ['Testing started.', ...starts, 'Testing finished.'].join(`${end}${between}${end}`);
        expect(markedRun(stdout)).toEqual({ cases: starts.map(() => 'passed'), started: true, finished: true });
      }),
    );
  });

  test('the markers of two outputs are those of the one and those of the other', () => {
    const output = fc
      .array(fc.constantFrom('Testing started.', 'Testing case [1/2] started.', 'x', ''))
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(output, output, (one, other) => {
        expect(parseMarkers(`${one}\n${other}`)).toEqual([...parseMarkers(one), ...parseMarkers(other)]);
      }),
    );
  });
});
