import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

/** What threads, signals, prints and warnings do to the wire between a candidate and its grader. A test that holds says so itself. */
const HOLDS: readonly (readonly [what: string, program: string, test: string])[] = [
  [
    'a result that fails as it is sent is an exception, in any thread',
    'class Kind(type):\n    def __getattr__(cls, name): raise LookupError(name)\nclass Pair(tuple, metaclass=Kind): pass\ndef f(x):\n    return Pair([x])\n',
    'from concurrent.futures import ThreadPoolExecutor\ndef failed():\n    try:\n        f(1)\n    except LookupError:\n        return True\nassert failed()\nwith ThreadPoolExecutor(1) as pool: assert pool.submit(failed).result(9)',
  ],
  [
    'what several threads print while they call back is caught where the test catches it, and so is the rest',
    'from concurrent.futures import ThreadPoolExecutor\ndef f(fn, xs):\n    def work(x):\n        print("took", x)\n        fn(x)\n    for _ in range(20):\n        with ThreadPoolExecutor(4) as pool: list(pool.map(work, xs))\n    print("done")\n',
    'import io, sys\nfrom contextlib import redirect_stdout\nout = sys.stdout\nwith redirect_stdout(io.StringIO()) as caught: f(lambda x: print("given", x), [1, 2, 3, 4])\nassert sys.stdout is out\ntext = caught.getvalue()\nassert text.endswith("done\\n") and [text.count(word) for word in ("took", "given")] == [80, 80]\nwith redirect_stdout(io.StringIO()) as caught: f(print, [5])\nassert caught.getvalue() == "took 5\\n5\\n" * 20 + "done\\n"',
  ],
  [
    'a long chain of exceptions, each an argument of the next, crosses with its causes',
    'class Wrapped(Exception):\n    def __init__(self, error):\n        super().__init__(error)\n        self.error = error\ndef f(n):\n    if n == 0: raise KeyError("first", [n])\n    try:\n        f(n - 1)\n    except Exception as error:\n        raise Wrapped(error) from error\n',
    'try:\n    f(25)\nexcept Exception as error:\n    last = error\nfor _ in range(25):\n    assert type(last).__name__ == "Wrapped" and last.__cause__ is last.error is last.args[0]\n    last = last.__cause__\nassert type(last) is KeyError and last.args == ("first", [0])',
  ],
  [
    'each warning counts where a test looks',
    'import warnings\ndef f(n):\n    for _ in range(n): warnings.warn("old")\n',
    'import warnings\nwith warnings.catch_warnings(record=True) as caught:\n    warnings.simplefilter("always")\n    f(30)\nassert [str(each.message) for each in caught] == ["old"] * 30',
  ],
  [
    "an exception of a signal's handler is the test's own, also while an answer is read",
    'def f(n):\n    return [[x] for x in range(n)]\n',
    'import signal\nclass Late(Exception): pass\ndef late(_, frame):\n    if frame.f_code.co_name in ("decode", "fill"): raise Late\nsignal.signal(signal.SIGALRM, late)\nsignal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)\ntry:\n    f(30_000)\n    assert False\nexcept Late:\n    signal.setitimer(signal.ITIMER_REAL, 0)\nassert f(2) == [[0], [1]]',
  ],
  [
    'output is where it was when functions that threads of the program called end in another order than they began',
    'import threading\ndef f(fn):\n    second = threading.Thread(target=fn, args=[2, None])\n    first = threading.Thread(target=lambda: (fn(1, second.start), fn(3, None)))\n    first.start()\n    first.join()\n    second.join()\n    print("done")\n',
    'import io, threading\nfrom contextlib import redirect_stdout\nbegan, over = threading.Event(), threading.Event()\ndef note(x, start):\n    if x == 1: start()\n    {1: began.wait, 2: began.set, 3: over.set}[x]()\n    if x == 2: over.wait()\nwith redirect_stdout(io.StringIO()) as caught: f(note)\nassert caught.getvalue() == "done\\n"',
  ],
  [
    'and when calls of threads of the test do',
    'import sys, threading\nbegan, over = threading.Event(), threading.Event()\ndef f(x, start=None):\n    if x == 1: start()\n    {0: str, 1: began.wait, 2: began.set, 3: over.set}[x]()\n    if x == 2: over.wait()\n    return sys.stdout is sys.__stdout__\n',
    'import io, threading\nfrom contextlib import redirect_stdout\nassert f(0)\nwith redirect_stdout(io.StringIO()):\n    second = threading.Thread(target=f, args=[2])\n    first = threading.Thread(target=lambda: (f(1, second.start), f(3)))\n    first.start()\n    first.join()\n    second.join()\nassert f(0)',
  ],
  [
    "warnings of a function of the test's are for the test's own filters, also while it watches the program",
    'import warnings\ndef f(fn):\n    warnings.warn("first")\n    try:\n        return fn()\n    except DeprecationWarning as error:\n        return f"caught {error}"\ndef told(fn):\n    with warnings.catch_warnings(record=True) as caught:\n        warnings.simplefilter("always")\n        fn()\n    return [str(each.message) for each in caught]\n',
    'import warnings\nclass Mine(UserWarning): pass\ndef mine(): warnings.warn("mine", Mine)\ndef old(): warnings.warn("old", DeprecationWarning)\nwith warnings.catch_warnings(record=True) as caught:\n    warnings.simplefilter("always")\n    f(mine)\nassert {each.category: str(each.message) for each in caught} == {Mine: "mine", UserWarning: "first"}\nwith warnings.catch_warnings():\n    warnings.simplefilter("error", DeprecationWarning)\n    warnings.simplefilter("ignore", UserWarning)\n    assert f(old) == "caught old"\n    assert told(old) == ["old"]',
  ],
];

/** The wire between two processes, where more than one call goes over it. */
export function wireTests({ run }: Bench): void {
  describe('the wire', () => {
    test.each(HOLDS)('%s', async (_, program, source) => {
      const report = await run(program, source);
      expect(report.exception).toBeNull();
      expect(judge(report)).toBe('pass');
    });

    test('warnings in great number are no burden, and the line of what fails afterwards is found', async () => {
      const program =
        'import warnings\ndef f(n):\n    for _ in range(n): warnings.warn("old")\n    if n == 0: raise ValueError\n';
      const source =
        'import warnings\nwith warnings.catch_warnings(record=True) as caught:\n    f(100_000)\nassert caught\nwith warnings.catch_warnings():\n    warnings.simplefilter("ignore")\n    f(100_000)\nf(0)';
      const report = await run(program, source, { limits: { cpuSeconds: 5, wallSeconds: 10 } });
      expect(report.exception).toMatchObject({ type: 'ValueError', line: 4 });
    });

    test('what a thread of the program sends that can’t be read ends the run at once', async () => {
      const sending =
        'import threading, types\nclass M(types.ModuleType): pass\ndef f(fn):\n    one = threading.Thread(target=fn, args=[M])\n    one.start()\n    one.join()\n';
      const report = await run(sending, 'f(print)', { limits: { wallSeconds: 20 } });
      expect(report).toMatchObject({ endOfRun: 'exception', exception: { type: 'Unreadable', phase: 'candidate' } });
    });
  });
}
