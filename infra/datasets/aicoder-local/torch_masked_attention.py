# domain: nlp
# level: 2
# checks: padding and causal masks of attention are applied to keys before the softmax; an empty sequence gives no NaN
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import math

import torch

# function_code --------------------

def masked_attention(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, lengths: torch.Tensor, causal: bool
) -> torch.Tensor:
    """Scaled dot-product attention over a batch of padded sequences.

    `query`, `key` and `value` are float tensors of shape (batch, heads, length, size). Sequence b has
    `lengths[b]` real positions (int64, may be 0), followed by padding that holds any finite numbers.

    A real position i attends to the real positions j of its sequence, and if `causal` is true only to those
    with j <= i. The attention weights are the softmax over these j of (query_i . key_j) / sqrt(size); the
    output at i is the sum of value_j by these weights. The output at padding positions is 0.

    Returns the output, of the shape of `query`. It never holds a NaN.

    >>> same, value = torch.ones(1, 1, 2, 1), torch.tensor([[[[2.0], [4.0]]]])
    >>> masked_attention(same, same, value, torch.tensor([2]), True).tolist()
    [[[[2.0], [3.0]]]]
    """
    real = torch.arange(query.shape[2]) < lengths[:, None]
    allowed = real[:, None, None, :]
    if causal:
        allowed = allowed & torch.ones(query.shape[2], query.shape[2], dtype=torch.bool).tril()
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    weights = scores.masked_fill(~allowed, float("-inf")).softmax(dim=-1)
    return (weights @ value).masked_fill(~real[:, None, :, None], 0.0)

# test_function_code --------------------

def test_masked_attention():
    import math

    import torch

    def naive(query, key, value, lengths, causal):
        query, key, value = query.tolist(), key.tolist(), value.tolist()
        output = []
        for b, length in enumerate(lengths.tolist()):
            for h in range(len(query[b])):
                for i in range(len(query[b][h])):
                    seen = range(i + 1 if causal else length) if i < length else ()
                    size = len(query[b][h][i])
                    scores = [sum(x * y for x, y in zip(query[b][h][i], key[b][h][j])) / size**0.5 for j in seen]
                    powers = [math.exp(score - max(scores)) for score in scores]
                    for d in range(size):
                        output.append(sum(p * value[b][h][j][d] for p, j in zip(powers, seen)) / (sum(powers) or 1.0))
        return output

    def check(query, key, value, lengths, causal, failed):
        found = masked_attention(query, key, value, torch.tensor(lengths), causal)
        assert list(found.shape) == list(query.shape), f"{failed}the shape is {list(found.shape)}"
        expected = naive(query, key, value, torch.tensor(lengths), causal)
        found = found.flatten().tolist()
        worst = max(abs(a - b) if a == a else math.inf for a, b in zip(found, expected))
        assert worst < 1e-4, f"{failed}the output is off by {worst}"

    generator = torch.Generator().manual_seed(5)

    def draw(*shape):
        return torch.randn(*shape, generator=generator)

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(draw(2, 2, 5, 4), draw(2, 2, 5, 4), draw(2, 2, 5, 4), [5, 3], False, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check(draw(3, 1, 4, 9), draw(3, 1, 4, 9), draw(3, 1, 4, 9), [4, 2, 1], True, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check(draw(2, 2, 3, 4), draw(2, 2, 3, 4), draw(2, 2, 3, 4), [0, 3], False, "Test case [3/4] failed: ")
    check(draw(2, 2, 3, 4), draw(2, 2, 3, 4), draw(2, 2, 3, 4), [2, 0], True, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    query, key, value = draw(1, 1, 4, 4) * 30, draw(1, 1, 4, 4) * 30, draw(1, 1, 4, 4)
    key[:, :, 2:] = 1e4
    value[:, :, 2:] = -1e4
    check(query, key, value, [2], False, "Test case [4/4] failed: ")
    check(query, key, value, [2], True, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_masked_attention()
