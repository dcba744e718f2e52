/** Compares values of libraries as strictly as can be: types, shapes and bits. `frame` and `tensor` make them. */
export const SAME = `import numpy as np, pandas as pd, scipy.sparse, torch
from PIL import Image

def frame(columns, index):
    made = pd.DataFrame(dict(enumerate(columns)), index=range(len(index)))
    made.index, made.columns = index, [f"c{number}" for number in range(len(columns))]
    return made

def tensor(data, dtype, shape):
    plain = torch.frombuffer(bytearray(data), dtype=torch.uint8).view(dtype) if data else torch.empty(0, dtype=dtype)
    return plain.reshape(shape) if shape else plain

def bits(t):
    return t.detach().resolve_conj().contiguous().reshape(-1).view(torch.uint8).tolist() if t.numel() else []

def same(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, pd.DataFrame):
        pd.testing.assert_frame_equal(a, b, check_exact=True, check_index_type="exact", check_column_type="exact")
        return [type(dtype) for dtype in a.dtypes] == [type(dtype) for dtype in b.dtypes]
    if isinstance(a, torch.Tensor):
        return [a.dtype, a.shape, a.requires_grad, bits(a)] == [b.dtype, b.shape, b.requires_grad, bits(b)]
    if isinstance(a, np.ndarray):
        data = (lambda v: v.tolist()) if a.dtype == object else (lambda v: v.tobytes())
        return a.dtype == b.dtype and a.shape == b.shape and data(a) == data(b)
    if scipy.sparse.issparse(a):
        return a.dtype == b.dtype and same(a.toarray(), b.toarray())
    if isinstance(a, pd.Categorical):
        return a.dtype == b.dtype and a.codes.tolist() == b.codes.tolist()
    return a is b if a is pd.NaT or a is pd.NA else repr(a) == repr(b) if not isinstance(a, Image.Image) else a == b
`;

/** A program whose process changes its messages at random, and a test that reads them. */
export const FUZZING: readonly [program: string, test: string] = [
  `import json, random
import numpy as np, pandas as pd, scipy.sparse, torch
from PIL import Image

class Own:
    def __len__(self): return 3
GOOD = [
    np.arange(3), np.array([[1], None], dtype=object), torch.ones(2, 3, requires_grad=True), Image.new("P", (3, 3)),
    pd.DataFrame({"a": [1, None], "b": ["x", None], "c": pd.Categorical(["u", "v"]), "d": pd.date_range("2020", periods=2)}),
    pd.Series([1, 2], index=pd.MultiIndex.from_product([["k"], [1, 2]])), pd.Timestamp("2020", tz="UTC"), np.dtype("f4"),
    scipy.sparse.csr_matrix(np.eye(2)), {"a": [1, (2.5, b"x")]}, torch.float32, Own(), Own, lambda x: x, KeyError("k"),
    pd.period_range("2020", periods=2, freq="M"), pd.array([1, None], dtype="Int64"), pd.interval_range(0, 2),
]
JUNK = [
    *[None, True, False, -1, 0, 7, 2**31, 2**70, 1e308, "", "x", "<f8", "|O", "<U1", "V9999999", "__array_interface__"],
    *["float32", "A" * 5000, "////", "/w==", "../../etc/passwd", "dateutil//etc/passwd", "1" * 5000 + "D", [], {}, [[]], [0, -1]],
    *[[2**40], ["ref", 0], ["ref", 99], ["tuple", [["list", [1]]]], ["array", "<f8", [1], "AAAAAAAA8D8="], ["object", [1, 2]]],
    *[["plain", "<i8", [0], ""], ["range", 0, 2**62, 1, None], ["function", 0, "f", [["x", 9, 1]]], ["grader", 0], ["candidate", 0]],
    *[["class", 0, "int", ["int"], [["torch.nn", "Module"]], [], ["__len__"], True], ["exception", ["builtin", "SystemExit"], ["tuple", [0]]]],
    *[["class", 1, "E", ["KeyError", "OSError"], [], [], [], 7], ["default-dict", [], ["builtin", "exec"]], ["deque", [1], -1], ["slice", 1]],
    *[["builtin", "exec"], ["decimal", "9e999999999"], ["masked-array", [], []], ["frozenset", [["list", []]]]],
    *[["timestamp", 2**63 - 1, "ns", "UTC"], ["sparse", "csr_matrix", [2**62, 1], [], []]],
]
dumps = json.dumps

def mutate(node, rng):
    if type(node) is not list or not node or rng.random() < 0.15:
        return rng.choice(JUNK)
    changed, place = list(node), rng.randrange(len(node))
    if rng.random() < 0.1:
        del changed[place]
    elif rng.random() < 0.1:
        changed.insert(place, rng.choice(JUNK))
    else:
        changed[place] = mutate(changed[place], rng)
    return changed

def f(seed, table=None):
    if seed < 0:
        json.dumps = dumps
        return "alive"
    rng = random.Random(seed)
    def forge(message):
        for name in ("value", "changed") if rng.random() < 0.3 else ("value",):
            for _ in range(rng.randint(1, 2) if name in message else 0):
                message[name] = mutate(message[name], rng)
        return dumps(message)
    json.dumps = forge
    if table is not None:
        table.loc[0, "a"] = seed
    return GOOD[seed % len(GOOD)]
`,
  `import numpy as np, pandas as pd, torch

KNOWN = (
    "builtins numpy pandas torch PIL scipy collections datetime decimal fractions records remote stand_ins zoneinfo".split()
)
def root(value):
    return type(value).__module__.partition(".")[0]
read, refused = 0, 0
for seed in range(3000):
    try:
        result = f(seed, pd.DataFrame({"a": [1, 2]})) if seed % 3 == 0 else f(seed)
    except Exception as error:
        assert type(error).__name__ in ("Unreadable", "RuntimeError", "CannotCross"), repr(error)
        refused += 1
        continue
    read += 1
    items = [result, *(result if type(result) in (list, tuple) else [])]
    assert all(root(item) in KNOWN for item in items), items
print(read, refused)
assert read > 100 and refused > 1000
assert f(-1) == "alive"
`,
];
