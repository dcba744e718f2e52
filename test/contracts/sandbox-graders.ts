import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { TestReport } from '../../domain/test-report.js';
import { type Bench, jobOf, type RunOptions } from './sandbox-bench.js';
import { until } from './sandbox-life.js';
import { type Alone, openAlone } from './sandbox-processes.js';

const RIGHT = 'def f(x):\n    return x + 1\n';
const PLAIN = 'assert f(1) == 2';

/** What a test may do to its own process, and a test that would notice it from the next one. */
const CHANGES: readonly (readonly [what: string, change: string, unchanged: string])[] = [
  ['a module', 'import math\nmath.pi = 3', 'import math\nassert math.pi > 3.1 and f(1) == 2'],
  [
    'a built-in',
    'import builtins\nbuiltins.mark = 7',
    'import builtins\nassert not hasattr(builtins, "mark") and f(1) == 2',
  ],
  ['its built-ins', '__builtins__["mark"] = 7', 'assert "mark" not in __builtins__ and f(1) == 2'],
  [
    'a class',
    'from collections import Counter\nCounter.total = lambda self: 7',
    'from collections import Counter\nassert Counter(a=f(1)).total() == 2',
  ],
  ['what is imported', 'import sys\nsys.modules["math"] = 7', 'import math\nassert math.floor(f(1)) == 2'],
  [
    'how deep calls go',
    'import sys\nsys.setrecursionlimit(20_000)',
    'import sys\nassert sys.getrecursionlimit() == 1_000 and f(1) == 2',
  ],
  [
    'the environment',
    'import os\nos.environ["MARK"] = "1"',
    'import os\nassert "MARK" not in os.environ and f(1) == 2',
  ],
  [
    'files',
    'open("/tmp/work/mark", "w").close()',
    'import os\nassert not os.path.exists("/tmp/work/mark") and f(1) == 2',
  ],
  ['where it is', 'import os\nos.chdir("/")', 'import os\nassert os.getcwd() == "/tmp/work" and f(1) == 2'],
  [
    'the context of decimals',
    'import decimal\ndecimal.getcontext().prec = 2',
    'import decimal\nassert decimal.getcontext().prec == 28 and f(1) == 2',
  ],
  ['signals', 'import signal\nsignal.alarm(100)', 'import signal\nassert signal.alarm(0) == 0 and f(1) == 2'],
  [
    'threads',
    'import threading, time\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()',
    'import threading\nassert threading.active_count() == 1 and f(1) == 2',
  ],
  [
    'its streams',
    'import sys, io\nsys.stdout = io.StringIO()',
    'import sys\nassert sys.stdout is sys.__stdout__ and f(1) == 2',
  ],
  ['by a string', 'exec("import math; math.pi = 3")', 'import math\nassert math.pi > 3.1 and f(1) == 2'],
  [
    'by a class of its own',
    'class C:\n    import math\n    math.pi = 3',
    'import math\nassert math.pi > 3.1 and f(1) == 2',
  ],
];

/** Candidates of which more than plain values comes to the grader. */
const ODD: readonly (readonly [what: string, program: string])[] = [
  ['an object', 'class C: pass\ndef f(x):\n    return C()\n'],
  ['an exception of its own', 'class E(Exception): pass\ndef f(x):\n    raise E(x)\n'],
  ['a named tuple', 'from collections import namedtuple\nP = namedtuple("P", "a")\ndef f(x):\n    return P(x)\n'],
  ['a function', 'def f(x):\n    return lambda: x\n'],
  [
    'a warning that nobody asked for, of what is not plain',
    'def f(x):\n    import json\n    dumps = json.dumps\n    raised = ["exception", ["builtin", "UserWarning"], ["tuple", [["namedtuple", "P", ["a"], [1]]]]]\n    json.dumps = lambda message: dumps({**message, "warned": [{"facts": {}, "raised": raised}]})\n    return x + 1\n',
  ],
  [
    'a request of its own, of what is not plain',
    'def f(x):\n    import json, os\n    values = [["list", [["namedtuple", "P", ["a"], [1]]]], ["dict", []]]\n    body = json.dumps({"do": "call", "number": 9, "ask": 9, "setting": {}, "values": values}).encode()\n    os.write(4, len(body).to_bytes(4, "big") + body)\n    return x + 1\n',
  ],
  ['a large value', 'def f(x):\n    return ["x" * 99] * 400_000\n'],
  ['nothing, as it ends', 'import os\ndef f(x):\n    os._exit(0)\n'],
  ['nothing, as it never answers', 'def f(x):\n    while True: pass\n'],
];

/** Graders that go on from one run to the next. */
export function graderTests({ backend }: Bench): void {
  describe('a grader goes on where nothing is left in it', () => {
    let alone: Alone;
    const run = (program: string, source: string, options: RunOptions = {}): Promise<TestReport> =>
      alone.sandbox.run(jobOf(program, source, { grading: 'isolated', ...options }));
    const processes = (): Promise<number[]> => alone.processes();
    beforeAll(async () => {
      alone = await openAlone(backend);
    });
    afterAll(() => alone.sandbox.close());

    test('the same one, over many tests and programs, each with its own verdict, cases and output', async () => {
      await run(RIGHT, PLAIN);
      const before = await processes();
      for (const number of [1, 2, 3, 4, 5, 6]) {
        const report = await run(
          number % 2 === 0 ? RIGHT : 'def f(x):\n    return x - 1\n',
          `print("run", ${number})\nassert f(${number}) == ${number + 1}`,
        );
        expect(judge(report)).toBe(number % 2 === 0 ? 'pass' : 'fail');
        expect([report.stdout.text, report.entered]).toEqual([`run ${number}\n`, true]);
        expect(report.asserts).toBe(number % 2 === 0 ? 1 : 0);
      }
      expect(await processes()).toEqual(before);
    });

    test('and tells of each run what its own test took', async () => {
      const long = await run(RIGHT, `total = 0\nfor n in range(2_000_000): total += n\n${PLAIN}`);
      const before = await processes();
      const short = await run(RIGHT, PLAIN);
      expect(await processes()).toEqual(before);
      expect(long.testCpuMs).toBeGreaterThan(2 * (short.testCpuMs ?? Number.NaN));
      expect(long.testCpuMs).toBeGreaterThan(long.cpuMs);
      expect((await run(RIGHT, PLAIN, { grading: 'in-process' })).testCpuMs).toBe(0);
    });

    test.each(CHANGES)('but not after a test that changes %s', async (_what, change, unchanged) => {
      expect(judge(await run(RIGHT, `${change}\nassert f(1) == 2`))).toBe('pass');
      const report = await run(RIGHT, unchanged);
      expect([judge(report), report.exception]).toEqual(['pass', null]);
    });

    test.each(CHANGES)('nor where the task’s helpers change %s', async (_what, change, unchanged) => {
      expect(judge(await run(RIGHT, PLAIN, { prelude: change }))).toBe('pass');
      expect(judge(await run(RIGHT, unchanged))).toBe('pass');
    });

    test.each(ODD)('nor after a candidate that gave %s', async (_what, program) => {
      const limits = { wallSeconds: 3, cpuSeconds: 2 };
      await run(RIGHT, PLAIN, { limits });
      const before = await processes();
      await run(program, PLAIN, { limits });
      const after = await processes();
      // A limit that was passed ends the room as well.
      expect(after.length).toBeLessThan(before.length);
      expect(before).toEqual(expect.arrayContaining(after));
      expect(judge(await run(RIGHT, PLAIN, { limits }))).toBe('pass');
    });

    test('nor with other limits; and one that died meanwhile is nobody’s failure', async () => {
      await run(RIGHT, PLAIN);
      const before = await processes();
      expect(judge(await run(RIGHT, PLAIN, { limits: { cpuSeconds: 7 } }))).toBe('pass');
      const after = await processes();
      const others = after.filter((pid) => !before.includes(pid));
      expect([after.length, others.length]).toEqual([before.length, 2]);
      // Room and grader.
      for (const pid of others) {
        process.kill(pid, 'SIGKILL');
        await until(async () => !(await processes()).includes(pid));
        expect(judge(await run(RIGHT, PLAIN, { limits: { cpuSeconds: 7 } }))).toBe('pass');
      }
    });

    test('runs in one process come between without harm', async () => {
      await run(RIGHT, PLAIN);
      const before = await processes();
      expect(judge(await run(RIGHT, PLAIN, { grading: 'in-process' }))).toBe('pass');
      expect(judge(await run(RIGHT, PLAIN))).toBe('pass');
      expect(await processes()).toEqual(before);
    });
  });
}
