import { expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

/** Classes and values that answer for themselves: each ends the run as an exception of its own, with a report that can be read. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['exits from __str__', 'class E(Exception):\n    def __str__(self): raise SystemExit(0)\ndef f(x):\n    raise E()\n'],
  [
    'a message with methods of its own',
    'class T(str):\n    def __getitem__(self, key): return 7\n    def encode(self, *a): return 7\n    def __len__(self): return -1\nclass E(Exception):\n    def __str__(self): return T("m")\ndef f(x):\n    raise E()\n',
  ],
  [
    'an exception that is equal to all, and false',
    'class E(Exception):\n    def __eq__(self, other): return True\n    def __bool__(self): return False\n    __hash__ = None\ndef f(x):\n    try:\n        raise E()\n    except E as e:\n        raise E() from e\n',
  ],
  [
    'a metaclass with a name of its own',
    'class M(type):\n    __name__ = property(lambda c: 1 / 0)\n    __module__ = property(lambda c: 1 / 0)\n    def __getattribute__(c, n):\n        if is_up: raise SystemExit(0)\n        return type.__getattribute__(c, n)\nis_up = False\nclass A(metaclass=M): pass\ndef f(x):\n    global is_up\n    a, is_up = A(), True\n    raise ValueError(1)\n',
  ],
  [
    'a class that says it is another',
    'class A:\n    __class__ = property(lambda self: exit())\n    __eq__ = __repr__ = __hash__ = __len__ = __class__\ndef f(x):\n    a, b, c = A(), [A()], {"k": A()}\n    raise ValueError(1)\n',
  ],
  [
    'a signature that exits',
    'import textwrap\nclass S:\n    def __get__(self, *a): raise SystemExit(0)\ntextwrap.shorten.__signature__ = property(lambda s: exit())\ndef f(x):\n    return textwrap.shorten(x)\n',
  ],
  [
    'a module that answers for all names',
    'import sys, types\nm = types.ModuleType("json.fake")\nm.__getattr__ = lambda n: exit()\nm.__file__ = sys.prefix + "/x.py"\ndef f(x):\n    raise ImportError(name=m.__name__)\n',
  ],
  [
    'a planted array',
    'import sys, types\nm = sys.modules["numpy"] = types.ModuleType("numpy")\nclass ndarray:\n    __module__ = "numpy"\n    shape = property(lambda self: exit())\n    tolist = None\nm.ndarray = ndarray\ndef f(x):\n    a = ndarray()\n    raise ValueError(1)\n',
  ],
  [
    'a planted array of an endless shape',
    'import itertools, sys, types\nm = sys.modules["numpy"] = types.ModuleType("numpy")\nclass ndarray:\n    __module__ = "numpy"\n    shape = (10**5000, "x")\n    dtype = "d" * 10**7\nm.ndarray = ndarray\ndef f(x):\n    a = ndarray()\n    raise ValueError(1)\n',
  ],
  [
    'a million of everything',
    'def f(x):\n    a, b, c = set(range(10**6)), dict.fromkeys(range(10**6)), "x" * 10**7\n    raise ValueError(1)\n',
  ],
  ['a name of ten million letters', 'globals()["a" * 10**7] = 1\nglobals()[5] = 2\nraise ValueError(1)\n'],
  ['a class of a long name', 'A = type("A" * 10**7, (ValueError,), {})\ndef f(x):\n    raise A("b" * 10**7)\n'],
  ['lists within lists', 'def f(x):\n    a = []\n    for _ in range(10**5): a = [a]\n    raise ValueError(1)\n'],
  ['a list of itself', 'def f(x):\n    a = []\n    a.append(a)\n    b = {}\n    b["b"] = b\n    raise ValueError(1)\n'],
  ['lone surrogates', 'def f(x):\n    a = "\\ud800"\n    raise ValueError(a)\n'],
  [
    'frames of its own',
    'exec(compile("def g():\\n    raise ValueError(1)", "/etc/passwd", "exec"))\nexec(compile("def h():\\n    g()", "test.py", "exec"))\ndef f(x):\n    h()\n',
  ],
];

const EXPECTED = 'assert f(1) == 4711';

/** A program at its worst while its failure is traced: no verdict changes, nothing is reached, no clock runs out. */
export function traceSafetyTests({ grading, run }: Bench): void {
  test.each(HOSTILE)('fails by its exception, soon: %s', async (_, program) => {
    const report = await run(program, 'assert f(1) == 2');
    expect(report.endOfRun).toBe('exception');
    expect(judge(report)).toBe('fail');
    expect(JSON.stringify({ ...report, stdout: null, stderr: null }).length).toBeLessThan(40_000);
  });

  test.each([
    ['loops', 'while True: pass', 'cpu-time'],
    ['leaves', 'import os; os._exit(0)', 'exit'],
  ])('a planted array that %s ends the run by its own end', async (_, body, endOfRun) => {
    const program = `import sys, types
m = sys.modules["numpy"] = types.ModuleType("numpy")
class ndarray:
    __module__ = "numpy"
    @property
    def shape(self):
        ${body}
m.ndarray = ndarray
def f(x):
    a = ndarray()
    raise ValueError(1)
`;
    const report = await run(program, 'assert f(1) == 2', { limits: { cpuSeconds: 1 } });
    expect(report.endOfRun).toBe(endOfRun);
    expect(judge(report)).toBe('fail');
  });

  test('of what an assertion compares a program finds nothing that it was not handed', async () => {
    // In one process it may look into the test's module at any time; in two it has none to look into.
    const looking = `import sys, threading
seen = set()
def look():
    for name, value in list(vars(sys.modules["__main__"]).items()):
        if name.startswith(("__left", "__right")) and value is not ...:
            seen.add(f"{name}={value}")
class A(int):
    def __hash__(self): look(); return 1
    def __add__(self, other): look(); return 1
    __radd__ = __neg__ = __add__
    def __neg__(self): look(); return 1
def f(x):
    look()
    return sorted(seen) if x == "seen" else A(4711) if x == "own" else x
`;
    const source = `own = f("own")
for _ in range(2):
    assert f(4711) == 4711
    assert f(4712) < 5000
    assert (1, 2) != own + 1
    assert {1} != {own}
    assert 4713 != -own
    try:
        assert len(f("x")) == 2
    except AssertionError:
        pass
assert f("seen") == []
`;
    const report = await run(looking, source);
    const got = report.failure?.got ?? '';
    // The one that did not hold has failed the run already: its sides are kept for the report.
    expect(got.replaceAll(/'__(?:left|right)_9_8__=\d'(?:, )?/g, '')).toBe(grading === 'isolated' ? '' : '[]');
    expect(judge(report)).toBe('fail');
    expect(judge(await run(looking, `assert f(2) == 2\nassert f("seen") == []`))).toBe('pass');
  });

  test('names like those of kept sides, taken by a program, change no verdict', async () => {
    const taking = `import sys
__left_1_0__ = __right_1_0__ = 4711
def f(x):
    vars(sys.modules["__main__"]).update(__left_1_0__=4711, __right_1_0__=4711)
    return 0
`;
    expect(judge(await run(taking, EXPECTED))).toBe('fail');
  });
}
