import type { Trial } from '../../domain/trial.js';
import { concludeTask, type TaskValidation } from '../../domain/validation.js';

/** A run of a reference that passed; tests state only what differs. */
export const PASS: Trial = {
  kind: 'reference',
  what: '',
  taskId: 't',
  conditions: 'c',
  at: 1,
  verdict: 'pass',
  endOfRun: 'ok',
  exception: null,
  cases: ['passed', 'passed'],
  asserts: 4,
  entered: true,
  network: false,
  gpu: null,
  message: null,
  wallMs: 20,
  cpuMs: 10,
  peakMemoryBytes: 1_000,
  reportSha256: 'r',
};

/** A run that ended by an exception of the program. */
export const raised = (type: string, message: string): Partial<Trial> => ({
  verdict: 'fail',
  endOfRun: 'exception',
  exception: { type, message, line: 3, phase: 'candidate' },
});

/** Both runs of a reference. */
export const twice = (facts: Partial<Trial> = {}): Trial[] => [
  { ...PASS, ...facts },
  { ...PASS, ...facts, kind: 'again' },
];

/** A run of another program, which failed. */
export const other = (kind: 'stub' | 'mutant' | 'online', facts: Partial<Trial> = {}): Trial => ({
  ...PASS,
  kind,
  what: 'x',
  verdict: 'fail',
  endOfRun: 'exception',
  ...facts,
});

/** What these runs come to, after earlier ones of the reference. */
export const conclude = (trials: readonly Trial[], earlier: readonly Trial[] = []): TaskValidation => {
  const references = trials.filter(({ kind }) => kind === 'reference' || kind === 'again');
  return concludeTask({ taskId: 't', conditions: 'c' }, trials, [...earlier, ...references]);
};
