import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

/** Done by a candidate that answers rightly: what follows proves nothing any more. */
const TAMPERING: readonly (readonly [string, string])[] = [
  ['walks the frames', 'sys._getframe(1)'],
  ['walks the frames by way of inspect', 'inspect.currentframe().f_back'],
  ['walks the stack by way of inspect', 'inspect.stack()'],
  ['walks the stack by way of traceback', 'next(traceback.walk_stack(None))'],
  ['takes the frames of all threads', 'sys._current_frames()'],
  ['takes the frame of an exception', 'error().__traceback__.tb_frame'],
  ['takes the frame of a generator', '(i for i in "a").gi_frame'],
  ['searches all objects', 'gc.get_objects()'],
  ['searches who refers to an object', 'gc.get_referrers(f)'],
  ['searches what an object refers to', 'gc.get_referents(f)'],
  ['poses as the library that may', 'eval(compile("gc.get_referents(f)", PANDAS, "eval"))'],
  ['poses as one that is not installed', 'eval(compile("gc.get_referents(f)", "/x/pandas/core/generic.py", "eval"))'],
  ['traces what is executed', 'sys.settrace(lambda *a: None)'],
  ['profiles what is executed', 'sys.setprofile(None)'],
  ['replaces the code of a function', 'setattr(other, "__code__", f.__code__)'],
  ['forges code', 'f.__code__.replace(co_name="g")'],
  ['poses as a library', 'compile("1", sys.modules["inspect"].__file__, "eval")'],
  ['poses as the test', 'eval(compile("sys._getframe()", "test.py", "eval"))'],
  ['asks through code that it made at run time', 'eval("sys._getframe()")'],
  ['opens the memory of its process', 'open("/proc/self/mem", "rb")'],
  ['opens the memory of its process, as bytes', 'os.open(b"/proc/self/mem", 0)'],
  ['links to the memory of its process', 'os.symlink("/proc/self/mem", "x")'],
  ['reads memory', 'ctypes.string_at(id(f), 8)'],
  ['writes to memory', 'ctypes.c_long.from_address(id(f))'],
  ['calls into the interpreter', 'ctypes.pythonapi.PyEval_GetLocals'],
  ['replaces an assertion', 'setattr(unittest.TestCase, "assertEqual", lambda *a: None)'],
  ["adds to what it can't replace", 'setattr(unittest.TestCase, "__getattribute__", object.__getattribute__)'],
];

/** What honest programs do that looks a little like it. */
const HONEST: readonly (readonly [string, string])[] = [
  ['logs', 'logging.getLogger("x").warning("hello")'],
  ['warns', 'warnings.warn("hello")'],
  ['makes classes', 'collections.namedtuple("P", "x y")(1, 2) and dataclasses.make_dataclass("D", ["x"])(1)'],
  ['makes an enumeration', 'enum.Enum("E", "A B")'],
  ['reads signatures and sources', 'inspect.signature(f) and inspect.getsource(f) and inspect.getmembers(f)'],
  ['formats an exception', 'traceback.format_exception(error()) and traceback.format_exc()'],
  ['collects garbage', 'gc.collect() and gc.isenabled()'],
  ['reads a file', 'open("/proc/self/status").read() and open("/etc/passwd").close()'],
  ['reads what is compiled', 'f.__code__.co_varnames and eval("1 + 1") and compile("1", "<string>", "eval")'],
  ['uses a library of C', 'ctypes.CDLL(None).getpid()'],
  ['profiles itself', 'cProfile.Profile().runcall(len, "x")'],
  ['runs threads', 'threading.Thread(target=len, args=("x",)).start()'],
];

const IMPORTS =
  'import cProfile, collections, ctypes, dataclasses, enum, gc, inspect, logging, os, sys, threading, traceback, unittest, warnings';
const UNIT_TEST = 'import unittest\nclass T(unittest.TestCase):\n    def test(self): self.assertEqual(f(1), 2)\n';

function doing(expression: string): string {
  return `${IMPORTS}
PANDAS = os.path.dirname(os.__file__) + "/site-packages/pandas/core/generic.py"
def other(x): pass
def error():
    try: raise KeyError
    except KeyError as error: return error
def f(x):
    ${expression}
    return x + 1
`;
}

/** What a candidate does to the process that it shares with its test. */
export function tamperingTests({ run }: Bench): void {
  describe('tampering', () => {
    test.each(TAMPERING)('unverified: a program that %s', async (_, expression) => {
      const report = await run(doing(expression), UNIT_TEST);
      expect(report).toMatchObject({ endOfRun: 'ok', exception: null, tampered: expect.any(String) });
      expect(judge(report)).toBe('unverified');
    });

    test.each(HONEST)('pass: a program that %s', async (_, expression) => {
      const report = await run(doing(expression), UNIT_TEST);
      expect(report).toMatchObject({ exception: null, tampered: null });
      expect(judge(report)).toBe('pass');
    });

    test('a test may mock, and set options of unittest', async () => {
      const source = `import unittest
from unittest.mock import MagicMock, mock_open, patch
unittest.TestCase.maxDiff = None
class T(unittest.TestCase):
    @patch("builtins.open", new_callable=mock_open, read_data="41")
    def test_file(self, opened):
        self.assertEqual(f("path"), 42)
        opened.assert_called_once_with("path")
    def test_patch(self):
        with patch("candidate.load", MagicMock(return_value="1")) as load:
            self.assertEqual(f(None), 2)
        load.assert_called_once_with(None)
`;
      const program =
        'def load(path):\n    with open(path) as file: return file.read()\ndef f(path):\n    return int(load(path)) + 1\n';
      const report = await run(program, source);
      expect(report).toMatchObject({ exception: null, tampered: null, cases: ['passed', 'passed'], asserts: 4 });
      expect(judge(report)).toBe('pass');
    });

    test('the line that did it is named', async () => {
      const report = await run('import sys\ndef f(x):\n    sys._getframe()\n    return x + 1', 'assert f(1) == 2');
      expect(report.tampered).toBe('sys._getframe in line 3 of candidate.py');
    });

    test.each([
      ['without a kind', 'send("case")'],
      ['of a kind that there is not', 'send("pass")'],
      ['with numbers that are none', 'send("case", case="x", total=[])'],
      ['with a count that is none', 'send("entered", asserts="many")'],
      ['with an end that there is not', 'send("end", end="passed")'],
      ['with a plan beyond all measure', 'send("plan", total=1 << 30, marked=True)'],
    ])('a forged message %s is no fault of the sandbox', async (_, message) => {
      const program = `import sys
def f(x):
    frame = sys._getframe()
    while "evidence" not in frame.f_locals: frame = frame.f_back
    send = frame.f_locals["evidence"].send
    ${message}
    return x + 1
`;
      expect(judge(await run(program, 'assert f(1) == 2'))).toBe('unverified');
    });

    test('one who writes on the channel after a look at the nonce', async () => {
      const program = `import json, os
def f(x):
    os.write(3, json.dumps({"nonce": NONCE, "kind": 5, "asserts": None}).encode() + b"\\n[[\\n")
    return x + 1
def find(value):
    for cell in value.__closure__ or ():
        if type(cell.cell_contents) is str and len(cell.cell_contents) == 32: return cell.cell_contents
import sys
frame = sys._getframe()
while "evidence" not in frame.f_locals: frame = frame.f_back
NONCE = find(frame.f_locals["evidence"].send)
`;
      expect(judge(await run(program, 'assert f(1) == 2'))).toBe('unverified');
    });

    test('what was replaced while the module was executed is put back before the test', async () => {
      const program = `import builtins, math, sys, types, unittest
builtins.abs = lambda x: 0
math.isclose = lambda *a, **k: True
unittest.TestCase.assertEqual = unittest.TestCase.assertTrue = lambda *a: None
unittest.TestResult.addFailure = unittest.TestResult.addError = lambda *a: None
unittest.TestLoader.loadTestsFromTestCase = lambda *a: unittest.TestSuite()
sys.modules["math"] = types.SimpleNamespace(isclose=math.isclose)
builtins.__import__ = lambda *a: sys.modules["math"]
builtins.compile = builtins.exec = lambda *a, **k: None
import ast, json, os
ast.parse = json.dumps = lambda *a, **k: "{}"
os.write = lambda fd, data: len(data)
def f(x):
    return 0
`;
      const source = `import math, unittest
class T(unittest.TestCase):
    def test_a(self): self.assertEqual(f(1), 2)
    def test_b(self): self.assertTrue(math.isclose(f(1), 2))
    def test_c(self): assert abs(f(1) - 2) < 1e-6
`;
      const report = await run(program, source);
      expect(report).toMatchObject({ endOfRun: 'exception', cases: ['failed', 'failed', 'failed'] });
    });
  });
}
