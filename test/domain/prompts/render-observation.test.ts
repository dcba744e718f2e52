import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { clip } from '../../../domain/prompts/clip.js';
import { renderObservation } from '../../../domain/prompts/render-observation.js';
import { END_OF_RUN, type TestReport } from '../../../domain/test-report.js';
import { PASSED_REPORT as passed } from '../../support/passed-report.js';

describe('renderObservation', () => {
  test('a pass', () => {
    expect(renderObservation(passed, 'examples')).toBe("the program passed the docstring's examples.");
  });

  test('a failed assertion, with its case, line, frames and output', () => {
    const report: TestReport = {
      ...passed,
      endOfRun: 'exception',
      cases: ['passed', 'failed', 'not-run'],
      exception: {
        type: 'AssertionError',
        message: 'Test case [2/3] failed: got 4',
        line: 7,
        trace: 'Traceback (most recent call last):\n  File "candidate.py", line 7, in f\n    g(x)\nAssertionError: no',
        phase: 'test',
      },
      stdout: { text: 'Testing started.\nTesting case [1/3] started.\nhello\n', bytes: 51, truncated: false },
    };
    expect(renderObservation(report, 'tests')).toBe(
      [
        'the program failed the tests with an exception.',
        'Case 2 of 3 failed; 1 passed.',
        'AssertionError: Test case [2/3] failed: got 4 (line 7 of the program)',
        'Traceback, innermost call last:',
        '  File "candidate.py", line 7, in f\n    g(x)',
        'Printed:\nhello',
      ].join('\n'),
    );
  });

  test('every other end of a run says what happened', () => {
    const texts = END_OF_RUN.map((endOfRun) => renderObservation({ ...passed, endOfRun }, 'tests'));
    expect(new Set(texts).size).toBe(END_OF_RUN.length);
    expect(renderObservation({ ...passed, entered: false }, 'tests')).toContain('without checking the function');
    expect(renderObservation({ ...passed, cases: ['failed'] }, 'tests')).toContain('failed the tests.');
  });

  test('is the same for the same failure: nothing of what differs from run to run', () => {
    const of = (address: string, speed: string, file: string, kernel: string): string => {
      const bar = (share: string): string => `Map: ${share}|████ | 4/4 [00:00<00:00, ${speed} examples/s]`;
      const notice = `E0000 00:00:17957515${speed} 2 util.cc:131] oneDNN supports DT_INT32 only on some platforms\n`;
      const stderr = `Downloading\n\rMap:   0%|     | 0/4 [00:00<?, ?it/s]\r${bar('100%')}\n${notice}<Tok object at ${address}>\n`;
      const exception = {
        type: 'OSError',
        message: `{{${kernel}}} no such file: /tmp/${file}/x.bin of <A at ${address}>`,
        line: 3,
        trace: `Traceback\n  File "/environment/lib/python3.11/site-packages/torch/a.py", line 9, in f\n    g(${address})`,
        phase: 'test',
      } as const;
      const stdout = `step 1\rstep 2\r\n${bar('75%')}\rdone\n`;
      const output = (text: string): TestReport['stdout'] => ({ text, bytes: text.length, truncated: false });
      const report = { ...passed, endOfRun: 'exception', exception } as const;
      return renderObservation({ ...report, stdout: output(stdout), stderr: output(stderr) }, 'tests');
    };
    const text = of('0x7f12ab34cd56', '1234.5', 'tmpab_c', '__wrapped__MatMul');
    expect(of('0x7fee00112233', '99.12', 'tmpq0', '__wrapped____MklMatMul')).toBe(text);
    expect(text).toContain(
      'OSError: {{__wrapped__MatMul}} no such file: /tmp/... of <A at 0x...> (line 3 of the program)',
    );
    expect(text).toContain('/environment/lib/python3.11/site-packages/torch/a.py');
    expect(text).toMatch(/Printed:\nstep 2\s+done\nPrinted to stderr:\nDownloading\n+<Tok object at 0x...>$/);
  });

  test('never more than 2,000 characters', () => {
    const long = { text: 'a\n'.repeat(1e6), bytes: 2e6, truncated: true };
    const exception = {
      type: 'E',
      message: 'm'.repeat(2_000),
      line: 1,
      trace: '  t\n'.repeat(2_000),
      phase: 'test',
    } as const;
    const text = renderObservation(
      { ...passed, endOfRun: 'exception', exception, stdout: long, stderr: long },
      'tests',
    );
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text).toContain('Printed to stderr');
  });
});

test('clip keeps head and tail, stays within the limit and leaves no half characters', () => {
  expect(clip('short', 5)).toBe('short');
  expect(clip(`begin${'-'.repeat(500)}end`, 100)).toMatch(/^begin[^]*characters left out[^]*end$/);
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 50, maxLength: 300 }),
      fc.integer({ min: 60, max: 200 }),
      (text, limit) => {
        const clipped = clip(text, limit);
        expect(clipped.length).toBeLessThanOrEqual(limit);
        expect(/\p{Surrogate}/u.test(clipped)).toBe(false);
      },
    ),
  );
});
