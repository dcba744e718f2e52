"""The transformer that `gpu_host.py` serves: Qwen2 (arXiv 2407.10671) from a GGUF file, many sequences at once."""

from concurrent.futures import ThreadPoolExecutor

import gguf
import torch
import torch.nn.functional as functional


class Weights:
    """Tensors of a GGUF file of the architecture qwen2, dequantised, by their names there."""

    def __init__(self, path, device, dtype):
        reader = gguf.GGUFReader(path)

        def load(tensor):
            values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
            return tensor.name, torch.from_numpy(values.copy()).to(device, dtype)

        with ThreadPoolExecutor() as pool:
            self.tensors = dict(pool.map(load, reader.tensors))
        fact = {name: field.contents() for name, field in reader.fields.items() if name.startswith("qwen2.")}
        self.layers = fact["qwen2.block_count"]
        self.heads, self.kv_heads = fact["qwen2.attention.head_count"], fact["qwen2.attention.head_count_kv"]
        self.head_size = fact["qwen2.embedding_length"] // self.heads
        self.theta, self.epsilon = fact["qwen2.rope.freq_base"], fact["qwen2.attention.layer_norm_rms_epsilon"]

    def linear(self, values, name):
        """A projection; queries, keys and values have a bias."""
        return functional.linear(values, self.tensors[f"{name}.weight"], self.tensors.get(f"{name}.bias"))

    def norm(self, values, name):
        """Root-mean-square norm, in float32."""
        wide = values.float()
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.epsilon)
        return wide.to(values.dtype) * self.tensors[f"{name}.weight"]


class Transformer:
    """With a cache of keys and values: `slots` sequences of at most `context` tokens."""

    def __init__(self, weights, slots, context, device, dtype):
        self.weights = weights
        shape = (weights.layers, slots, weights.kv_heads, context, weights.head_size)
        self.keys = torch.zeros(shape, device=device, dtype=dtype)
        self.values = torch.zeros(shape, device=device, dtype=dtype)
        powers = torch.arange(0, weights.head_size, 2, device=device).float() / weights.head_size
        angles = torch.arange(context, device=device).float()[:, None] * weights.theta ** -powers
        self.cos, self.sin = (torch.cat([part, part], -1).to(dtype) for part in (angles.cos(), angles.sin()))

    def rotate(self, values, positions):
        """Rotary positions; `values` is (sequences, heads, tokens, head size)."""
        cos, sin = self.cos[positions][:, None], self.sin[positions][:, None]
        left, right = values.chunk(2, -1)
        return values * cos + torch.cat([-right, left], -1) * sin

    @torch.inference_mode()
    def logits(self, placed, first, length, last):
        """
        Logits (sequences, vocabulary) at the index `last` of each. `placed` are tokens and their positions, below `length`, each
        (sequences, tokens); what comes of them is written to the slots from `first` on, which hold what comes before.
        """
        weights, (tokens, positions) = self.weights, placed
        hidden = weights.tensors["token_embd.weight"][tokens]
        seen = torch.arange(length, device=tokens.device) <= positions[:, None, None, :, None]
        for layer in range(weights.layers):
            block = f"blk.{layer}"
            hidden = hidden + self.attend(layer, weights.norm(hidden, f"{block}.attn_norm"), positions, first, seen)
            inner = weights.norm(hidden, f"{block}.ffn_norm")
            gate = functional.silu(weights.linear(inner, f"{block}.ffn_gate")) * weights.linear(inner, f"{block}.ffn_up")
            hidden = hidden + weights.linear(gate, f"{block}.ffn_down")
        chosen = weights.norm(hidden[torch.arange(len(last), device=last.device), last], "output_norm")
        return weights.linear(chosen, "output" if "output.weight" in weights.tensors else "token_embd").float()

    def attend(self, layer, hidden, positions, first, seen):
        """Grouped-query attention over what the slots hold, the new tokens with it."""
        weights, (count, tokens, _) = self.weights, hidden.shape
        block = f"blk.{layer}.attn"

        def heads(name, number):
            return weights.linear(hidden, f"{block}_{name}").view(count, tokens, number, weights.head_size).transpose(1, 2)

        query = self.rotate(heads("q", weights.heads), positions)
        rows = torch.arange(first, first + count, device=hidden.device)[:, None]
        self.keys[layer, rows, :, positions] = self.rotate(heads("k", weights.kv_heads), positions).transpose(1, 2)
        self.values[layer, rows, :, positions] = heads("v", weights.kv_heads).transpose(1, 2)
        # Neighbouring slots: a view, where picking slots would copy all that they hold, once a layer and token.
        keys, values = (part[layer, first : first + count, :, : seen.shape[-1]] for part in (self.keys, self.values))
        query = query.reshape(count, weights.kv_heads, -1, weights.head_size)
        scores = (query @ keys.transpose(-1, -2)).float() * weights.head_size**-0.5
        scores = scores.view(count, weights.kv_heads, -1, tokens, seen.shape[-1]).masked_fill(~seen, float("-inf"))
        shares = scores.softmax(-1).to(hidden.dtype).view(count, weights.kv_heads, -1, seen.shape[-1])
        mixed = (shares @ values).view(count, weights.heads, tokens, weights.head_size)
        return weights.linear(mixed.transpose(1, 2).reshape(count, tokens, -1), f"{block}_output")

    def move(self, source, target, length):
        """A slot takes over what another holds."""
        for part in (self.keys, self.values):
            part[:, target, :, :length] = part[:, source, :, :length]


class Decoder:
    """One more token for the first so many slots. On a GPU the kernels of a step are recorded once for each size and played back."""

    ROWS, LENGTH = 32, 512

    def __init__(self, model, slots, context, device):
        self.model, self.slots, self.context, self.device = model, slots, context, device
        self.tokens = torch.zeros((slots, 1), dtype=torch.long, device=device)
        self.positions = torch.zeros((slots, 1), dtype=torch.long, device=device)
        self.recorded = {}
        self.pool = torch.cuda.graph_pool_handle() if device == "cuda" else None

    @torch.inference_mode()
    def logits(self, tokens, positions):
        """Logits (sequences, vocabulary) after the last token of each, that stands at this position. Slots behind them are scratched."""
        count = len(tokens)
        rows = min(self.slots, -(-count // self.ROWS) * self.ROWS)
        length = min(self.context, -(-(max(positions) + 1) // self.LENGTH) * self.LENGTH)
        padding = [0] * (rows - count)
        self.tokens[:rows, 0] = torch.tensor(tokens + padding, device=self.device)
        self.positions[:rows, 0] = torch.tensor(positions + padding, device=self.device)
        if self.pool is None:
            return self.step(rows, length)[:count]
        if (rows, length) not in self.recorded:
            self.recorded[rows, length] = self.record(rows, length)
        graph, logits = self.recorded[rows, length]
        graph.replay()
        return logits[:count]

    def step(self, rows, length):
        last = torch.zeros(rows, dtype=torch.long, device=self.device)
        return self.model.logits((self.tokens[:rows], self.positions[:rows]), 0, length, last)

    def record(self, rows, length):
        # Kernels are chosen and loaded by a first run; what it writes is written again by the replay.
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            self.step(rows, length)
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=self.pool):
            logits = self.step(rows, length)
        return graph, logits
