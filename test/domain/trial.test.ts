import { describe, expect, test } from '@jest/globals';
import { gpuSign, reversedTest } from '../../domain/trial.js';

describe('signs of a missing GPU', () => {
  const from = (type: string, message: string, trace = '') =>
    gpuSign({ type, message, trace, line: null, phase: 'candidate' });
  const LAZY = '  File "/environment/lib/python3.11/site-packages/torch/cuda/__init__.py", line 440, in _lazy_init\n';

  test.each([
    ['where torch starts CUDA', from('RuntimeError', 'Found no NVIDIA driver on your system.', LAZY), 'evidence'],
    ['an exception of the device', from('AcceleratorError', 'CUDA error'), 'evidence'],
    ['words alone', from('ValueError', 'This model requires a GPU'), 'words'],
    ['other words', from('RuntimeError', 'torch.cuda.is_available() is False'), 'words'],
    ['a device of TensorFlow', from('InvalidArgumentError', 'Could not satisfy /device:GPU:0'), 'words'],
    ['another exception', from('KeyError', 'gpu'), null],
    ['nothing', gpuSign(null), null],
  ])('%s', (_, found, expected) => expect(found).toBe(expected));
});

test.each([
  ['a class of unittest', 'import unittest\nclass TestCases(unittest.TestCase):\n    pass\n', true],
  ['one imported by name', 'class T(TestCase): pass\n', true],
  ['cases one after the other in a function', 'def test():\n    print("Testing case [1/2] started.")\n', false],
  ['the word in a comment', '# class T(TestCase):\nassert f(1)\n', false],
])('cases in reverse: %s', (_, source, isReversed) => {
  expect(reversedTest(source)?.startsWith(source) ?? false).toBe(isReversed);
});
