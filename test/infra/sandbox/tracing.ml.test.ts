import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LibraryCall, LocalValue } from '../../../domain/test-report.js';
import type { Sandbox } from '../../../infra/sandbox/sandbox.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { openLibrarySandbox } from '../../support/library-sandbox.js';

const LIMITS = { memoryBytes: 2 * 1024 ** 3, cpuSeconds: 60, wallSeconds: 90 };
const NO_FACTS = { shape: null, dtype: null, device: null, length: null, value: '' };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openLibrarySandbox('ml');
}, 600_000);
afterAll(() => sandbox.close());

const exceptionOf = async (program: string) =>
  (await sandbox.run(jobOf(program, 'f(1)', { grading: 'isolated', limits: LIMITS }))).exception;

describe('what a trace says of libraries', () => {
  test('arrays, tensors, tables and layers by shape and type, small ones with their values', async () => {
    const program = `import numpy as np, pandas as pd, torch
def f(x):
    a, large = np.array([1.0, 1 / 3]), np.zeros((40, 3), dtype="int32")
    t = torch.ones(2, 2, requires_grad=True)
    table, column = pd.DataFrame({"a": [1], "tolist": [2]}), pd.Series([1, 2])
    layer = torch.nn.Linear(2, 1)
    return layer(torch.ones(3, 5))
`;
    const locals: readonly LocalValue[] = (await exceptionOf(program))?.locals ?? [];
    const array = { ...NO_FACTS, type: 'numpy.ndarray' };
    expect(locals.slice(1)).toEqual([
      { ...array, name: 'a', shape: [2], dtype: 'float64', value: '[1.0, 0.333333]' },
      { ...array, name: 'large', shape: [40, 3], dtype: 'int32' },
      {
        ...NO_FACTS,
        name: 't',
        type: 'torch.Tensor',
        shape: [2, 2],
        dtype: 'torch.float32',
        device: 'cpu',
        value: '[[1.0, 1.0], [1.0, 1.0]]',
      },
      { ...NO_FACTS, name: 'table', type: 'pandas.DataFrame', shape: [1, 2], value: "columns ['a', 'tolist']" },
      { ...NO_FACTS, name: 'column', type: 'pandas.Series', shape: [2], dtype: 'int64', value: '[1, 2]' },
      { ...NO_FACTS, name: 'layer', type: 'torch.nn.Linear' },
    ]);
  }, 120_000);

  test.each<readonly [string, string, RegExp | null]>([
    [
      'import torch.nn as nn\ndef f(x):\n    return nn.Linear()',
      'torch.nn.Linear',
      /^\(in_features, out_features, bias=True/,
    ],
    ['from torch.optim import AdamW\ndef f(x):\n    return AdamW(rate=1)', 'torch.optim.AdamW', /^\(params, lr=0.001/],
    ['import torch\ndef f(x):\n    y = torch.zeros(2)\n    return y.to_numpy()', 'torch.Tensor.to_numpy', null],
    ['import numpy as np\ndef f(x):\n    return np.float_(x)', 'numpy.float_', null],
    ['from transformers import AutoModl', 'transformers.AutoModl', null],
    [
      'from sklearn.linear_model import LogisticRegression as L\ndef f(x):\n    model = L()\n    return model.fit(x)',
      'sklearn.linear_model.LogisticRegression.fit',
      /^\(X, y, sample_weight=None\)$/,
    ],
    [
      'import transformers\ndef f(x):\n    return transformers.AutoTokenizer.from_pretrained()',
      'transformers.AutoTokenizer.from_pretrained',
      /^\(pretrained_model_name_or_path/,
    ],
  ])(
    'the public name, the version and the signature of a call: %s',
    async (program, name, signature) => {
      const call: LibraryCall | null | undefined = (await exceptionOf(program))?.call;
      expect(call).toMatchObject({ name, version: expect.stringMatching(/^\d+\.\d+[\d.]*$/) });
      expect(call?.signature ?? null).toEqual(signature === null ? null : expect.stringMatching(signature));
    },
    120_000,
  );
});
