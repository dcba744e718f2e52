import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

type Row = readonly [what: string, program: string, test: string];

const TWICE = 'assert all(a == b for a, b in zip(out, [2, 4, 6]))';
const returning = (methods: string) => `class L:\n${methods}\ndef f(x):\n    return L()\n`;
const holding = (methods: string) =>
  `class L:\n    def __init__(self, items): self.items = items\n${methods}\ndef f(x):\n    return L(x)\n`;
const LEN = '    def __len__(self): return len(self.items)\n';
const ITEM = '    def __getitem__(self, i): return self.items[i]\n';
const ITER = '    def __iter__(self): return iter(self.items)\n';
/** Tells its length once, and then that it has nothing; or the other way round. */
const adapting = (lengths: string) =>
  returning(
    `    said = ${lengths}\n    def __len__(self): return self.said.pop(0)\n    def __iter__(self): return iter(())`,
  );

const LYING_LENGTHS: readonly Row[] = [
  [
    'tells another length once it is gone through',
    adapting('[3, 0, 0]'),
    `out = f([1, 2, 3])\nassert len(out) == 3\n${TWICE}`,
  ],
  [
    'tells its length when it was gone through',
    adapting('[0, 3]'),
    `out = f([1, 2, 3])\n${TWICE}\nassert len(out) == 3`,
  ],
  [
    'tells another length to a loop over places',
    adapting('[3, 0]'),
    'out = f([1, 2, 3])\nassert len(out) == 3\nfor i in range(len(out)): assert out[i] == 2 * (i + 1)',
  ],
  [
    'has no item at any place',
    returning('    def __len__(self): return 3\n    def __getitem__(self, i): raise IndexError'),
    `out = f([1, 2, 3])\nassert len(out) == 3\n${TWICE}`,
  ],
  [
    'has none from the last on',
    returning('    def __len__(self): return 3\n    def __getitem__(self, i): raise IndexError'),
    'out = f([1, 2, 3])\nassert len(out) == 3\nassert all(a == b for a, b in zip(reversed(out), [6, 4, 2]))',
  ],
  [
    'gives none backwards',
    returning('    def __len__(self): return 3\n    def __reversed__(self): return iter(())'),
    'out = f([1, 2, 3])\nassert len(out) == 3\nassert all(a == b for a, b in zip(reversed(out), [6, 4, 2]))',
  ],
  [
    'says as it is looked at that a function of the test has changed its length',
    'class L:\n    def __init__(self, now): self.now = now\n    def __len__(self): return self.now()\n    def __iter__(self): return iter(range(self.now()))\ndef f(x):\n    return L(x)\n',
    'now = [2]\nout = f(lambda: now[0])\nassert len(out) == 2\nnow[0] = 0\nassert all(a == b for a, b in zip(out, [1, 2]))',
  ],
];

const HONEST_LENGTHS: readonly Row[] = [
  [
    'fills as it is gone through',
    holding(
      `    seen = 0\n    def __len__(self): return self.seen\n    def __iter__(self):\n        for item in self.items:\n            self.seen += 1\n            yield item`,
    ),
    'out = f([1, 2])\nassert list(out) == [1, 2]\nassert len(out) == 2',
  ],
  [
    'has items at places alone',
    holding(LEN + ITEM),
    'out = f([1, 2])\nassert len(out) == 2 and list(out) == [1, 2] and list(reversed(out)) == [2, 1] and 2 in out',
  ],
  [
    'changes between two looks',
    holding(
      `${LEN}${ITER}    def add(self, x): self.items.append(x)\n    def __delitem__(self, i): del self.items[i]\n`,
    ),
    'out = f([])\nassert len(out) == 0\nout.add(7)\nassert list(out) == [7]\ndel out[0]\nassert len(out) == 0 and list(out) == []',
  ],
  [
    'grows while it is gone through',
    holding(`${LEN}${ITER}    def add(self, x): self.items.append(x)\n`),
    'out = f([1])\nassert len(out) == 1\nfor x in out:\n    if x < 3: out.add(x + 1)\nassert len(out) == 3',
  ],
  [
    'changes as another one is gone through',
    'class L:\n    items = []\n    def __len__(self): return len(self.items)\n    def __iter__(self): return iter(self.items)\ndef f(x):\n    log = L()\n    return log, (log.items.append(i) for i in range(x))\n',
    'log, steps = f(2)\nassert len(log) == 0\nassert len(list(steps)) == 2\nassert list(log) == [0, 1]',
  ],
  [
    'tells what is left of it',
    holding(`${LEN}    def __iter__(self): return self\n    def __next__(self): return self.items.pop()\n`),
    'out = f([1, 2])\nassert len(out) == 2 and next(out) == 2 and len(out) == 1',
  ],
  [
    'grows between two calls of a function of the test',
    'class L:\n    def __init__(self): self.items = []\n    def __len__(self): return len(self.items)\n    def fill(self, fn):\n        for i in range(3):\n            self.items.append(i)\n            fn(i)\ndef f(x):\n    return L()\n',
    'out, seen = f(1), []\nout.fill(lambda i: seen.append(len(out) - i))\nassert seen == [1, 1, 1]',
  ],
  [
    'forgets while the test waits',
    'import time\nclass L:\n    def __init__(self): self.end = time.monotonic() + 0.1\n    def __len__(self): return int(time.monotonic() < self.end)\n    def __iter__(self): return iter(range(len(self)))\ndef f(x):\n    return L()\n',
    'import threading\nout = f(1)\nassert len(out) == 1\nthreading.Event().wait(0.2)\nassert len(out) == 0 and list(out) == []',
  ],
];

/** A context manager that closes itself, and swallows whatever ended its block. */
const swallowing = (rows: string) =>
  `class M:\n    closed = False\n    def __enter__(self): return self\n    def __exit__(self, *why):\n        self.closed = True\n        return True\n    def rows(self): ${rows}\ndef f(x):\n    return M()\n`;
const AFTERWARDS = '\nassert m.closed';

const SWALLOWED: readonly Row[] = [
  [
    'before an assertion',
    swallowing('raise ValueError'),
    `m = f("db")\nwith m as c:\n    rows = c.rows()\n    assert rows == [1, 2]${AFTERWARDS}`,
  ],
  [
    'within one',
    swallowing('raise ValueError'),
    `m = f("db")\nwith m as c:\n    assert c.rows() == [1, 2]${AFTERWARDS}`,
  ],
  [
    'of the test’s, about what came',
    swallowing('return None'),
    `m = f("db")\nwith m as c:\n    rows = c.rows()\n    first = rows[0]\n    assert first == 1${AFTERWARDS}`,
  ],
  [
    'in a helper that would have asserted',
    swallowing('raise ValueError'),
    `def check(c):\n    rows = c.rows()\n    assert rows == [1, 2]\nm = f("db")\nwith m as c:\n    check(c)${AFTERWARDS}`,
  ],
  [
    'of an assertion by call',
    swallowing('return 3'),
    `import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        m = f("db")\n        with m as c:\n            self.assertEqual(c.rows(), [1, 2])\n        self.assertTrue(m.closed)`,
  ],
  [
    'of one that nobody wrote in the block',
    swallowing('return 3'),
    `import unittest\nsame = unittest.TestCase().assertEqual\nm = f("db")\nwith m as c:\n    same(c.rows(), [1, 2])${AFTERWARDS}`,
  ],
  [
    'by way of a stack',
    swallowing('raise ValueError'),
    `import contextlib\nm = f("db")\nwith contextlib.ExitStack() as stack:\n    c = stack.enter_context(m)\n    assert c.rows() == [1, 2]${AFTERWARDS}`,
  ],
  [
    'about a length that is none',
    swallowing('return L()\nclass L:\n    def __len__(self): return 2\n    def __iter__(self): return iter(())'),
    `def same(a, b): return all(x == y for x, y in zip(a, b))\nm = f("db")\nwith m as c:\n    is_same = same(c.rows(), [1, 2])${AFTERWARDS}`,
  ],
];

const LET_GO: readonly Row[] = [
  [
    'raised by the test',
    swallowing('pass'),
    `done = []\nm = f(1)\nwith m:\n    assert not m.closed\n    done.append(1)\n    1 / 0\n    done.append(2)\nassert done == [1]${AFTERWARDS}`,
  ],
  [
    'raised by the program',
    swallowing('raise ValueError'),
    `m = f(1)\nwith m as c:\n    assert not c.closed\n    c.rows()${AFTERWARDS}`,
  ],
  [
    'with an assertion in a block around it',
    swallowing('raise ValueError'),
    `import contextlib, io\nm = f(1)\nwith contextlib.redirect_stdout(io.StringIO()):\n    with m as c:\n        c.rows()\n    assert m.closed`,
  ],
  [
    'in front of what is not to be reached',
    swallowing('pass'),
    `m = f(1)\nwith m:\n    raise KeyError\n    assert False, "not reached"${AFTERWARDS}`,
  ],
  [
    'and handed over by hand',
    swallowing('pass'),
    'm = f(1)\nassert m.__exit__(AssertionError, AssertionError(), None) is True and m.closed',
  ],
];

/** What a stand-in does not believe of the object that it stands for. */
export function standInTests({ run }: Bench): void {
  describe('stand-ins', () => {
    test.each(LYING_LENGTHS)('no pass: an object that %s', async (_, program, source) => {
      const report = await run(program, source);
      expect(judge(report)).toBe('fail');
      expect(report.exception?.type).toMatch(/CannotCross|IndexError/);
    });

    test.each(HONEST_LENGTHS)('pass: an object that %s', async (_, program, source) => {
      const report = await run(program, source);
      expect(report.exception).toBeNull();
      expect(judge(report)).toBe('pass');
    });

    test.each(SWALLOWED)('no context manager swallows an exception %s', async (_, program, source) => {
      expect(judge(await run(program, source))).toBe('fail');
    });

    test.each(LET_GO)('a context manager swallows an exception %s', async (_, program, source) => {
      const report = await run(program, source);
      expect(report.exception).toBeNull();
      expect(judge(report)).toBe('pass');
    });

    test.each([
      ['a method', 'all(map(o.check, [2, 3]))'],
      ['a function that it returned', 'all(map(o.made, [2, 3]))'],
      ['a property', 'all(map(lambda each: each.is_prime, [o, o]))'],
      ['a text of itself', 'all(text == "o" for text in map(str, [o, o]))'],
      ['an item', 'all(map(o.__getitem__, [2, 3]))'],
    ])('the end of an iterator is none where it comes from %s', async (_, condition) => {
      const program =
        'class O:\n    def check(self, n): raise StopIteration\n    made = staticmethod(lambda n: next(iter(())))\n    __getitem__ = check\n    def __str__(self): raise StopIteration\n    is_prime = property(__str__)\ndef f(x):\n    return O()\n';
      const report = await run(program, `o = f(1)\nassert ${condition}`);
      expect(judge(report)).toBe('fail');
      expect(report.exception).toMatchObject({ type: 'RuntimeError', phase: 'candidate' });
    });

    test('in a function that is called back the test has texts of objects, and libraries their class', async () => {
      const program =
        'class O:\n    def __str__(self): return "told"\n    __repr__ = __str__\ndef f(fn):\n    return fn(O())\n';
      const source =
        'import pprint\nassert f(lambda o: (str(o), repr(o), f"{o}", "%s" % o)) == ("told",) * 4\nassert f(pprint.pformat) == "<O object>"\nassert f(lambda o: pprint.pformat([o])) == "[<O object>]"\nassert pprint.pformat(f(lambda o: o)) == "told"';
      const report = await run(program, source);
      expect(report.exception).toBeNull();
      expect(judge(report)).toBe('pass');
    });

    test('an object of a class that derives from data is of that to isinstance, and can be put behind such data', async () => {
      const program =
        'import enum\nfrom collections import OrderedDict, UserList\nfrom typing import NamedTuple\nclass f(list):\n    def top(self): return self[-1]\nclass Name(str):\n    def short(self): return self[0]\nclass Count(int):\n    def __radd__(self, other): return Count(other * 100 + int(self))\nclass Cache(OrderedDict):\n    def get(self, key): return self[key]\nclass Point(NamedTuple):\n    x: int\n    def up(self): return Point(self.x + 1)\n';
      const source =
        'import copy\nstack, name, count, cache, point = f([1, 2]), Name("xy"), Count(7), Cache(a=1), Point(1)\nassert isinstance(stack, list) and isinstance(stack, f) and not isinstance(stack, (dict, str)) and [0] + stack == [0, 1, 2] and stack + [3] == [1, 2, 3]\nassert isinstance(name, str) and isinstance(name, Name) and "x" + name == "xxy" and name + "z" == "xyz" and stack.top() == 2\nassert isinstance(count, int) and 1 + count == 107 and isinstance(cache, dict) and isinstance(cache, Cache) and cache.get("a") == 1\nassert isinstance(point, tuple) and isinstance(point, Point) and (0,) + point == (0, 1) and type(stack).__name__ == stack.__class__.__name__ == "f"\nassert type(stack) is f and isinstance(f([]), list) and issubclass(type(stack), f)\ntry:\n    (0,) + stack\n    assert False\nexcept TypeError as error:\n    pass\nstack._data = name\nprint(name, stack)\nassert stack._data.short() == "x" and stack.__class__([5]) == [5]';
      const report = await run(program, source, { entryKind: 'class' });
      expect(report.exception).toBeNull();
      expect(judge(report)).toBe('pass');
    });

    test('an object under test was not called where it was only looked at', async () => {
      const program =
        'class C:\n    def __call__(self, x): return x\n    def __len__(self): return 2\n    def __iter__(self): return iter([self(1), self(2)])\nf = C()\n';
      const report = await run(program, 'assert len(f) == 2 and list(f) == [1, 2]');
      expect([judge(report), report.entered]).toEqual(['unverified', false]);
    });
  });
}
