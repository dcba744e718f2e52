import { describe, expect, test } from '@jest/globals';
import { judgeStrictly, type RecordedRun } from '../../../domain/rescore/strict.js';
import {
  crashed,
  found,
  type Frames,
  IN_FUNCTION,
  IN_TEST,
  recordedRun,
  type RunParts,
} from '../../support/recorded-run.js';

const NETWORK =
  "requests.exceptions.ProxyError: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded";
const LINK = '\nDuring handling of the above exception, another exception occurred:\n\n';
const LOGGED = `Traceback (most recent call last):\n  File "/lib/telemetry.py", line 3, in send\n    post()\n${NETWORK}\n`;

describe('runs that an exception ended', () => {
  test.each<[string, RecordedRun, (string | null)[]]>([
    ['the function raises', crashed('TypeError: no len'), ['fail', 'model', 'type', 'high']],
    ['a wrong result', crashed('AssertionError', IN_TEST), ['fail', 'model', 'assertion', 'high']],
    ['the network', crashed(NETWORK), ['unscored', 'infrastructure', 'network', 'high']],
    [
      'the network, at the start of the chain',
      crashed('ValueError: cannot load', IN_FUNCTION, {}, LOGGED + LINK),
      ['unscored', 'infrastructure', 'network', 'high'],
    ],
    [
      'the network, in a log of a library before it',
      crashed('TypeError: no len', IN_FUNCTION, {}, `${LOGGED}\n`),
      ['fail', 'model', 'type', 'high'],
    ],
    [
      'the hub is down',
      crashed('HfHubHTTPError: 503 Server Error: Service Unavailable for url: https://huggingface.co/x'),
      ['unscored', 'infrastructure', 'network', 'high'],
    ],
    [
      'a cut download',
      crashed('OSError: Consistency check failed: file should be of size 9'),
      ['unscored', 'infrastructure', 'network', 'high'],
    ],
    ['an interrupt', crashed('KeyboardInterrupt'), ['unscored', 'infrastructure', 'interrupted', 'high']],
    [
      'a full disk',
      crashed('OSError: [Errno 28] No space left on device'),
      ['unscored', 'infrastructure', 'disk-full', 'high'],
    ],
    [
      'memory of the device',
      crashed('RuntimeError: CUDA out of memory.'),
      ['unscored', 'infrastructure', 'memory', 'high'],
    ],
    [
      'a package that nobody asked for',
      crashed("ModuleNotFoundError: No module named 'gtts'"),
      ['unscored', 'environment', 'missing-package', 'low'],
    ],
    [
      'a package of the prompt',
      crashed("ModuleNotFoundError: No module named 'torch'", IN_FUNCTION, { imports: 'import torch' }),
      ['unscored', 'environment', 'missing-package', 'high'],
    ],
    [
      'a part of a package that does not exist',
      crashed("ModuleNotFoundError: No module named 'transformers.magic'"),
      ['fail', 'model', 'import', 'high'],
    ],
    [
      'an import of the prompt',
      crashed("ImportError: cannot import name 'x' from 'os'", [['import os', '<module>']]),
      ['unscored', 'environment', 'import', 'high'],
    ],
    [
      'a model that does not exist',
      crashed(
        "OSError: no/such is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'\nIf this is a private repository, ...",
      ),
      ['fail', 'model', 'unknown-model', 'high'],
    ],
    [
      'a file that only the test names',
      crashed("FileNotFoundError: [Errno 2] No such file or directory: 'a.wav'", IN_TEST, {
        test: "    count_words('a.wav')\n    assert count_words('a b') == 2",
      }),
      ['unscored', 'task', 'missing-file', 'low'],
    ],
    [
      'a file of its own making',
      crashed("FileNotFoundError: [Errno 2] No such file or directory: 'a.wav'", IN_FUNCTION, {
        prediction: "\n    open('a.wav')\n    return len(text.split())\n",
      }),
      ['fail', 'model', 'missing-file', 'high'],
    ],
    [
      'the test before it calls the function',
      crashed(
        'ValueError: no such split',
        [
          ['test_count_words()', '<module>'],
          ["load('x')", 'test_count_words'],
        ],
        { test: "    load('x')\n    assert count_words('a b') == 2" },
      ),
      ['unscored', 'task', 'value', 'high'],
    ],
    [
      'a helper that the assembly cut away',
      crashed("NameError: name 'helper' is not defined", IN_FUNCTION, {
        prediction: '\n    return len(text.split())\n\ndef helper(x):\n    return x\n',
      }),
      ['unscored', 'task', 'name', 'low'],
    ],
    [
      'a name that only a dropped function has inside',
      crashed("NameError: name 'json' is not defined", IN_FUNCTION, {
        prediction: '\n    return len(text.split())\n\ndef main():\n    import json\n',
      }),
      ['fail', 'model', 'name', 'high'],
    ],
    [
      'code behind the function',
      crashed('EOFError: EOF when reading a line', [['print(input())', '<module>']], {
        prediction: '\n    return len(text.split())\n\nprint(input())\n',
      }),
      ['fail', 'model', 'exception', 'high'],
    ],
  ])('%s', (_, run, expected) => expect(found(run)).toEqual(expected));

  test('another type than the documented one is the task’s fault where the function keeps to what is documented', () => {
    const test = '    assert isinstance(count_words(1), list)';
    const at: Frames = [
      ['test_count_words()', '<module>'],
      ['assert isinstance(count_words(1), list)', 'test_count_words'],
    ];
    const documented = (type: string): RunParts => ({
      test,
      documented: `\n    Returns:\n        ${type}: The result.\n`,
    });
    expect(found(crashed('AssertionError', at, documented('dict')))).toEqual(['unscored', 'task', 'assertion', 'high']);
    expect(found(crashed('AssertionError', at, documented('list')))).toEqual(['fail', 'model', 'assertion', 'high']);
  });

  test.each([
    ["assert count_words(1) == 0, 'zero in this placeholder'", 'AssertionError'],
    ['assert isinstance(count_words(1), type(os))', 'AssertionError'],
    ['assert count_words(1).shape', "AttributeError: 'dict' object has no attribute 'shape'"],
  ])('what no function that keeps to its docstring passes: %s', (code, raised) => {
    const documented = '\n    Returns:\n        dict: The result.\n';
    const at: Frames = [
      ['test_count_words()', '<module>'],
      [code, 'test_count_words'],
    ];
    expect(found(crashed(raised, at, { test: `    ${code}`, documented })).slice(0, 2)).toEqual(['unscored', 'task']);
  });

  test.each([
    ["assert 'score' in result", 'AssertionError', "'score'"],
    ['assert result.shape == (1, 768)', 'AssertionError', '768, 1'],
    ["assert result['score'] > 0", "KeyError: 'score'", "'score'"],
  ])('a requirement that is not stated: %s', (code, raised, stated) => {
    const test = `    result = count_words(1)\n    ${code}`;
    const at: Frames = [
      ['test_count_words()', '<module>'],
      [code, 'test_count_words'],
    ];
    expect(found(crashed(raised, at, { test }))).toEqual(['unscored', 'task', expect.any(String), 'low']);
    const documented = `\n    Gives ${stated}.\n`;
    expect(found(crashed(raised, at, { test, documented }))).toEqual(['fail', 'model', expect.any(String), 'high']);
  });

  test('a syntax error at the end of an answer is the cut, elsewhere it is an error', () => {
    const run = recordedRun({ prediction: "\n    x = 1\n    return '" });
    const lines = (run.program ?? '').split('\n');
    const at = (line: number): string =>
      `  File "./count.py", line ${line}\n    x\n    ^\nSyntaxError: invalid syntax\n`;
    const end = lines.findIndex((line) => line.endsWith("return '")) + 1;
    expect(found({ ...run, stderr: at(end) })).toEqual(['fail', 'model', 'truncated', 'high']);
    const other = recordedRun({ prediction: '\n    x = = 1\n\n    y = 2\n    z = 3\n    return x\n' });
    expect(found({ ...other, stderr: at(end - 1) })).toEqual(['fail', 'model', 'syntax', 'high']);
  });
});

describe('beside the reference', () => {
  const reference = crashed('OddError: no mask', IN_FUNCTION);
  const OTHER: Frames = [
    ['test_count_words()', '<module>'],
    ["return 'All Tests Passed'", 'test_count_words'],
  ];
  const task = { taskId: 'count', requirements: ['gTTS'], reference };

  test('a crash in the statement where the reference crashed is the task’s', () => {
    expect(judgeStrictly(crashed('NameError: x'), task)).toMatchObject({
      verdict: 'unscored',
      fault: 'task',
      confidence: 'low',
    });
    expect(judgeStrictly(crashed('NameError: x', OTHER), task).fault).toBe('model');
    expect(judgeStrictly(crashed('NameError: x'), { ...task, reference: recordedRun({}) }).fault).toBe('model');
  });

  test('a package that the task asks for is certain', () => {
    const run = crashed("ModuleNotFoundError: No module named 'gtts'");
    expect(judgeStrictly(run, task).confidence).toBe('high');
  });
});
