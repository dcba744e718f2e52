import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../../domain/verdict.js';
import { openBubblewrapSandbox } from '../../../infra/sandbox/bubblewrap.js';
import { CarefulSandbox } from '../../../infra/sandbox/careful-sandbox.js';
import type { Sandbox, SandboxJob } from '../../../infra/sandbox/sandbox.js';
import { ensureTool } from '../../../infra/tools/tool.js';
import { jobOf, type RunOptions } from '../../contracts/sandbox-bench.js';
import { sharedHome } from '../../support/embedded-home.js';
import { PASSED_REPORT } from '../../support/passed-report.js';

const RIGHT = 'def f(x):\n    return x + 1\n';
const TEST = 'assert f(1) == 2';
const SLEEP = (seconds: number): string => `import time\ndef f(x):\n    time.sleep(${seconds})\n    return x + 1\n`;
const SPIN = (seconds: number): string =>
  `import time\ndef f(x):\n    end = time.process_time() + ${seconds}\n    while time.process_time() < end: pass\n    return x + 1\n`;

let sandbox: Sandbox;
let crowded: Sandbox;
beforeAll(async () => {
  const bwrapPath = await ensureTool('bwrap', { home: sharedHome() });
  sandbox = new CarefulSandbox(openBubblewrapSandbox({ bwrapPath, slots: 2 }));
  crowded = new CarefulSandbox(openBubblewrapSandbox({ bwrapPath, slots: 16 }));
});
afterAll(() => Promise.all([sandbox.close(), crowded.close()]));

const job = (program: string, reference: string | null, options: RunOptions = {}): SandboxJob => ({
  ...jobOf(program, TEST, options),
  reference: reference === null ? null : { program: reference, test: TEST, cases: null },
});

describe('whose fault a failure is', () => {
  test('what fails by its own logic costs nothing more', async () => {
    const report = await sandbox.run(job('def f(x):\n    return 0', RIGHT));
    expect(report).toMatchObject({ endOfRun: 'exception', beside: [] });
  });

  test('a module that is missing is the program’s, where the reference passes', async () => {
    const report = await sandbox.run(job('import no_such_module\ndef f(x):\n    return x + 1', RIGHT));
    expect(report.exception?.type).toBe('ModuleNotFoundError');
    expect(report.beside.join(' ')).toMatch(/told apart.*The reference passed beside it/);
    expect(judge(report)).toBe('fail');
  });

  test('a module that the reference misses as well is the environment’s', async () => {
    const needy = 'import no_such_module\ndef f(x):\n    return x + 1';
    await expect(sandbox.run(job(needy, needy))).rejects.toMatchObject({
      type: 'EnvironmentBroken',
      message: expect.stringContaining('no_such_module'),
    });
  });

  test('a reference that is wrong is the task’s', async () => {
    const failing = sandbox.run(job('def f(x):\n    raise OSError(5, "x")', 'def f(x):\n    return 7'));
    await expect(failing).rejects.toMatchObject({ type: 'TaskBroken' });
  });

  test('a reference is judged by its own test, also where the program has another', async () => {
    const examples = { ...job('import no_such_module\ndef f(x):\n    return x + 1', RIGHT), test: 'assert f(1) == 3' };
    const report = await sandbox.run(examples);
    expect(report.exception?.type).toBe('ModuleNotFoundError');
    expect(report.beside.join(' ')).toContain('The reference passed beside it');
  });

  test('a value that no test can hand over is the task’s, one of the program’s its own', async () => {
    const isolated = (program: string, source: string): SandboxJob => ({
      ...jobOf(program, source, { grading: 'isolated' }),
      reference: { program: RIGHT, test: source, cases: null },
    });
    await expect(sandbox.run(isolated(RIGHT, 'assert f(object()) == 2'))).rejects.toMatchObject({
      type: 'TaskBroken',
      message: expect.stringContaining('CannotCross'),
    });
    const odd = 'class Odd: pass\ndef f(x):\n    return Odd()\n';
    const report = await sandbox.run(isolated(odd, 'import copy\nassert copy.deepcopy(f(1)) == 2'));
    expect(report.exception?.type).toBe('CannotCross');
    expect(report.beside.join(' ')).toContain('The reference passed beside it');
  });

  test('a clock that ran out is tried again alone, and counts then', async () => {
    const report = await sandbox.run(
      job('import time\ndef f(x):\n    time.sleep(30)', RIGHT, { limits: { wallSeconds: 1 } }),
    );
    expect(report.endOfRun).toBe('wall-time');
    expect(report.beside.join(' ')).toMatch(/no other program beside it.*The reference passed/);
  });

  test('the limit of processor time goes with what the reference takes on this host', async () => {
    const limits = { cpuSeconds: 1 };
    const slow = await sandbox.run(job(SPIN(1.5), SPIN(1.4), { limits }));
    expect(judge(slow)).toBe('pass');
    expect(slow.beside.join(' ')).toMatch(/run again with [789] s, 5 times/);
    const slower = await sandbox.run(job(SPIN(1.5), SPIN(0.1), { limits }));
    expect(slower.endOfRun).toBe('cpu-time');
  });

  test('so does that of an isolated test, which has it for itself', async () => {
    const burning = `import time\nend = time.process_time() + 3.5\nwhile time.process_time() < end: pass\n${TEST}`;
    const options = { grading: 'isolated', limits: { cpuSeconds: 1 } } as const;
    const reference = { program: RIGHT, test: burning, cases: null };
    const report = await sandbox.run({ ...job(RIGHT, null, options), test: burning, reference });
    expect(judge(report)).toBe('pass');
    expect(report.beside.join(' ')).toMatch(/run again with (?:1[89]|2\d) s, 5 times/);
    expect(report.cpuMs).toBeLessThan(1_000);
    expect(report.testCpuMs).toBeGreaterThanOrEqual(3_500);
  });

  test('the clock goes with what the reference takes on this host, and no further than the reference’s own', async () => {
    const limits = { cpuSeconds: 1, wallSeconds: 1 };
    const slow = await sandbox.run(job(SLEEP(2), SLEEP(1.5), { limits }));
    expect(judge(slow)).toBe('pass');
    expect(slow.beside.join(' ')).toMatch(/clock was set to 5 s/);
    const hanging = await sandbox.run(job(SLEEP(30), SLEEP(1.5), { limits }));
    expect(hanging.endOfRun).toBe('wall-time');
    expect(hanging.wallMs).toBeLessThan(10_000);
  });
});

test('a host that cannot tell known programs apart judges nothing', async () => {
  const flattering: Sandbox = { run: () => Promise.resolve(PASSED_REPORT), close: () => Promise.resolve() };
  const crash = { ...PASSED_REPORT, endOfRun: 'signal' } as const;
  const blind: Sandbox = { ...flattering, run: ({ id }) => Promise.resolve(id === 'contract' ? crash : PASSED_REPORT) };
  await expect(new CarefulSandbox(blind).run(job(RIGHT, null))).rejects.toMatchObject({
    type: 'SandboxUnavailable',
    message: expect.stringContaining('known-bad program was graded as pass'),
  });
  const careful = new CarefulSandbox(flattering);
  const many = async (): Promise<void> => {
    for (let n = 0; n < 300; n++) await careful.run(job(RIGHT, null));
  };
  await expect(many()).rejects.toMatchObject({ type: 'SandboxUnavailable' });
});

test('a right program of 1.2 s, limit 3 s, passes 64 of 64 with 16 places on these cores', async () => {
  const limits = { cpuSeconds: 3, wallSeconds: 30 };
  const reports = await Promise.all(
    Array.from({ length: 64 }, () => crowded.run(job(SPIN(1.2), SPIN(1.2), { limits }))),
  );
  expect(reports.map(judge).filter((verdict) => verdict === 'pass')).toHaveLength(64);
}, 300_000);
