import { expect, test } from '@jest/globals';
import { chooseImportSet } from '../../../infra/sandbox/import-set.js';

const SETS = [
  { name: 'torch', when: ['torch', 'torchvision'], modules: ['torch'] },
  { name: 'numpy', when: ['numpy'], modules: ['numpy'] },
];

test.each([
  ['import torch', 'torch'],
  ['import os, torch.nn as nn', 'torch'],
  ['def f():\n    from torchvision import transforms', 'torch'],
  ['import numpy as np\nimport torch', 'torch'],
  ['from numpy.linalg import norm', 'numpy'],
  ['import torchtext\nfrom .torch import x', 'plain'],
  ['import os', 'plain'],
  ['import os\nimport unittest', 'standard'],
  ['from datetime import date\nimport numpy', 'numpy'],
  ['', 'plain'],
])('%j gets the set %s', (source, name) => {
  expect(chooseImportSet(SETS, source).name).toBe(name);
});

test('a library’s set has the standard library’s modules as well, before its own', () => {
  const { modules } = chooseImportSet(SETS, 'import torch');
  expect(modules).toEqual([...chooseImportSet([], 'import unittest').modules, 'torch']);
  expect(modules).toContain('json');
});
