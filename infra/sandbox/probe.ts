import { judge } from '../../domain/verdict.js';
import type { Sandbox } from './sandbox.js';

const MIB = 1024 ** 2;
const PROGRAM = 'def f(x):\n    return x + 1\n';
const LIMITS = {
  cpuSeconds: 10,
  wallSeconds: 30,
  memoryBytes: 256 * MIB,
  processes: 16,
  outputBytes: MIB,
  tmpBytes: MIB,
};

/** Runs a right program, in two processes, behind all walls of a sandbox. Throws unless it is graded as a pass. */
export async function probeSandbox(sandbox: Sandbox): Promise<void> {
  const task = {
    test: 'assert f(1) == 2\n',
    entryPoint: 'f',
    entryKind: 'function',
    prelude: '',
    cases: null,
    reference: null,
  } as const;
  const report = await sandbox.run({ id: 'probe', program: PROGRAM, grading: 'isolated', ...task, limits: LIMITS });
  const verdict = judge(report);
  if (verdict !== 'pass') throw new Error(`a right program is graded as "${verdict}" (${report.endOfRun})`);
}
