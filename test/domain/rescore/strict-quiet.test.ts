import { describe, expect, test } from '@jest/globals';
import { found, recordedRun, type RunParts } from '../../support/recorded-run.js';

const CAUGHT = (handler: string): string =>
  `    try:\n        assert count_words('a b') == 2\n        print('All good')\n    except ${handler}`;

describe('runs that no exception ended', () => {
  test.each<[string, RunParts, (string | null)[]]>([
    ['an assertion that held', {}, ['pass', null, 'none', 'high']],
    [
      'the word Error in a warning',
      { stderr: "/lib/x.py:184: UserWarning: Error message: '{e}'\n  warnings.warn(\n" },
      ['pass', null, 'none', 'high'],
    ],
    [
      'a handler that would have told',
      { test: CAUGHT("Exception as e:\n        print(f'Broken: {e}')"), stdout: 'All good\n' },
      ['pass', null, 'none', 'high'],
    ],
    [
      'a handler that told',
      {
        test: CAUGHT("Exception as e:\n        print(f'Broken: {e}')"),
        stdout: "Broken: 'x' object has no attribute 'y'\n",
      },
      ['fail', 'model', 'attribute', 'low'],
    ],
    [
      'a handler that told of the network',
      {
        test: CAUGHT("Exception as e:\n        print('Broken:', e)"),
        stdout: 'Broken: Max retries exceeded with url\n',
      },
      ['unscored', 'infrastructure', 'network', 'low'],
    ],
    [
      'a missing file, caught',
      { test: CAUGHT("FileNotFoundError:\n        print('No file, skipped')"), stdout: 'No file, skipped\n' },
      ['unverified', 'task', 'missing-file', 'low'],
    ],
    [
      'a handler that says nothing',
      { test: "    try:\n        assert count_words('a') == 1\n    except OSError:\n        pass" },
      ['unverified', 'task', 'unverified', 'low'],
    ],
    [
      'an exception that the test waits for',
      {
        test: "    assert count_words('a') == 1\n    try:\n        count_words(1)\n    except ValueError:\n        print('raised, as it should')\n    else:\n        assert False",
        stdout: 'raised, as it should\n',
      },
      ['pass', null, 'none', 'high'],
    ],
    [
      'the function tells that it failed and goes on',
      {
        prediction:
          "\n    try:\n        return len(text.split())\n    except Exception as e:\n        print('Could not count:', e)\n",
        stdout: "Could not count: name 'x' is not defined\n",
      },
      ['unverified', 'model', 'name', 'low'],
    ],
    ['no assertion', { test: "    count_words('a')" }, ['unverified', 'task', 'unverified', 'low']],
    ['no call', { test: '    return 1' }, ['unverified', 'task', 'unverified', 'high']],
    [
      'None is all that is asked for',
      { test: "    assert count_words('a') is None, 'no'" },
      ['unverified', 'task', 'unverified', 'low'],
    ],
    [
      'the last line is missing',
      { test: "    assert count_words('a') == 1\n    print('All Tests Passed')" },
      ['unverified', 'infrastructure', 'signal', 'low'],
    ],
    [
      'the last line is there',
      { test: "    assert count_words('a') == 1\n    print('All Tests Passed')", stdout: 'All Tests Passed\n' },
      ['pass', null, 'none', 'high'],
    ],
    [
      'a returned message that was printed',
      {
        test: "    try:\n        assert count_words('a') == 1\n        return 'All Tests Passed'\n    except Exception as e:\n        return str(e)",
        call: 'print(test_count_words())',
        stdout: "No module named 'torch'\n",
      },
      ['unscored', 'environment', 'missing-package', 'low'],
    ],
    ['it ended itself', { prediction: '\n    return 2\n\nexit(0)\n' }, ['unverified', 'model', 'exit', 'high']],
    [
      'a library showed its usage',
      { stderr: 'usage: count.py [-h] --model MODEL\n' },
      ['unverified', 'model', 'exit', 'low'],
    ],
    [
      'a download under way',
      { stderr: 'model.bin: 3%|█ | 10.5M/5.69G [00:19<2:53:44, 545kB/s]' },
      ['unverified', 'infrastructure', 'interrupted', 'low'],
    ],
    [
      'a case that failed',
      {
        test: "    print('Testing case [1/1] started.')\n    assert count_words('a') == 1",
        stdout: 'Testing case [1/1] started.\nTest case [1/1] failed: no\n',
      },
      ['fail', 'model', 'exception', 'low'],
    ],
  ])('%s', (_, parts, expected) => expect(found(recordedRun(parts))).toEqual(expected));
});

test('without the program there are markers and words alone', () => {
  const run = { ...recordedRun({}), program: null, prediction: null };
  expect(found({ ...run, stdout: 'Testing case [1/1] started.\nTesting finished.\n' })).toEqual([
    'pass',
    null,
    'none',
    'low',
  ]);
  expect(found({ ...run, stdout: 'Test failed: x\n' })[0]).toBe('fail');
  expect(found(run)[0]).toBe('unverified');
});
