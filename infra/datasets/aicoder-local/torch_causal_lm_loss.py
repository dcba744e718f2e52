# domain: nlp
# level: 2
# checks: labels are shifted against the logits, positions without a label count nowhere, large logits stay finite
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch
import torch.nn.functional as F

# function_code --------------------

def sequence_losses(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Mean negative log-likelihood of each sequence under a causal language model.

    `logits` is a float32 tensor of shape (batch, length, vocabulary): logits[b, t] are the unnormalised scores
    for the token at position t + 1, given the tokens up to t. `labels` is an int64 tensor of shape
    (batch, length): the token at each position, or -100 where the position is not scored (prompt, padding).

    The loss of a scored position t >= 1 is -log of the softmax probability that logits[b, t - 1] give to
    labels[b, t]; position 0 is never scored. Returns a float32 tensor of shape (batch,): the mean loss over
    the scored positions of each sequence, 0.0 for a sequence that has none. Logits may be as large as 1e4 in
    magnitude; the result is finite.

    >>> losses = sequence_losses(torch.zeros(1, 3, 4), torch.tensor([[0, 3, 1]]))
    >>> [round(loss, 3) for loss in losses.tolist()]
    [1.386]
    """
    shifted = labels[:, 1:]
    losses = F.cross_entropy(logits[:, :-1].transpose(1, 2), shifted, ignore_index=-100, reduction="none")
    return losses.sum(dim=1) / (shifted != -100).sum(dim=1).clamp(min=1)

# test_function_code --------------------

def test_sequence_losses():
    import math

    import torch

    def naive(logits, labels):
        means = []
        for scores, tokens in zip(logits.double().tolist(), labels.tolist()):
            losses = []
            for before, token in zip(scores, tokens[1:]):
                if token != -100:
                    top = max(before)
                    losses.append(top + math.log(sum(math.exp(x - top) for x in before)) - before[token])
            means.append(sum(losses) / len(losses) if losses else 0.0)
        return means

    def check(logits, labels, failed):
        labels = torch.tensor(labels)
        found = sequence_losses(logits, labels)
        expected = naive(logits, labels)
        assert list(found.shape) == [len(expected)], f"{failed}the shape is {list(found.shape)}"
        found = found.tolist()
        close = all(abs(a - b) <= 1e-4 * max(1.0, b) for a, b in zip(found, expected))
        assert close, f"{failed}got {found}, expected {expected}"

    generator = torch.Generator().manual_seed(11)
    logits = torch.randn(3, 5, 6, generator=generator) * 2

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(logits, [[0, 1, 2, 3, 4], [5, 5, 5, 5, 5], [3, 1, 4, 1, 5]], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    labels = [[-100, -100, 2, 3, 4], [1, 2, -100, -100, -100], [-100, 3, -100, 0, -100]]
    check(logits, labels, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check(logits, [[-100] * 5, [4, -100, -100, -100, -100], [0, 0, 0, 0, 0]], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check(logits * 1000, [[0, 1, 2, 3, 4], [5, 0, 5, 0, 5], [3, 1, -100, 1, 5]], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_sequence_losses()
