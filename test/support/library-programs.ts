/** What test authors naturally write, by library. A test that holds says so by its own assertions. */
export const LIBRARIES: readonly (readonly [what: string, program: string, test: string])[] = [
  [
    'PyTorch: modules stay and are used from afar, tensors cross',
    `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
        self.drop = nn.Dropout(0.5)
    def forward(self, x):
        return self.drop(self.body(x))
def f(kind, *args):
    if kind == "net": return Net()
    if kind == "linear": return nn.Linear(2, 2)
    if kind == "inplace": args[0].add_(1); return None
    if kind == "grad": (args[0] ** 2).sum().backward(); return None
    if kind == "act": return args[0](torch.tensor([-1., 2.]))
    if kind == "cls": return args[0]()
    if kind == "rand": return torch.rand(3)
    if kind == "max": return args[0].max(dim=0)
    if kind == "opt":
        m = nn.Linear(1, 1); return torch.optim.SGD(m.parameters(), lr=0.1)
    if kind == "loader":
        from torch.utils.data import DataLoader, TensorDataset
        return DataLoader(TensorDataset(torch.arange(5), torch.arange(5) * 2), batch_size=2)
    if kind == "echo": return args[0]
`,
    `import torch, copy
from torch import nn
net = f("net")
assert isinstance(net, nn.Module) and type(net).__name__ == "Net" and net.__class__.__name__ == "Net"
assert not isinstance(net, nn.Linear) and not isinstance(net, torch.Tensor)
net.eval()
assert net.training is False
with torch.no_grad():
    out = net(torch.ones(4, 2))
assert out.shape == (4, 3) and out.dtype == torch.float32 and not out.requires_grad
assert out.numpy().min() >= 0
assert net(torch.ones(1, 2)).requires_grad
assert sum(p.numel() for p in net.parameters()) == 9
assert [n for n, p in net.named_parameters()] == ["body.0.weight", "body.0.bias"]
assert all(isinstance(p, nn.Parameter) for p in net.parameters())
sd = net.state_dict()
assert set(sd) == {"body.0.weight", "body.0.bias"} and torch.equal(sd["body.0.bias"], net.body[0].bias)
assert len(net.body) == 2 and isinstance(net.body[1], nn.ReLU)
sd["body.0.bias"].zero_(); net.load_state_dict(sd); assert net.body[0].bias.abs().sum() == 0
x = torch.zeros(3); v = x[1:]; f("inplace", x); assert v.tolist() == [1, 1]
x = torch.ones(2, requires_grad=True); f("grad", x); assert x.grad.tolist() == [2, 2]
assert f("act", torch.relu).tolist() == [0, 2] and f("act", lambda t: t * 2).tolist() == [-2, 4] and f("act", nn.functional.relu).tolist() == [0, 2]
assert isinstance(f("cls", nn.ReLU), nn.ReLU)
torch.manual_seed(0); a = f("rand"); torch.manual_seed(0); assert torch.equal(a, f("rand")); torch.manual_seed(0); assert torch.equal(a, torch.rand(3))
m = f("max", torch.tensor([[1., 5], [3, 2]])); assert m.values.tolist() == [3, 5] and m.indices.tolist() == [1, 0]
opt = f("opt"); assert opt.param_groups[0]["lr"] == 0.1 and isinstance(opt, torch.optim.Optimizer)
loader = f("loader"); assert len(loader) == 3 and [b[0].tolist() for b in loader] == [[0, 1], [2, 3], [4]]
assert isinstance(loader, torch.utils.data.DataLoader) and len(loader.dataset) == 5 and loader.dataset[2][1] == 4
assert f("echo", nn.Linear) is nn.Linear and f("echo", torch.float16) is torch.float16 and f("echo", torch.Size([1])) == (1,)
e = f("echo", torch.nn.Parameter(torch.ones(2, dtype=torch.bfloat16))); assert isinstance(e, nn.Parameter) and e.dtype is torch.bfloat16
assert str(f("linear")) == "Linear(in_features=2, out_features=2, bias=True)"
for name, child in net.named_children(): assert name in ("body", "drop")
assert list(net.children())[0] is net.body
try: copy.deepcopy(net); assert False
except Exception as error: assert "copied" in str(error)
try: net(torch.ones(1, 5)); assert False
except RuntimeError as error: assert "shapes" in str(error)
assert hasattr(net, "body") and not hasattr(net, "nothing")
net.train(); assert net.training
net.extra = 5; assert net.extra == 5
`,
  ],
  [
    'scikit-learn and pandas: estimators stay, tables cross and are changed in place',
    `from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.exceptions import NotFittedError
import numpy as np, pandas as pd
def f(kind, *args):
    if kind == "fit": return LogisticRegression().fit(*args)
    if kind == "pipe": return make_pipeline(StandardScaler(), LogisticRegression()).fit(*args)
    if kind == "unfitted": return LogisticRegression().predict([[1]])
    if kind == "frame": args[0]["new"] = args[0]["a"] * 2; args[0].drop(index=0, inplace=True); return args[0]
    if kind == "group": return args[0].groupby("g")["v"].mean()
    if kind == "groups": return args[0].groupby("g")
    if kind == "merge": return args[0].merge(args[0], on="zz")
    if kind == "parse": return pd.read_csv(args[0])
    if kind == "iris":
        from sklearn.datasets import load_iris
        return load_iris()
    if kind == "split":
        from sklearn.model_selection import GroupKFold
        return GroupKFold(n_splits=2)
`,
    `import numpy as np, pandas as pd, io
from sklearn.linear_model import LogisticRegression
from sklearn.base import BaseEstimator, clone
from sklearn.pipeline import Pipeline
from sklearn.exceptions import NotFittedError
from sklearn.metrics import accuracy_score
from sklearn.model_selection import cross_val_score
X, y = np.array([[0.], [1], [2], [3]] * 5), np.array(["a", "a", "b", "b"] * 5)
est = f("fit", X, y)
assert isinstance(est, LogisticRegression) and isinstance(est, BaseEstimator)
assert est.predict([[0], [3]]).tolist() == ["a", "b"] and est.score(X, y) > 0.9 and est.coef_.shape == (1, 1)
assert est.classes_.tolist() == ["a", "b"] and est.get_params()["C"] == 1.0
assert accuracy_score(y, est.predict(X)) > 0.9
pipe = f("pipe", pd.DataFrame(X, columns=["x"]), pd.Series(y))
assert isinstance(pipe, Pipeline) and pipe.predict(pd.DataFrame({"x": [0.]}))[0] == "a"
assert list(pipe.named_steps) == ["standardscaler", "logisticregression"] and pipe[-1].coef_.shape == (1, 1) and len(pipe) == 2
try: f("unfitted"); assert False
except NotFittedError: pass
df = pd.DataFrame({"a": [1, 2, 3]})
out = f("frame", df)
assert out is df and df.shape == (2, 2) and df["new"].tolist() == [4, 6]
g = pd.DataFrame({"g": ["x", "y", "x"], "v": [1., 2, 3]})
pd.testing.assert_series_equal(f("group", g), pd.Series([2., 2.], index=pd.Index(["x", "y"], name="g"), name="v"))
groups = f("groups", g)
assert len(groups) == 2 and groups["v"].sum().tolist() == [4, 2]
try: f("merge", g); assert False
except KeyError as error: assert "zz" in str(error)
iris = f("iris"); assert iris.data.shape == (150, 4) and iris["target"].sum() == 150 and iris.target_names.tolist()[0] == "setosa"
cv = f("split"); assert [len(test) for train, test in cv.split(X, y, groups=[1, 2] * 10)] == [10, 10]
scores = cross_val_score(est, X, y, cv=2); assert scores.mean() > 0.5
`,
  ],
  [
    'transformers, tokenizers and datasets',
    `import torch
from transformers import BertConfig, BertForSequenceClassification, BatchEncoding
from transformers import AutoConfig
def f(kind, *args, **kwargs):
    if kind == "model":
        torch.manual_seed(0)
        return BertForSequenceClassification(BertConfig(vocab_size=30, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, num_labels=3)).eval()
    if kind == "tok":
        from tokenizers import Tokenizer, models, pre_tokenizers
        from transformers import PreTrainedTokenizerFast
        t = Tokenizer(models.WordLevel({"[UNK]": 0, "[PAD]": 1, "a": 2, "b": 3}, unk_token="[UNK]")); t.pre_tokenizer = pre_tokenizers.Whitespace()
        return PreTrainedTokenizerFast(tokenizer_object=t, pad_token="[PAD]", unk_token="[UNK]")
    if kind == "ds":
        from datasets import Dataset
        return Dataset.from_dict({"x": [1, 2, 3], "s": ["a", "b", "c"]})
    if kind == "logits": return args[0].logits
`,
    `import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase
m = f("model")
assert isinstance(m, PreTrainedModel) and isinstance(m, torch.nn.Module) and m.config.hidden_size == 8 and m.config.num_labels == 3
with torch.no_grad(): out = m(input_ids=torch.tensor([[1, 2, 3]]))
assert out.logits.shape == (1, 3) and out[0].shape == (1, 3) and out["logits"].shape == (1, 3) and out.loss is None and out.hidden_states is None
assert torch.equal(f("logits", out), out.logits)
out = m(input_ids=torch.tensor([[1, 2]]), labels=torch.tensor([1])); assert out.loss.item() > 0 and list(out) == ["loss", "logits"]
tok = f("tok")
assert isinstance(tok, PreTrainedTokenizerBase)
enc = tok(["a b", "b"], padding=True, return_tensors="pt")
assert enc["input_ids"].tolist() == [[2, 3], [3, 1]] and enc.attention_mask.sum() == 3 and "input_ids" in enc and set(enc.keys()) >= {"input_ids"}
with torch.no_grad(): assert m(**enc).logits.shape == (2, 3)
assert dict(enc)["input_ids"].shape == (2, 2)
assert tok.decode([2, 3]) == "a b" and len(tok) == 4 and tok.pad_token_id == 1
ds = f("ds"); assert len(ds) == 3 and ds[0] == {"x": 1, "s": "a"} and list(ds["x"]) == [1, 2, 3] and ds.column_names == ["x", "s"] and [r["x"] for r in ds] == [1, 2, 3]
`,
  ],
  [
    "Pillow's images",
    `from PIL import Image, ImageDraw
def f(kind, *args):
    if kind == "new": return Image.new("RGB", (3, 2), (255, 0, 0))
    if kind == "draw": ImageDraw.Draw(args[0]).point((0, 0), fill=255); return None
    if kind == "thumb": args[0].thumbnail((2, 2)); return args[0]
    if kind == "png":
        import io; b = io.BytesIO(); args[0].save(b, "PNG"); return Image.open(io.BytesIO(b.getvalue()))
    if kind == "boxes": boxes = [[1, 2], [3, 4]]; return {"boxes": boxes, "best": boxes[0]}
`,
    `from PIL import Image
import numpy as np
im = f("new"); assert isinstance(im, Image.Image) and im.size == (3, 2) and im.getpixel((0, 0)) == (255, 0, 0) and im == Image.new("RGB", (3, 2), (255, 0, 0))
assert np.asarray(im).shape == (2, 3, 3)
g = Image.new("L", (4, 4)); f("draw", g); assert g.getpixel((0, 0)) == 255
t = f("thumb", g); assert t is g and g.size == (2, 2)
assert f("png", g).format == "PNG"
found = f("boxes", g, im); assert found["best"] == [1, 2] and found["best"] is found["boxes"][0]
`,
  ],
];

/** The same for TensorFlow, which takes long to import. */
export const KERAS: readonly [program: string, test: string] = [
  `import tensorflow as tf, keras
def f(kind, *args):
    if kind == "model":
        m = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="relu"), keras.layers.Dense(1)])
        m.compile("sgd", "mse"); return m
    if kind == "ds": return tf.data.Dataset.range(5).batch(2)
    if kind == "echo": return args[0]
    if kind == "var": return tf.Variable([1., 2.])
    if kind == "fail": return tf.matmul(tf.ones((2, 3)), tf.ones((2, 3)))
    if kind == "ragged": return tf.ragged.constant([[1], [2, 3]])
`,
  `import tensorflow as tf, keras, numpy as np
m = f("model")
assert isinstance(m, keras.Model) and isinstance(m, keras.Sequential)
assert m.output_shape == (None, 1) and len(m.layers) == 2 and m.layers[0].units == 3
out = m(tf.ones((4, 2))); assert out.shape == (4, 1) and isinstance(out, tf.Tensor)
assert m.predict(np.ones((4, 2)), verbose=0).shape == (4, 1)
assert m.count_params() == 13 and len(m.trainable_weights) == 4
h = m.fit(np.ones((4, 2)), np.ones((4, 1)), epochs=2, verbose=0)
assert len(h.history["loss"]) == 2
assert m.layers[0].kernel.shape == (2, 3) and m.layers[0].get_config()["activation"] == "relu"
assert [b.numpy().tolist() for b in f("ds")] == [[0, 1], [2, 3], [4]]
t = tf.constant([[1., 2]]); assert tf.reduce_all(f("echo", t) == t)
assert f("var").numpy().tolist() == [1, 2]
try: f("fail"); assert False
except tf.errors.InvalidArgumentError as e: assert "Matrix" in str(e), str(e)
assert f("ragged").to_list() == [[1], [2, 3]]
assert f("echo", tf.float32) is tf.float32 and f("echo", tf.TensorShape([None, 2])).as_list() == [None, 2]
`,
];
