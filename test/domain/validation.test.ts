import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Trial } from '../../domain/trial.js';
import { concludeTask, type TaskValidation } from '../../domain/validation.js';
import { conclude, other, PASS, raised, twice } from '../support/trials.js';

/** Of a sound task: its reference passes, and a program that does nothing does not. */
const SOUND = [...twice(), other('stub')];

describe('what a task is worth', () => {
  test.each<[string, Trial[], Partial<TaskValidation>, RegExp]>([
    ['all as it should be', SOUND, { status: 'usable', fault: null }, /passed 2 times, 1 stubs/],
    [
      'a stub that passes',
      [...twice(), other('stub', { verdict: 'pass', what: 'return x' })],
      { status: 'vacuous', fault: 'task' },
      /does nothing passes: `return x`/,
    ],
    [
      'no mutant of three noticed',
      [...twice(), ...[1, 2, 3].map(() => other('mutant', { verdict: 'pass' }))],
      { status: 'vacuous', killed: 0, mutants: 3 },
      /none of 3 changes/,
    ],
    [
      'no mutant of two noticed',
      [...SOUND, ...[1, 2].map(() => other('mutant', { verdict: 'pass' }))],
      { status: 'usable' },
      /0 of 2 mutants/,
    ],
    [
      'one mutant noticed',
      [...SOUND, ...[1, 2, 3].map(() => other('mutant', { verdict: 'pass' })), other('mutant')],
      { status: 'usable', killed: 1, mutants: 4, survivors: ['x', 'x', 'x'] },
      /1 of 4/,
    ],
    [
      'a mutant that could not be judged',
      [...SOUND, other('mutant', { verdict: 'unscored' })],
      { status: 'usable', mutants: 0 },
      /0 of 0/,
    ],
    [
      'a failed assertion',
      twice(raised('AssertionError', 'no\nmore')),
      { status: 'broken', fault: 'task' },
      /AssertionError: no \(in the program, line 3\)$/,
    ],
    [
      'a missing package',
      twice(raised('ModuleNotFoundError', "No module named 'x'")),
      { status: 'broken', fault: 'environment' },
      /No module named 'x'/,
    ],
    [
      'a limit',
      twice({ verdict: 'fail', endOfRun: 'cpu-time' }),
      { status: 'broken', fault: 'environment' },
      /end of run: cpu-time/,
    ],
    [
      'a failed case',
      twice({ verdict: 'fail', cases: ['passed', 'failed'] }),
      { status: 'broken', fault: 'task' },
      /1 of 2 cases failed/,
    ],
    [
      'a network socket and a failure',
      twice({ ...raised('OSError', 'unreachable'), network: true }),
      { status: 'needs-network', fault: 'environment' },
      /opened a network socket, and failed: OSError/,
    ],
    [
      'a network socket that it can do without',
      [...twice({ network: true }), other('stub')],
      { status: 'usable' },
      /./,
    ],
    [
      'a socket once it may',
      [...twice(raised('OSError', 'offline')), other('online', { network: true })],
      { status: 'needs-network' },
      /once the Hugging Face libraries may/,
    ],
    [
      'none even then',
      [...twice(raised('OSError', 'offline')), other('online')],
      { status: 'broken', fault: 'task' },
      /offline/,
    ],
    [
      'a GPU, by evidence',
      twice({ ...raised('RuntimeError', 'no driver'), gpu: 'evidence' }),
      { status: 'needs-gpu' },
      /asked for a GPU: RuntimeError/,
    ],
    [
      'a GPU, by words',
      twice({ ...raised('ValueError', 'requires a GPU'), gpu: 'words' }),
      { status: 'needs-gpu' },
      /a guess from its words/,
    ],
    [
      'an import that also opened a socket',
      twice({ ...raised('ImportError', 'x'), network: true }),
      { status: 'needs-network' },
      /and failed \(that the network is why is a guess\): ImportError/,
    ],
    [
      'nothing asserted',
      twice({ verdict: 'unverified', asserts: 0 }),
      { status: 'vacuous', fault: 'task' },
      /no assertion ever holds/,
    ],
    ['never called', twice({ verdict: 'unverified', entered: false }), { status: 'vacuous' }, /never called/],
    [
      'never called, beside a socket of the test',
      twice({ verdict: 'unverified', entered: false, network: true }),
      { status: 'vacuous', fault: 'task' },
      /never called/,
    ],
    [
      'never called for want of a network',
      twice({ verdict: 'unverified', entered: false, asserts: 0, network: true }),
      { status: 'needs-network' },
      /nothing was proved/,
    ],
    [
      'a failure with the cases in reverse',
      [...twice(), { ...PASS, kind: 'reversed', ...raised('KeyError', 'first') }],
      { status: 'flaky', fault: 'task', passedRuns: 2, failedRuns: 0 },
      /failed once with its cases in reverse order: KeyError: first/,
    ],
    [
      'a reversed run that was lost',
      [...SOUND, { ...PASS, kind: 'reversed', verdict: 'unscored' }],
      { status: 'usable' },
      /./,
    ],
    [
      'cases not reached',
      twice({ verdict: 'unverified', cases: ['passed', 'not-run'] }),
      { status: 'vacuous' },
      /1 of 2 cases are not reached/,
    ],
    [
      'a program that tampers',
      twice({ verdict: 'unverified', message: 'sys.settrace' }),
      { status: 'broken', fault: 'task' },
      /sys.settrace/,
    ],
    [
      'a run that was lost',
      [PASS, { ...PASS, kind: 'again', verdict: 'unscored', endOfRun: null, message: 'the runner is gone' }],
      { status: 'broken', fault: 'infrastructure' },
      /could not be judged: the runner is gone/,
    ],
    [
      'a stub that was lost',
      [...SOUND, other('stub', { verdict: 'unscored', endOfRun: null, message: 'the runner is gone' })],
      { status: 'broken', fault: 'infrastructure' },
      /do nothing could not be judged: the runner is gone/,
    ],
    [
      'a stub that was lost, beside one that passes',
      [...SOUND, other('stub', { verdict: 'unscored' }), other('stub', { verdict: 'pass' })],
      { status: 'vacuous' },
      /does nothing passes/,
    ],
    ['no stub at all', twice(), { status: 'broken', fault: 'infrastructure' }, /could not be judged: there are none/],
    ['no run at all', [], { status: 'broken', fault: 'infrastructure' }, /never run/],
    [
      'two outcomes',
      [PASS, { ...PASS, kind: 'again', ...raised('AssertionError', 'a') }],
      { status: 'flaky', passedRuns: 1, failedRuns: 1 },
      /passed 1 of 2 runs; it failed with AssertionError/,
    ],
    [
      'other cases',
      [PASS, { ...PASS, kind: 'again', cases: ['passed'] }],
      { status: 'flaky' },
      /cases of the two reference runs differ/,
    ],
  ])('%s', (_, trials, expected, evidence) => {
    const found = conclude(trials);
    expect(found).toMatchObject(expected);
    expect(found.evidence).toMatch(evidence);
  });

  test('why there are no stubs is told', () => {
    const { status, evidence } = concludeTask({ taskId: 't', conditions: 'c' }, twice(), twice(), 'line 3: no Python');
    expect({ status, evidence }).toEqual({
      status: 'broken',
      evidence: expect.stringMatching(/judged: line 3: no Python$/),
    });
  });

  test('one outcome today and another one before is flaky', () => {
    const failed = { ...PASS, ...raised('AssertionError', 'once') };
    expect(conclude(twice(), [failed])).toMatchObject({ status: 'flaky', passedRuns: 2, failedRuns: 1 });
    expect(conclude(twice(raised('KeyError', 'now')), [PASS])).toMatchObject({ status: 'flaky' });
  });
});

test('whatever the runs are: a task is usable only if its reference always passed, and its stubs were judged and did not pass', () => {
  const verdicts = fc.constantFrom('pass', 'fail', 'unverified', 'unscored' as const);
  const trial = fc
    .record({
      kind: fc.constantFrom('reference', 'again', 'reversed', 'online', 'stub', 'mutant' as const),
      verdict: verdicts,
      network: fc.boolean(),
      gpu: fc.constantFrom('evidence', 'words', null),
    })
    .map((facts): Trial => ({ ...PASS, ...facts }));
  fc.assert(
    fc.property(fc.array(trial, { maxLength: 12 }), fc.array(trial, { maxLength: 3 }), (trials, earlier) => {
      const before = earlier.map((one): Trial => ({ ...one, kind: 'again' }));
      const found = conclude(trials, before);
      const references = trials.filter(({ kind }) => kind === 'reference' || kind === 'again');
      expect(found.evidence).not.toBe('');
      expect(found.fault === null).toBe(found.status === 'usable');
      if (found.status !== 'usable') return;
      expect([...references, ...before].every(({ verdict }) => verdict === 'pass')).toBe(true);
      expect(references.length).toBeGreaterThan(0);
      const stubs = trials.filter(({ kind }) => kind === 'stub').map(({ verdict }) => verdict);
      expect(stubs.length).toBeGreaterThan(0);
      expect(stubs.some((verdict) => verdict === 'pass' || verdict === 'unscored')).toBe(false);
      expect(trials.some(({ kind, verdict }) => kind === 'reversed' && verdict === 'fail')).toBe(false);
    }),
  );
});
