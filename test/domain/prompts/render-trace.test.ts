import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { renderTrace } from '../../../domain/prompts/render-trace.js';
import type { LocalValue, ProgramException, TestReport } from '../../../domain/test-report.js';
import { PASSED_REPORT as passed } from '../../support/passed-report.js';

const NO_FACTS = { shape: null, dtype: null, device: null, length: null };
const PROGRAM = `import torch.nn as nn

def f(x):
    # Two layers.
    layer = nn.Linear(bias=True)

    return layer(x)
`;

/** As version 0 stored it. */
const OLD: ProgramException = {
  type: 'TypeError',
  message: "Linear.__init__() missing 2 required positional arguments: 'in_features' and 'out_features'",
  line: 5,
  trace: '',
  phase: 'candidate',
};
const TRACED: ProgramException = {
  ...OLD,
  chain: [{ type: 'TypeError', message: OLD.message }],
  frames: [{ where: 'candidate', file: 'program', line: 5, function: 'f', text: 'layer = nn.Linear(bias=True)' }],
  locals: [
    {
      ...NO_FACTS,
      name: 'x',
      type: 'torch.Tensor',
      shape: [2, 3],
      dtype: 'torch.float32',
      device: 'cuda:0',
      value: '',
    },
    { ...NO_FACTS, name: 'words', type: 'list', length: 9, value: "['a', 'b', ... 9 in all]" },
    { ...NO_FACTS, name: 'n', type: 'int', value: '3' },
  ],
  call: {
    name: 'torch.nn.Linear',
    library: 'torch',
    version: '2.9.0',
    signature: '(in_features, out_features, bias=True)',
  },
};

const failedWith = (exception: ProgramException, more: Partial<TestReport> = {}): TestReport => ({
  ...passed,
  endOfRun: 'exception',
  cases: ['error'],
  exception,
  ...more,
});

describe('renderTrace', () => {
  test('a wrong call of a library, as a person would tell it', () => {
    const failure = { index: 0, call: 'f(batch)', expected: '[1]', got: null };
    expect(renderTrace(failedWith(TRACED, { failure }), PROGRAM, 'tests')).toBe(
      `the program failed the tests with an exception.
Line 5 of the program:
    1 import torch.nn as nn
    3 def f(x):
>   5     layer = nn.Linear(bias=True)
    7     return layer(x)
TypeError: Linear.__init__() missing 2 required positional arguments: 'in_features' and 'out_features'
Case 1 of 1 failed; 0 passed.
It checks: f(batch)
  expected: [1]
Variables at line 5:
  x: torch.Tensor, shape [2, 3], torch.float32, cuda:0
  words = ['a', 'b', ... 9 in all]  (list, length 9)
  n = 3
The installed torch 2.9.0 has: torch.nn.Linear(in_features, out_features, bias=True)`,
    );
  });

  test('a wrong result: what was asked, expected and given', () => {
    const exception: ProgramException = { ...OLD, type: 'AssertionError', message: '', line: null, phase: 'test' };
    const report = failedWith(exception, {
      cases: ['passed', 'failed', 'passed'],
      failure: { index: 1, call: 'abs(f(2) - 4)', expected: '< 1e-06', got: '0.5' },
      stdout: { text: 'half\n', bytes: 5, truncated: false },
    });
    expect(renderTrace(report, PROGRAM, 'examples')).toBe(
      `the program failed the docstring's examples: an assertion did not hold.
Case 2 of 3 failed; 2 passed.
It checks: abs(f(2) - 4)
  expected: < 1e-06
  got: 0.5
Printed:
half`,
    );
  });

  test.each([
    [
      'AttributeError',
      "module 'json' has no attribute 'loud'",
      'json.loud',
      'json',
      null,
      'The installed json has no json.loud.',
    ],
    [
      'AttributeError',
      '`np.float_` was removed',
      'numpy.float_',
      'numpy',
      '2.4.6',
      'The installed numpy 2.4.6 has no numpy.float_.',
    ],
    [
      'ImportError',
      "cannot import name 'AutoModl' from 'transformers'",
      'transformers.AutoModl',
      'transformers',
      '5.2',
      'The installed transformers 5.2 has no transformers.AutoModl.',
    ],
    ['ModuleNotFoundError', "No module named 'jsom'", 'jsom', 'jsom', null, 'There is no module jsom.'],
    [
      'ModuleNotFoundError',
      "No module named 'torch.net'",
      'torch.net',
      'torch',
      '2.9.0',
      'There is no module torch.net in torch 2.9.0.',
    ],
    ['RuntimeError', 'shapes', 'torch.matmul', 'torch', '2.9.0', 'It is about torch.matmul (torch 2.9.0).'],
  ])('a call that has no signature to show: %s, %s', (type, message, name, library, version, sentence) => {
    const call = { name, library, version, signature: null };
    const text = renderTrace(failedWith({ ...OLD, type, message, call }), PROGRAM, 'tests');
    expect(text.split('\n').at(-1)).toBe(sentence);
  });

  test('causes that say something else, and the line of a library that is no bare raise', () => {
    const cause = { type: 'KeyError', message: "'b'" };
    const frames = (text: string): ProgramException['frames'] => [
      { where: 'library', file: 'torch/nn/modules/linear.py', line: 134, function: 'forward', text },
    ];
    const chain = [{ type: OLD.type, message: OLD.message }, cause, cause];
    const text = renderTrace(failedWith({ ...OLD, chain, frames: frames('return F.linear(x)') }), PROGRAM, 'tests');
    expect(text.split("caused by KeyError: 'b'")).toHaveLength(2);
    expect(text).toContain('Raised in forward of torch/nn/modules/linear.py: return F.linear(x)');
    const raising = failedWith({ ...OLD, frames: frames('raise KeyError(key)') });
    expect(renderTrace(raising, PROGRAM, 'tests')).not.toContain('Raised in');
  });

  test('values in hexadecimal as they are, in the program as in a case; only addresses are not told', () => {
    const failure = { index: 0, call: 'mix(0x9E3779B1)', expected: "'0xcbf29ce484222325'", got: "'0xdeadbeef'" };
    const message = 'no <Layer object at 0x1f2c3d0>, nor (0x7f3a5c2b1d40), in thread 0x00007f3a5c2b1d40';
    const exception = { ...OLD, message, line: 1 };
    const text = renderTrace(failedWith(exception, { failure }), 'MASK = 0xffffff\n', 'tests');
    for (const told of ['0x9E3779B1', '0xcbf29ce484222325', '0xdeadbeef', 'MASK = 0xffffff'])
      expect(text).toContain(told);
    expect(text).toContain('no <Layer object at 0x...>, nor (0x...), in thread 0x...');
  });

  test('without variables where a sweep leaves them out', () => {
    const text = renderTrace(failedWith(TRACED), PROGRAM, 'tests', { locals: false });
    expect(text).not.toMatch(/Variables|words/);
    expect(text).toContain('The installed torch 2.9.0 has: torch.nn.Linear(in_features');
  });

  test('a report of an earlier version, which knows nothing of causes', () => {
    const text = renderTrace(failedWith(OLD), PROGRAM, 'tests');
    expect(text).toContain('>   5     layer');
    expect(text).not.toMatch(/undefined|null|Variables|It checks/);
    expect(renderTrace({ ...passed, endOfRun: 'cpu-time', cases: ['error'] }, PROGRAM, 'tests')).toContain('CPU');
    expect(renderTrace(failedWith({ ...OLD, line: 900 }), PROGRAM, 'tests')).toContain('TypeError');
  });

  test('never more than 2,500 characters, nor an address or a temporary path, the same each time', () => {
    const text = fc.string({ maxLength: 2_000 });
    const address = fc
      .integer({ min: 0x1000_0000, max: 0x7fff_ffff })
      .map((n) => `<object at 0x${n.toString(16)}> in /tmp/tmp${n}/x`);
    const value = fc.oneof(text, address);
    const local: fc.Arbitrary<LocalValue> = fc.record({
      name: text,
      type: text,
      shape: fc.option(fc.array(fc.nat(), { maxLength: 8 })),
      dtype: fc.option(text),
      device: fc.option(text),
      length: fc.option(fc.nat()),
      value,
    });
    fc.assert(
      fc.property(
        value,
        fc.array(local, { maxLength: 12 }),
        text,
        fc.nat({ max: 40 }),
        (message, locals, program, line) => {
          const report = failedWith({ ...TRACED, message, locals, line });
          const shown = renderTrace(report, program, 'tests');
          expect(shown.length).toBeLessThanOrEqual(2_500);
          expect(shown).not.toMatch(/0x[0-9a-f]{8}|\/tmp\/tmp/);
          expect(renderTrace({ ...report, wallMs: 99, cpuMs: 99 }, program, 'tests')).toBe(shown);
        },
      ),
    );
  });
});
