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
    def logits(self, tokens, positions, slots, last):
        """Logits (sequences, vocabulary) at the index `last` of each; `tokens` and `positions` are (sequences, tokens)."""
        weights = self.weights
        hidden = weights.tensors["token_embd.weight"][tokens]
        length = int(positions.max()) + 1
        seen = torch.arange(length, device=tokens.device) <= positions[:, None, None, :, None]
        for layer in range(weights.layers):
            block = f"blk.{layer}"
            hidden = hidden + self.attend(layer, weights.norm(hidden, f"{block}.attn_norm"), positions, slots, seen)
            inner = weights.norm(hidden, f"{block}.ffn_norm")
            gate = functional.silu(weights.linear(inner, f"{block}.ffn_gate")) * weights.linear(inner, f"{block}.ffn_up")
            hidden = hidden + weights.linear(gate, f"{block}.ffn_down")
        chosen = weights.norm(hidden[torch.arange(len(last), device=last.device), last], "output_norm")
        return weights.linear(chosen, "output" if "output.weight" in weights.tensors else "token_embd").float()

    def attend(self, layer, hidden, positions, slots, seen):
        """Grouped-query attention over what the slots hold, the new tokens with it."""
        weights, (count, tokens, _) = self.weights, hidden.shape
        block = f"blk.{layer}.attn"

        def heads(name, number):
            return weights.linear(hidden, f"{block}_{name}").view(count, tokens, number, weights.head_size).transpose(1, 2)

        query = self.rotate(heads("q", weights.heads), positions)
        rows, columns = slots[:, None], positions
        self.keys[layer, rows, :, columns] = self.rotate(heads("k", weights.kv_heads), positions).transpose(1, 2)
        self.values[layer, rows, :, columns] = heads("v", weights.kv_heads).transpose(1, 2)
        length = seen.shape[-1]
        keys, values = (part[layer, slots, :, :length] for part in (self.keys, self.values))
        query = query.view(count, weights.kv_heads, -1, tokens, weights.head_size)
        scores = (query @ keys[:, :, None].transpose(-1, -2)).float() * weights.head_size**-0.5
        shares = scores.masked_fill(~seen, float("-inf")).softmax(-1).to(hidden.dtype)
        mixed = (shares @ values[:, :, None]).reshape(count, weights.heads, tokens, weights.head_size)
        return weights.linear(mixed.transpose(1, 2).reshape(count, tokens, -1), f"{block}_output")
