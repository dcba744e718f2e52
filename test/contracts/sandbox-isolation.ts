import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { EntryKind } from '../../domain/prelude.js';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

/** A copy: a list that is sent back itself would be the test's own again. */
const COPY = 'import copy\ndef f(x):\n    return copy.deepcopy(x)\n';

/** Compares as strictly as can be: types, order of keys, signs of zeros, and NaN with NaN. */
const SAME = `
def same(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return made(a) == made(b) and len(a) == len(b) == len([*b]) and all(same(p, q) for p, q in zip(a.items(), b.items()))
    if isinstance(a, (set, frozenset)):
        return a == b or sorted(map(repr, a)) == sorted(map(repr, b))
    if isinstance(a, (list, tuple, deque)):
        return len(a) == len(b) and made(a) == made(b) and all(same(p, q) for p, q in zip(a, b))
    return repr(a) == repr(b) if isinstance(a, (float, complex)) else a == b
def made(a):
    return getattr(a, "maxlen", None), getattr(a, "default_factory", None)
`;

/** Source of a Python value that can be hashed. */
const atoms = fc.oneof(
  fc.bigInt().map(String),
  fc.constantFrom('True', 'False', 'None', '...', '-0.0', 'float("nan")', 'float("-inf")', '10**5000', '(1-2j)'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => `float("${x}")`),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => `bytes(${JSON.stringify([...bytes])})`),
  fc.constantFrom('range(1, 9, 2)', '"\\ud800"', '()', 'frozenset({1, 2})', 'Decimal("1.10")', 'Fraction(1, 3)'),
  fc.constantFrom('datetime(2024, 2, 29, 1, 2, 3)', 'date(1, 1, 1)', 'timedelta(1, 2, 3)', 'int', 'NotImplemented'),
);
/** Source of any Python value that is data. */
const values: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => {
  const items = fc.array(tie('value'), { maxLength: 3 });
  const hashed = fc.array(atoms, { maxLength: 3 });
  return {
    value: fc.oneof(
      { maxDepth: 4 },
      atoms,
      items.map((all) => `[${all.join(', ')}]`),
      items.map((all) => `(${all.map((one) => `${one}, `).join('')})`),
      hashed.map((all) => `{*[${all.join(', ')}]}`),
      fc.array(fc.tuple(atoms, tie('value')), { maxLength: 3 }).map((all) => `dict([${all.map(pair).join(', ')}])`),
      items.map((all) => `deque([${all.join(', ')}])`),
      items.map((all) => `deque([${all.join(', ')}], 2)`),
      items.map((all) => `defaultdict(list, {1: [${all.join(', ')}]})`),
      hashed.map((all) => `Counter([${all.join(', ')}])`),
      fc.constantFrom('bytearray(b"ab")', 'OrderedDict(b=1, a=2)', 'slice(1, None, -2)'),
    ),
  };
}).value;
const pair = ([key, value]: [string, string]): string => `(${key}, ${value})`;
const IMPORTS =
  'from collections import *\nfrom datetime import *\nfrom decimal import Decimal\nfrom fractions import Fraction\n';

/** What crosses between a candidate and its grader, and how. A test that holds says so by its own assertions. */
const HOLDS: readonly (readonly [what: string, program: string, test: string, kind?: EntryKind, prelude?: string])[] = [
  [
    'mutated arguments are mutated, with their aliases and cycles',
    'def f(x, table):\n    x[0].append(5)\n    table["n"] = x\n    x.append(x)\n    return x[0]\n',
    'inner = []\nouter, table = [inner], {}\nresult = f(outer, table)\nassert inner == [5] and result is inner\nassert table["n"] is outer and outer[1] is outer',
  ],
  [
    'an argument of which only an inner part changes',
    'def f(x):\n    x["a"][1].add(9)\n    x["b"].extend(b"z")\n',
    'x = {"a": (0, {1}), "b": bytearray()}\nf(x)\nassert x == {"a": (0, {1, 9}), "b": bytearray(b"z")}',
  ],
  [
    "functions of the test are called back, with exceptions both ways, and candidates' functions come back as themselves",
    'def f(g):\n    try:\n        return g(lambda x: x + 1)\n    except KeyError as error:\n        raise ValueError(str(error))\n',
    'assert f(lambda h: h(1)) == 2\nkept = []\nf(kept.append)\nassert kept[0](5) == 6 and f(lambda h: h) is not None\ndef fail(h): raise KeyError("no")\ntry:\n    f(fail)\n    assert False\nexcept ValueError as error:\n    assert error.args == ("\'no\'",)',
  ],
  [
    'generators are lazy, and end as they end',
    'def f(n):\n    for i in range(n):\n        got = yield i\n        if got: yield got\n    raise ValueError("over")\n',
    'gen = f(2)\nassert next(gen) == 0 and gen.send("x") == "x" and next(gen) == 1\ntry:\n    next(gen)\n    assert False\nexcept ValueError as error:\n    assert str(error) == "over"\nassert list(zip(f(10), "ab")) == [(0, "a"), (1, "b")]',
  ],
  [
    'objects: attributes, methods, operators, inheritance, context managers',
    'class Base:\n    kind = "base"\n    def name(self): return type(self).__name__\nclass f(Base):\n    def __init__(self, n): self.n = n\n    def __len__(self): return self.n\n    def __getitem__(self, i): return i * self.n\n    def __add__(self, other): return f(self.n + other.n)\n    def __contains__(self, x): return x == self.n\n    def __enter__(self): return self\n    def __exit__(self, *why): return why[0] is KeyError\n    def __repr__(self): return f"f({self.n})"\n    @property\n    def double(self): return 2 * self.n\n    @staticmethod\n    def make(): return f(1)\n',
    'a, b = f(2), f(3)\nassert (a + b).n == 5 and len(a) == 2 and b[4] == 12 and 2 in a and 9 not in a and repr(b) == "f(3)"\nassert a.double == 4 and f.make().n == 1 and f.kind == "base" and a.name() == "f" and isinstance(a, f)\na.n = 7\nassert a.double == 14 and hasattr(a, "n") and not hasattr(a, "m")\nwith a: raise KeyError\nassert Base is not f and isinstance(a, Base)',
    'class',
  ],
  [
    'exceptions keep class, bases, arguments and text',
    'class Odd(LookupError):\n    pass\ndef f(x):\n    raise Odd("no", x)\n',
    'try:\n    f([1])\nexcept LookupError as error:\n    assert error.args == ("no", [1]) and type(error).__name__ == "Odd"\ntry:\n    f(2)\nexcept Odd:\n    caught = True\nassert caught',
  ],
  [
    'what is printed is caught where the test catches it',
    'def f(x):\n    print("got", x)\n',
    'import io\nfrom contextlib import redirect_stdout\nwith redirect_stdout(io.StringIO()) as out:\n    f(1)\nassert out.getvalue() == "got 1\\n"',
  ],
  [
    'named tuples have their fields; enumerations equal themselves',
    'import collections, enum\nPoint = collections.namedtuple("Point", "x y")\nclass Colour(enum.Enum):\n    RED = 1\ndef f(x):\n    return Point(x, Colour.RED)\n',
    'assert f(1).x == 1 and f(1)[0] == 1 and f(2).y == Colour.RED and f(2).y is f(3).y and f(2).y.name == "RED"',
  ],
  [
    'subclasses of data are data',
    'import enum\nclass L(list): pass\nclass N(enum.IntEnum):\n    ONE = 1\ndef f(x):\n    return L([N.ONE, x])\n',
    'assert f(2) == [1, 2] and type(f(2)) is list and type(f(2)[0]) is int',
  ],
  [
    'constants of the candidate',
    'LIMIT = [3, 4]\ndef f(x):\n    return x in LIMIT\n',
    'assert f(LIMIT[0]) and not f(5)',
  ],
  [
    'threads of the program call a function of the test, at the same time',
    'from concurrent.futures import ThreadPoolExecutor\ndef f(fn, xs):\n    with ThreadPoolExecutor(4) as pool:\n        return list(pool.map(fn, xs))\n',
    'import threading\ntogether = threading.Barrier(4)\nassert f(lambda x: together.wait(5) * 0 + x * x, [1, 2, 3, 4]) == [1, 4, 9, 16]\nfor _ in range(20): assert f(lambda x: x + 1, range(8)) == list(range(1, 9))',
  ],
  [
    'threads of the test call the program, and one waits there for another',
    'import threading\nclass f:\n    def __init__(self): self.items, self.news = [], threading.Condition()\n    def put(self, x):\n        with self.news:\n            self.items.append(x)\n            self.news.notify()\n    def get(self):\n        with self.news:\n            self.news.wait_for(lambda: self.items)\n            return self.items.pop(0)\n',
    'import threading\nqueue, got = f(), []\nlater = threading.Timer(0.05, queue.put, [7])\nlater.start()\nassert queue.get() == 7\nthreads = [threading.Thread(target=lambda: got.append(queue.get())) for _ in range(4)]\nfor thread in threads: thread.start()\nfor number in range(4): queue.put(number)\nfor thread in threads: thread.join()\nassert sorted(got) == [0, 1, 2, 3]',
  ],
  [
    "an answer that comes when nobody waits for it any more is nobody's",
    'import threading\ndef f(fn, seconds):\n    def call(*args):\n        out = []\n        thread = threading.Thread(target=lambda: out.append(fn(*args)))\n        thread.start()\n        thread.join(seconds)\n        if not out: raise TimeoutError\n        return out[0]\n    return call\n',
    'import threading\ngo_on, ended = threading.Event(), threading.Event()\ndef slow(x):\n    go_on.wait(5)\n    ended.set()\n    return x\ntry:\n    f(slow, 0.05)(1)\n    assert False\nexcept TimeoutError:\n    go_on.set()\nquick = f(lambda x: x + 1, 5)\nassert quick(1) == 2 and ended.wait(5) and quick(2) == 3',
  ],
  [
    'a timer of the program calls back when its function is over',
    'import threading\ndef f(fn):\n    threading.Timer(0.05, fn, [3]).start()\n    return fn\n',
    'import threading\ncalled, got = threading.Event(), []\nf(lambda x: (got.append(x), called.set()))\nassert called.wait(5) and got == [3]',
  ],
  [
    "a signal interrupts a call, whose answer is nobody's then",
    'import time\ndef f(x):\n    time.sleep(x)\n    return x\n',
    'import signal\nclass Late(Exception): pass\ndef late(*_): raise Late\nsignal.signal(signal.SIGALRM, late)\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\ntry:\n    f(0.3)\n    assert False\nexcept Late:\n    pass\nassert f(0) == 0 and f(0.1) == 0.1',
  ],
  [
    'an exception among the arguments, and a result that has a list in two places',
    'def f(errors):\n    boxes = [[1, 2], [3, 4]]\n    return {"boxes": boxes, "best": boxes[0]}\n',
    'error = ValueError("no")\nerror.code = 7\nfound = f([error, error])\nassert found["best"] == [1, 2] and found["best"] is found["boxes"][0]',
  ],
  [
    'a function of the test is the same one each time, and methods of its objects are',
    'class Events:\n    def __init__(self): self.handlers = []\n    def on(self, fn): self.handlers.append(fn)\n    def off(self, fn): self.handlers.remove(fn)\n    def emit(self, x):\n        for fn in self.handlers: fn(x)\ndef f():\n    return Events()\n',
    'events, seen = f(), []\ndef note(x): seen.append(-x)\nevents.on(seen.append)\nevents.on(note)\nevents.emit(1)\nevents.off(seen.append)\nevents.emit(2)\nassert seen == [1, -1, -2]\nevents.off(note)\nevents.emit(3)\nassert seen == [1, -1, -2]',
  ],
  [
    'a function of the test has its name and its parameters',
    'import functools, inspect\ndef f(fn):\n    names = [(p.name, p.kind.name, p.default is not p.empty) for p in inspect.signature(fn).parameters.values()]\n    @functools.wraps(fn)\n    def wrapper(*args, **kwargs):\n        return fn(*args, **kwargs)\n    return fn.__name__, inspect.isfunction(fn), names, wrapper\n',
    'import inspect\ndef area(width, *, height=3): return width * height\nname, is_function, names, wrapper = f(area)\nassert name == "area" and is_function\nassert names == [("width", "POSITIONAL_OR_KEYWORD", False), ("height", "KEYWORD_ONLY", True)]\nassert wrapper(2) == 6 and wrapper(2, height=1) == 2 and wrapper.__name__ == "area"\nassert list(inspect.signature(wrapper).parameters) == ["width", "height"]',
  ],
  [
    'a class that derives from data has its methods, and equals what its data equals',
    'from collections import OrderedDict\nfrom typing import NamedTuple\nclass f(OrderedDict):\n    def __init__(self, room):\n        super().__init__()\n        self.room = room\n    def get(self, key):\n        if key not in self: return -1\n        self.move_to_end(key)\n        return self[key]\n    def put(self, key, value):\n        self[key] = value\n        self.move_to_end(key)\n        if len(self) > self.room: self.popitem(last=False)\nclass Point(NamedTuple):\n    x: int\n    y: int = 0\n    def plus(self, other): return Point(self.x + other.x, self.y + other.y)\nclass Plain(list): pass\nclass Stack(list):\n    def push(self, item): self.append(item)\n    @property\n    def top(self): return self[-1]\ndef plain(): return Plain([1, 2])\n',
    'cache = f(2)\nfor key in "aba": cache.put(key, ord(key))\ncache.put("c", 1)\nassert cache.get("b") == -1 and cache.get("a") == 97 and len(cache) == 2 and "c" in cache\nassert list(cache) == ["c", "a"] and cache == {"a": 97, "c": 1} and dict(cache) == {"a": 97, "c": 1} and cache.room == 2\np = Point(3).plus(Point(1, 4))\nassert p == (4, 4) and (4, 4) == p and p == Point(4, 4) and p != Point(4, 5) and p.x == 4 and p[1] == 4 and {p: 1}[(4, 4)] == 1\nx, y = p\nassert x == y == 4 and isinstance(p, Point) and str(p) == "Point(x=4, y=4)"\nstack = Stack([1])\nstack.push(2)\nassert stack.top == 2 and stack == [1, 2] and stack != [1] and stack[::-1] == [2, 1] and isinstance(stack, Stack)\nassert type(plain()) is list and plain() == [1, 2]',
    'class',
  ],
  [
    'exceptions are of all their bases, and have what their classes give them',
    'class AppError(Exception): pass\nclass Missing(AppError, KeyError): pass\nclass Both(KeyError, AttributeError): pass\nclass TooBig(ValueError):\n    code = 413\n    limits = {"most": [1, 2]}\n    def __init__(self, size):\n        super().__init__(f"{size} is too big")\n        self.size = size\n    @property\n    def over(self): return self.size - 1\n    @property\n    def broken(self): raise KeyError\nclass Gigantic(TooBig):\n    code = 414\ndef f(kind, *args):\n    raise {"missing": Missing, "both": Both, "big": TooBig, "gigantic": Gigantic}[kind](*args)\n',
    'def caught(expected, *args):\n    try:\n        f(*args)\n    except expected as error:\n        return error\nfor expected in (KeyError, AppError, LookupError, Missing): assert caught(expected, "missing", 1).args == (1,)\nfor expected in (KeyError, AttributeError, Both): assert type(caught(expected, "both")).__name__ == "Both"\nbig = caught(ValueError, "big", 3)\nassert (big.code, big.size, big.over, big.limits, str(big)) == (413, 3, 2, {"most": [1, 2]}, "3 is too big")\nassert caught(TooBig, "gigantic", 3).code == 414 and not hasattr(big, "broken")',
  ],
  [
    'an exception has its cause',
    'class Wrong(Exception): pass\ndef f(text):\n    try:\n        return int(text)\n    except ValueError as error:\n        raise Wrong(text) from error\n',
    'try:\n    f("x")\n    assert False\nexcept Wrong as error:\n    assert type(error.__cause__) is ValueError and "invalid literal" in str(error.__cause__) and error.args == ("x",)',
  ],
  [
    'a deque keeps its longest length, and a dict makes the values that are missing',
    'from collections import defaultdict, deque\ndef f(last, counts):\n    for number in range(4): last.append(number)\n    counts["a"] += 2\n    return deque(maxlen=1), defaultdict(list), defaultdict(lambda: 7)\n',
    'from collections import defaultdict, deque\nlast, counts = deque([9], maxlen=3), defaultdict(lambda: 5)\nshort, lists, sevens = f(last, counts)\nassert last == deque([1, 2, 3]) and last.maxlen == 3 and counts == {"a": 7}\nshort.extend([1, 2])\nlists["x"].append(1)\nassert list(short) == [2] and lists == {"x": [1]} and sevens["y"] == 7',
  ],
  [
    'attributes of a class and of its objects are set and deleted where they are',
    'class f:\n    total = 0\n    def __init__(self): type(self).total += 1\n    def seen(self): return sorted(vars(self))\n',
    'from unittest.mock import patch\nf.total = 5\none = f()\nassert f.total == 6 and one.total == 6\none.name = "x"\nassert one.seen() == ["name"]\ndel one.name\nassert one.seen() == [] and not hasattr(one, "name")\nwith patch.object(f, "seen", lambda self: "patched"): assert one.seen() == "patched"\nassert one.seen() == []',
    'class',
  ],
  [
    "every operator is the program's",
    'class f:\n    def __init__(self, *names): self.names = set(names)\n    def __or__(self, other): return f(*self.names, *other.names)\n    def __and__(self, other): return f(*(self.names & other.names))\n    def __rlshift__(self, other): return other + len(self.names)\n    def __rtruediv__(self, other): return other / len(self.names)\n    def __rpow__(self, other): return other ** len(self.names)\n    def __divmod__(self, other): return divmod(len(self.names), other)\n    def __ixor__(self, other):\n        self.names ^= other.names\n        return self\n    def all(self): return sorted(self.names)\n',
    'a, b = f("x", "y"), f("y", "z")\nassert (a | b).all() == ["x", "y", "z"] and (a & b).all() == ["y"] and (1 << a) == 3 and 8 / a == 4 and 3 ** a == 9 and divmod(a, 2) == (1, 0)\nkept = a\na ^= b\nassert a is kept and a.all() == ["x", "z"]',
    'class',
  ],
  [
    'an AssertionError that a function of the test raises itself, or hands on, crosses with its text',
    'def inner(): assert False, "the program\'s"\ndef f(fn):\n    try:\n        return fn(inner)\n    except AssertionError as error:\n        return str(error)\n',
    'def fail(_): raise AssertionError("the test\'s")\nassert f(fail) == "the test\'s"\nassert f(lambda g: g()) == "the program\'s"',
  ],
  [
    "an AssertionError that comes of no assertion of the test's is the program's to catch",
    'def f(fn):\n    for _ in range(2):\n        try:\n            return fn()\n        except AssertionError as error:\n            why = str(error)\n    return why\n',
    'from unittest.mock import Mock\nassert f(Mock(side_effect=[AssertionError("flaky"), 5])) == 5\nassert f(checked) == "too few"',
    'function',
    'def checked():\n    assert False, "too few"\n',
  ],
  [
    'warnings of the program are caught where the test catches warnings',
    'import warnings\nclass Odd(UserWarning): pass\ndef f(x):\n    warnings.warn("old", DeprecationWarning)\n    warnings.warn(Odd(f"odd {x}"))\n    print("done")\n    with warnings.catch_warnings():\n        warnings.simplefilter("ignore")\n        warnings.warn("never seen")\n    return x + 1\n',
    'import unittest, warnings\nassert f(0) == 1\nwith warnings.catch_warnings(record=True) as caught:\n    warnings.simplefilter("always")\n    assert f(1) == 2\nassert [(each.category.__name__, str(each.message)) for each in caught] == [("DeprecationWarning", "old"), ("Odd", "odd 1")]\nassert issubclass(caught[1].category, UserWarning)\nwith unittest.TestCase().assertWarnsRegex(UserWarning, "odd 3"): f(3)\nwith warnings.catch_warnings():\n    warnings.simplefilter("error", DeprecationWarning)\n    try:\n        f(1)\n        assert False\n    except DeprecationWarning as error:\n        assert str(error) == "old"\nwith warnings.catch_warnings(record=True) as caught: f(1)\nassert len(caught) == 1',
  ],
  [
    'what is printed comes before what is called afterwards',
    'def f(fn):\n    print("before")\n    fn("call")\n    print("after")\n',
    'from contextlib import redirect_stdout\nseen = []\nclass Out:\n    def write(self, text): seen.extend(text.split())\n    def flush(self): pass\ndef note(text):\n    seen.append(text)\n    print("within")\nwith redirect_stdout(Out()): f(note)\nassert seen == ["before", "call", "within", "after"]',
  ],
];

/** Grading in two processes. */
export function isolationTests({ run }: Bench): void {
  describe('two processes', () => {
    test('data arrives as it was sent, of the same types', async () => {
      const sample = fc.sample(values, { numRuns: 300, seed: 7 });
      const lines = sample.map((value) => `v = ${value}\nassert same(f(v), v), repr(v)`);
      const report = await run(COPY, `${IMPORTS}${SAME}\n${lines.join('\n')}`);
      expect(report.exception).toBeNull();
      expect(report).toMatchObject({ endOfRun: 'ok', asserts: sample.length });
    });

    test.each(HOLDS)('%s', async (_, program, source, entryKind = 'function', prelude = '') => {
      const report = await run(program, source, { entryKind, prelude });
      expect(report.exception).toBeNull();
      expect(judge(report)).toBe('pass');
    });

    test('a test that catches everything does not outlive its candidate', async () => {
      const catching = 'try:\n    f(1)\nexcept BaseException:\n    pass\nassert True';
      const report = await run('import os\ndef f(x):\n    os._exit(0)\n', catching);
      expect(report).toMatchObject({ endOfRun: 'exit', closed: false });
    });

    test('facts of an exception that the candidate forged do no harm', async () => {
      const forging =
        'import sys\ndef f(x):\n    import json\n    dumps = json.dumps\n    def forge(message):\n        if "error" in message: message["error"]["facts"] = {"line": "x" * 10, "trace": [1]}\n        return dumps(message)\n    json.dumps = forge\n    raise ValueError("no")\n';
      const report = await run(forging, 'f(1)');
      expect(report.exception).toMatchObject({ type: 'ValueError', line: null, phase: 'candidate' });
    });

    test('a value that is no data, handed to the candidate, is named', async () => {
      const report = await run(COPY, 'f(object())');
      expect(report.exception).toMatchObject({ type: 'CannotCross', phase: 'test' });
      expect(report.exception?.message).toContain('object');
    });
  });
}
