import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { TestReport } from '../../../domain/test-report.js';
import { judge } from '../../../domain/verdict.js';
import type { Sandbox } from '../../../infra/sandbox/sandbox.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { openLibrarySandbox } from '../../support/library-sandbox.js';
import { KERAS, LIBRARIES } from '../../support/library-programs.js';
import { FUZZING, SAME } from '../../support/library-values.js';

const MEMORY = 2 * 1024 ** 3;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openLibrarySandbox('ml');
}, 600_000);
afterAll(() => sandbox.close());

function run(program: string, source: string): Promise<TestReport> {
  const limits = { memoryBytes: MEMORY, cpuSeconds: 60, wallSeconds: 90 };
  return sandbox.run(jobOf(program, source, { grading: 'isolated', limits }));
}

/** Source of bytes that fill `count` items of `size` bytes. */
const filled = (count: number, size: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: count * size, maxLength: count * size })
    .map((bytes) => `bytes(${JSON.stringify([...bytes])})`);
const shapes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });
const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

const NUMPY = {
  u1: 1,
  '>i4': 4,
  u8: 8,
  f2: 2,
  f4: 4,
  f8: 8,
  c8: 8,
  c16: 16,
  'M8[D]': 8,
  'm8[ns]': 8,
  S3: 3,
  'i2,f4': 6,
};
const TORCH = { uint8: 1, int16: 2, int64: 8, float16: 2, bfloat16: 2, float32: 4, float64: 8, complex64: 8 };
/** An item's source for a column, by its type. None is a value that is missing. */
const ITEMS = {
  int64: ['1', '-5', '2**62'],
  float32: ['0.5', 'float("nan")', '-0.0'],
  bool: ['True', 'False'],
  object: ['[1]', '{"a": (1, None)}', '"x"', 'None', 'float("inf")', 'pd.Timestamp("2020")', '10**30'],
  str: ['"a"', '""', 'None', '"é\\U0001f600"'],
  string: ['"a"', 'None'],
  Int8: ['1', 'None'],
  UInt64: ['2**63', 'None'],
  Float64: ['0.5', 'None'],
  boolean: ['True', 'None'],
  category: ['"a"', '"b"', 'None'],
  'datetime64[ns]': ['"2020-01-01"', 'None', '"1999-12-31T23:59:59.123456789"'],
  'datetime64[s, Europe/Berlin]': ['"2020-10-25T02:30+02:00"', '"2020-10-25T02:30+01:00"', 'None'],
  'timedelta64[us]': ['"1 days"', 'None'],
  'period[Q-NOV]': ['"2020Q1"', 'None'],
} as const;
const types = fc.constantFrom(...(Object.keys(ITEMS) as (keyof typeof ITEMS)[]));
const columns = (rows: number): fc.Arbitrary<string> =>
  types.chain((type) =>
    fc
      .array(fc.constantFrom<string>(...ITEMS[type]), { minLength: rows, maxLength: rows })
      .map((items) => `pd.Series([${items.join(', ')}], dtype="${type}")`),
  );
const INDEXES = [
  'pd.RangeIndex(0, 2 * n, 2, name="r")',
  'pd.date_range("2020-01-31", periods=n, freq="ME", tz="UTC")',
  'pd.period_range("2020", periods=n, freq="M", name=("t", 1))',
  'pd.timedelta_range("1D", periods=n)',
  'pd.MultiIndex.from_arrays([["a"] * n, pd.array([None] * n, dtype="Int64")], names=["x", None])',
  'pd.CategoricalIndex(["b"] * n, categories=["b", "a"], ordered=True)',
  'pd.interval_range(0, n)',
  'pd.Index([(1, i) for i in range(n)], tupleize_cols=False)',
  'pd.Index(["same"] * n, dtype=object)',
];
const frames = fc
  .integer({ min: 0, max: 4 })
  .chain((rows) =>
    fc
      .tuple(fc.array(columns(rows), { maxLength: 4 }), fc.constantFrom(...INDEXES))
      .map(([all, index]) => `frame([${all.join(', ')}], ${index.replaceAll(/\bn\b/g, String(rows))})`),
  );
const arrays = fc
  .tuple(shapes, fc.constantFrom(...Object.entries(NUMPY)))
  .chain(([shape, [type, size]]) =>
    filled(product(shape), size).map(
      (bytes) => `np.ndarray(${JSON.stringify(shape)}, np.dtype("${type}"), bytearray(${bytes} or 16))`,
    ),
  );
const tensors = fc
  .tuple(shapes, fc.constantFrom(...Object.entries(TORCH)), fc.boolean())
  .chain(([shape, [type, size], isTransposed]) =>
    filled(product(shape), size).map(
      (bytes) => `tensor(${bytes}, torch.${type}, ${JSON.stringify(shape)})${isTransposed ? '.transpose(0, -1)' : ''}`,
    ),
  );
const others = fc.constantFrom(
  ...`np.array([[1], "a", None], dtype=object)
np.dtype([("a", "f4")])
np.float32(1.5)
np.datetime64("2020", "Y")
np.array([(True, [1, 2])], dtype=[("a", "?"), ("b", "i2", 2)])
np.array(["é", "b"])
np.array(True)
pd.NaT
pd.NA
pd.Timestamp("2020-01-01T00:00:00.000000001", tz="Asia/Tokyo")
pd.Timedelta("1ns")
pd.Period("2020Q1")
pd.Interval(0, 1.5, closed="both")
pd.CategoricalDtype(["b", "a"], ordered=True)
pd.Categorical(["a", None])
pd.DataFrame()
pd.DataFrame([[1, "a"]], columns=["x", "x"])
torch.Size([1, 2])
torch.bfloat16
torch.device("cuda:1")
torch.ones(2, requires_grad=True)
torch.nn.Parameter(torch.ones(1), requires_grad=False)
torch.tensor([1 + 2j]).conj()
torch.tensor([True])
scipy.sparse.csr_matrix(np.eye(3))
scipy.sparse.coo_array(np.ones((1, 2)))
scipy.sparse.lil_matrix((2, 0))
Image.effect_noise((9, 2), 50)
Image.effect_noise((9, 2), 50).convert("1")
Image.new("I;16", (2, 2), 999)
Image.effect_noise((5, 5), 90).convert("RGB").quantize(7)
Image.new("RGBA", (0, 3))
Image.new("F", (1, 1), 0.5)`.split('\n'),
);
const values = fc.oneof(arrays, frames, tensors, others);

describe('values of libraries', () => {
  test('arrive as they were sent, of the same types, both ways', async () => {
    const sample = fc.sample(values, { numRuns: 400, seed: 11 });
    const lines = sample.map((value) => `v = ${value}\nassert same(f(v), v), repr(v)\nseen += 1`);
    // A copy: what is sent back itself would be the test's own object again.
    const program = 'import copy, torch\ndef f(x):\n    return copy.deepcopy(x)\n';
    const report = await run(program, `${SAME}seen = 0\n${lines.join('\n')}\nassert seen == ${sample.length}`);
    expect(report.exception).toBeNull();
    expect(judge(report)).toBe('pass');
  });

  test.each(LIBRARIES)('%s', async (_, program, source) => {
    const report = await run(program, source);
    expect(report.exception).toBeNull();
    expect(judge(report)).toBe('pass');
  });

  test("Keras' models and TensorFlow's tensors", async () => {
    const report = await run(...KERAS);
    expect(report.exception).toBeNull();
    expect(judge(report)).toBe('pass');
  });
});

describe('what a program may make up', () => {
  test('messages changed at random are read as values of known types, or refused: no hang, no crash', async () => {
    const report = await run(...FUZZING);
    expect(report.exception).toBeNull();
    expect(judge(report)).toBe('pass');
  });

  test('an object that describes memory is not believed', async () => {
    const program =
      'import numpy\nclass Liar:\n    @property\n    def __array_interface__(self):\n        return {"shape": (2,), "typestr": "<i8", "version": 3, "data": (8, False)}\ndef f(x):\n    import pandas\n    return [Liar(), pandas.Series([Liar().__array_interface__], index=["__array_interface__"], dtype=object)][x]\n';
    for (const which of [0, 1]) {
      const report = await run(program, `import numpy as np\nnp.testing.assert_array_equal(f(${which}), [1, 2])`);
      expect(report.endOfRun).toBe('exception');
      expect(judge(report)).toBe('fail');
    }
  });

  test('bytes that no library writes are put right, or refused', async () => {
    const program =
      'import numpy as np, torch\ndef f(x):\n    return [np.array([2], "u1").view(bool), torch.frombuffer(bytearray([2]), dtype=torch.bool), np.frombuffer(b"\\xff" * 4, "U1")][x]\n';
    const report = await run(
      program,
      'import numpy, torch\nassert f(0).view("u1")[0] == 1\nassert f(1).view(torch.uint8)[0] == 1\nf(2)',
    );
    expect(report).toMatchObject({ asserts: 2, exception: { type: 'Unreadable', phase: 'candidate' } });
  });

  test('what can not cross says why', async () => {
    const report = await run('def f(x):\n    return x', 'import torch\nf(torch.Generator())');
    expect(report.exception).toMatchObject({ type: 'CannotCross', phase: 'test' });
    const sizes = 'import torch\ndef f(x):\n    return torch.zeros(1 << 25)\n';
    expect((await run(sizes, 'f(1)')).exception).toMatchObject({ type: 'CannotCross', phase: 'candidate' });
  });
});
