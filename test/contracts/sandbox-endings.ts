import { describe, expect, test } from '@jest/globals';
import type { Limits } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

const MIB = 1024 * 1024;
const RIGHT = 'def f(x):\n    return x + 1\n';
const TEST = 'assert f(1) == 2\n';

interface Ending {
  readonly what: string;
  readonly program: string;
  readonly end: string;
  readonly limits?: Partial<Limits>;
  readonly exitCode?: number;
  readonly signal?: number;
}

function inF(body: string, imports = 'import os, sys, time, signal, threading, subprocess'): string {
  return `${imports}\ndef f(x):\n${body.replaceAll(/^/gm, '    ')}\n    return x + 1\n`;
}

const BURN = 'end = time.time() + 20\nwhile time.time() < end: pass';

const ENDINGS: readonly Ending[] = [
  { what: 'sys.exit(0) is no pass', program: inF('sys.exit(0)'), end: 'exit', exitCode: 0 },
  { what: 'sys.exit with a text is exit code 1', program: inF('sys.exit("no")'), end: 'exit', exitCode: 1 },
  { what: 'sys.exit while the module is executed', program: 'import sys\nsys.exit(3)', end: 'exit', exitCode: 3 },
  { what: 'os._exit(0) is no pass', program: inF('os._exit(0)'), end: 'exit', exitCode: 0 },
  {
    what: 'os._exit in an exit handler changes nothing',
    program: `import atexit, os\natexit.register(os._exit, 0)\n${inF('raise KeyError(1)')}`,
    end: 'exception',
  },
  {
    what: 'a closing message without the nonce',
    program: inF(`os.write(WIRE, b'{"nonce": "0", "kind": "end", "end": "ok", "asserts": 9}\\n')\nos._exit(0)`),
    end: 'exit',
    exitCode: 0,
  },
  {
    what: 'a channel filled with rubbish',
    program: inF('os.write(WIRE, b"x" * 100_000 + bytes(range(256)) + b"\\n[1]\\n3\\n")\nos._exit(0)'),
    end: 'exit',
    exitCode: 0,
  },
  { what: 'a closed channel', program: inF('os.close(WIRE)'), end: 'exit', exitCode: 1 },
  { what: 'SIGKILL to itself', program: inF('os.kill(os.getpid(), signal.SIGKILL)'), end: 'signal', signal: 9 },
  {
    what: 'SIGTERM to itself',
    program: inF('os.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(5)'),
    end: 'signal',
    signal: 15,
  },
  {
    what: 'SIGSTOP to itself',
    program: inF('os.kill(os.getpid(), signal.SIGSTOP)'),
    end: 'wall-time',
    limits: { wallSeconds: 1 },
  },
  { what: 'abort()', program: inF('os.abort()'), end: 'signal', signal: 6 },
  { what: 'a crash of the interpreter', program: inF('import ctypes\nctypes.string_at(0)'), end: 'signal', signal: 11 },
  { what: 'unbounded recursion', program: inF('return f(x)'), end: 'exception' },
  { what: 'a busy loop', program: inF('while True: pass'), end: 'cpu-time', limits: { cpuSeconds: 1 } },
  {
    what: 'children that burn what the parent does not',
    program: inF(`if os.fork() == 0:\n    ${BURN.replaceAll('\n', '\n    ')}\nos.wait()`),
    end: 'cpu-time',
    limits: { cpuSeconds: 1 },
  },
  {
    what: 'orphans that burn while the parent sleeps',
    program: inF(
      `if os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n    ${BURN.replaceAll('\n', '\n    ')}\nos.wait()\ntime.sleep(20)`,
    ),
    end: 'cpu-time',
    limits: { cpuSeconds: 1 },
  },
  {
    what: 'one child after the other, each below the limit',
    program: inF(
      `while True:\n    if os.fork() == 0:\n        while time.process_time() < 0.3: pass\n        os._exit(0)\n    os.wait()`,
    ),
    end: 'cpu-time',
    limits: { cpuSeconds: 1 },
  },
  {
    what: 'children that nobody waits for',
    program: inF(
      `signal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwhile True:\n    if os.fork() == 0:\n        while time.process_time() < 0.3: pass\n        os._exit(0)\n    time.sleep(0.3)`,
    ),
    end: 'cpu-time',
    limits: { cpuSeconds: 1 },
  },
  {
    what: 'threads that burn',
    program: inF(
      `def burn():\n    ${BURN.replaceAll('\n', '\n    ')}\nthreading.Thread(target=burn).start()\ntime.sleep(20)`,
    ),
    end: 'cpu-time',
    limits: { cpuSeconds: 1 },
  },
  { what: 'sleep', program: inF('time.sleep(60)'), end: 'wall-time', limits: { wallSeconds: 0.5 } },
  { what: 'waiting for input that never comes is an end of file', program: inF('input()'), end: 'exception' },
  {
    what: 'a memory hog',
    program: inF('a = []\nwhile True: a.append(b"x" * 10**6)'),
    end: 'memory',
    limits: { memoryBytes: 128 * MIB },
  },
  {
    what: 'memory taken by children together',
    program: inF(
      'for _ in range(4):\n    if os.fork() == 0:\n        a = b"x" * (60 << 20)\n        time.sleep(20)\ntime.sleep(20)',
    ),
    end: 'memory',
    limits: { memoryBytes: 160 * MIB },
  },
  { what: 'one allocation beyond the limit', program: inF('bytearray(1 << 40)'), end: 'memory' },
  { what: 'a fork bomb', program: inF('while True: os.fork()'), end: 'processes', limits: { processes: 20 } },
  {
    what: 'a fork bomb that hides its errors',
    program: inF('while True:\n    try: os.fork()\n    except OSError: pass'),
    end: 'processes',
    limits: { processes: 20 },
  },
  {
    what: 'too many threads',
    program: inF('for _ in range(100): threading.Thread(target=time.sleep, args=(20,)).start()'),
    end: 'processes',
    limits: { processes: 20 },
  },
  {
    what: 'output without end',
    program: inF('while True: print("x" * 1000)'),
    end: 'output',
    limits: { outputBytes: 16 * 1024 },
  },
  {
    what: 'output without end on stderr, from a child',
    program: inF('subprocess.run(["sh", "-c", "yes >&2"])'),
    end: 'output',
    limits: { outputBytes: 16 * 1024 },
  },
];

/** Every way for a run to end, each with its own name. */
export function endingTests({ run, grading }: Bench): void {
  /** The descriptor over which a program's process says what a verdict rests on. */
  const wire = grading === 'isolated' ? '4' : '3';
  describe('ends of a run', () => {
    test('a right program ends ok, with what it used', async () => {
      const report = await run(`${RIGHT}print("made")`, TEST);
      expect(report).toMatchObject({ endOfRun: 'ok', exitCode: null, signal: null, exception: null, closed: true });
      expect(judge(report)).toBe('pass');
      expect(report.stdout.text).toBe('made\n');
      expect(report.wallMs).toBeGreaterThan(0);
      expect(report.cpuMs).toBeGreaterThan(0);
      expect(report.peakMemoryBytes).toBeGreaterThan(MIB);
    });

    test.each(ENDINGS)('$what: $end', async ({ program, end, limits, exitCode, signal }) => {
      const report = await run(program.replaceAll('WIRE', wire), TEST, limits === undefined ? {} : { limits });
      expect(report).toMatchObject({ endOfRun: end, exitCode: exitCode ?? null, signal: signal ?? null });
      expect(judge(report)).toBe('fail');
    });

    test('CPU time is measured over all processes, and waiting costs none', async () => {
      const burn =
        'import os, time\ndef f(x):\n    if os.fork() == 0:\n        while time.process_time() < 0.6: pass\n        os._exit(0)\n    os.wait()\n    return x + 1\n';
      const [busy, idle] = await Promise.all([
        run(burn, TEST),
        run('import time\ndef f(x):\n    time.sleep(1)\n    return x + 1', TEST),
      ]);
      expect(busy.cpuMs).toBeGreaterThanOrEqual(590);
      expect(idle.cpuMs).toBeLessThan(500);
      expect(idle.wallMs).toBeGreaterThanOrEqual(1_000);
    });

    test('peak memory is measured', async () => {
      const report = await run('def f(x):\n    a = b"x" * (100 << 20)\n    return x + 1', TEST);
      expect(judge(report)).toBe('pass');
      expect(report.peakMemoryBytes).toBeGreaterThan(100 * MIB);
      expect(report.peakMemoryBytes).toBeLessThan(200 * MIB);
    });

    test('more output than a pipe holds is drained; head and tail are kept', async () => {
      const program =
        'import sys\ndef f(x):\n    print("first")\n    for i in range(30_000): sys.stdout.write(f"{i:09}\\n")\n    print("last")\n    return x + 1\n';
      const report = await run(program, TEST);
      expect(judge(report)).toBe('pass');
      expect(report.stdout).toMatchObject({ bytes: 300_011, truncated: true });
      expect(report.stdout.text).toMatch(/^first\n000000000\n/);
      expect(report.stdout.text).toMatch(/000029999\nlast\n$/);
      expect(report.stdout.text.length).toBeLessThan(66_000);
    });

    test('output that is no UTF-8, and NUL, are kept as far as they can be', async () => {
      const program =
        'import os\ndef f(x):\n    os.write(1, b"a\\xff\\x00b\\xc3\\xa9")\n    os.write(2, b"\\xe2\\x82")\n    return x + 1\n';
      const report = await run(program, TEST);
      expect(report.stdout).toEqual({ text: 'a\uFFFD\0b\u00E9', bytes: 6, truncated: false });
      expect(report.stderr.text).toBe('\uFFFD');
    });
  });
}
