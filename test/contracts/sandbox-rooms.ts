import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import { processTable } from '../support/process-table.js';
import { type Bench, jobOf, type RunOptions } from './sandbox-bench.js';
import { until } from './sandbox-life.js';
import { type Alone, openAlone } from './sandbox-processes.js';

const IMPORTS = `import ctypes, os, platform, resource, signal, sys, time
libc = ctypes.CDLL(None, use_errno=True)
IOPRIO = {"x86_64": (251, 252), "aarch64": (30, 31)}[platform.machine()]
CLONE = {"x86_64": 56, "aarch64": 220}[platform.machine()]
`;
const RIGHT = 'def f(x):\n    return x + 1\n';
const TEST = 'assert f(1) == 2';

/** What a program may leave behind, and an expression that would tell the next one of it. */
const LEFT: readonly (readonly [what: string, leaving: string, looking: string])[] = [
  ['a file', 'open("left", "w").close()', 'os.listdir("/tmp/work")'],
  ['a file elsewhere', 'open("/tmp/left", "w").close()', 'os.listdir("/tmp")'],
  ['shared memory', 'open("/dev/shm/left", "w").close()', 'os.listdir("/dev/shm")'],
  ['a folder in the place of its own', 'os.rename("/tmp/work", "/tmp/w"); os.mkdir("/tmp/work")', 'os.listdir("/tmp")'],
  ['a folder that is closed', 'os.chmod("/tmp/work", 0o500)', 'os.stat("/tmp/work").st_mode'],
  ['the time of a folder', 'os.utime("/tmp", (1, 1))', 'os.stat("/tmp").st_mtime == 1'],
  [
    'an attribute of a folder',
    'hasattr(os, "setxattr") and libc.setxattr(b"/tmp/work", b"user.left", b"1", 1, 0)',
    'os.listxattr("/tmp/work")',
  ],
  ['semaphores', 'assert libc.semget(4711, 1, 0o1600) >= 0', 'libc.semget(4711, 1, 0)'],
  ['a queue of messages', 'assert libc.msgget(4711, 0o1600) >= 0', 'libc.msgget(4711, 0)'],
  ['a queue by name', 'assert libc.mq_open(b"/left", 0o102, 0o600, None) >= 0', 'libc.mq_open(b"/left", 0)'],
  ['a low priority', 'os.setpriority(os.PRIO_PROCESS, 1, 19)', 'os.getpriority(os.PRIO_PROCESS, 0)'],
  ['a low priority of all', 'os.setpriority(os.PRIO_USER, 0, 19)', 'os.getpriority(os.PRIO_PROCESS, 0)'],
  [
    'a low priority of input and output',
    'assert libc.syscall(IOPRIO[0], 1, 1, 3 << 13) == 0',
    'libc.syscall(IOPRIO[1], 1, 0)',
  ],
  ['one processor', 'os.sched_setaffinity(1, {min(os.sched_getaffinity(1))})', 'os.sched_getaffinity(0)'],
  ['another scheduler', 'os.sched_setscheduler(1, os.SCHED_BATCH, os.sched_param(0))', 'os.sched_getscheduler(0)'],
  [
    'a lower limit',
    'resource.prlimit(1, resource.RLIMIT_NOFILE, (99, 99))',
    'resource.getrlimit(resource.RLIMIT_NOFILE)',
  ],
  [
    'a signal to PID 1',
    'for number in signal.valid_signals(): os.kill(1, number)',
    'signal.getsignal(signal.SIGINT) is signal.default_int_handler',
  ],
  [
    'a process',
    'if os.fork() == 0:\n    os.setsid()\n    time.sleep(99)',
    'sum(name.isdigit() for name in os.listdir("/proc"))',
  ],
  [
    'a process that has stopped',
    'if os.fork() == 0: os.kill(os.getpid(), signal.SIGSTOP)',
    'sum(name.isdigit() for name in os.listdir("/proc"))',
  ],
  [
    'a child of PID 1',
    'if libc.syscall(CLONE, 0x8000 | signal.SIGCHLD, 0, 0, 0, 0) == 0: time.sleep(99)',
    'sum(name.isdigit() for name in os.listdir("/proc"))',
  ],
];

/** Ends of programs that leave nothing. */
const ENDS: readonly (readonly [what: string, body: string, verdict: string])[] = [
  ['passes', 'return x + 1', 'pass'],
  ['is wrong', 'return x', 'fail'],
  ['raises', 'raise ValueError(x)', 'fail'],
  ['exits', 'os._exit(3)', 'fail'],
  ['is killed by a signal', 'os.kill(os.getpid(), signal.SIGTERM)', 'fail'],
  ['has a child', 'if os.fork() == 0: os._exit(0)\n    os.wait()\n    return x + 1', 'pass'],
];

function inF(body: string, result: string): string {
  return `${IMPORTS}def f(x):\n    ${body.replaceAll('\n', '\n    ')}\n    return ${result}\n`;
}

/** Programs run in one room after another as long as nothing is left in it. */
export function roomTests({ backend, grading }: Bench): void {
  describe('a room serves for the next program where nothing is left in it', () => {
    let alone: Alone;
    const run = (program: string, source: string, options: RunOptions = {}): Promise<TestReport> =>
      alone.sandbox.run(jobOf(program, source, { grading, ...options }));
    beforeAll(async () => {
      alone = await openAlone(backend);
    });
    afterAll(() => alone.sandbox.close());

    test.each(LEFT)('no program finds %s of the one before', async (_what, leaving, looking) => {
      const look = async (): Promise<string> => {
        const report = await run(inF('pass', `repr(${looking})`), 'print(f(1))\nassert f(1)');
        expect(report).toMatchObject({ endOfRun: 'ok', exception: null });
        return report.stdout.text;
      };
      const before = await look();
      const report = await run(inF(leaving, 'x + 1'), TEST);
      expect([judge(report), report.exception]).toEqual(['pass', null]);
      expect(await look()).toBe(before);
    });

    test.each(ENDS)('it is the same one after a program that %s', async (_what, body, verdict) => {
      const program = `import os, signal\ndef f(x):\n    ${body}\n`;
      await run(RIGHT, TEST);
      const keeper = await alone.keeper();
      expect(keeper).toBeDefined();
      expect(judge(await run(program, TEST))).toBe(verdict);
      expect(judge(await run(RIGHT, TEST))).toBe('pass');
      expect(await alone.keeper()).toBe(keeper);
    });

    test('it is another one after a file, and with other limits', async () => {
      await run(RIGHT, TEST);
      const keepers = [await alone.keeper()];
      await run(inF('open("left", "w").close()', 'x + 1'), TEST);
      await run(RIGHT, TEST);
      keepers.push(await alone.keeper());
      await run(RIGHT, TEST, { limits: { cpuSeconds: 9 } });
      keepers.push(await alone.keeper());
      expect([keepers.length, new Set(keepers).size, keepers.includes(undefined)]).toEqual([3, 3, false]);
    });

    test('one whose keeper dies takes its program with it, and the next program has another', async () => {
      await run(RIGHT, TEST);
      const keeper = await alone.keeper();
      const lost = run('import time\ndef f(x):\n    time.sleep(99)\n', TEST).catch((error: unknown) => error);
      await until(async () => (await processTable()).some(({ parent }) => parent === keeper));
      process.kill(keeper ?? 0, 'SIGKILL');
      expect(await lost).toMatchObject({ type: 'SandboxLost' });
      expect(judge(await run(RIGHT, TEST))).toBe('pass');
      expect(await alone.keeper()).not.toBe(keeper);
    });
  });
}
