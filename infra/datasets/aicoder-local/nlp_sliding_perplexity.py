# domain: nlp
# level: 3
# checks: perplexity of a long text by overlapping windows counts each token once, with as much context as fits
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch", "transformers"]

# function_import --------------------

import math

import torch
from transformers import GPT2Config, GPT2LMHeadModel

# function_code --------------------

def load_model() -> GPT2LMHeadModel:
    """A tiny language model that reads at most 16 tokens, with its dropout as a constructor leaves it: on."""
    torch.manual_seed(9)
    config = GPT2Config(vocab_size=30, n_positions=16, n_embd=32, n_layer=2, n_head=4, initializer_range=0.3)
    return GPT2LMHeadModel(config)


def sliding_perplexity(ids: list[int], window: int, stride: int) -> float:
    """Perplexity of a text of any length (2 tokens or more) by the model of `load_model`, used for inference.

    The model reads the text in windows of `window` tokens (2 to 16) that start at 0, stride, 2 * stride, ..., where stride is less than
    window; the first window that reaches the end of the text is the last one, and may be shorter. Every token but the first
    of the text is predicted once: in the first window that holds it, from all tokens before it in that window. So the first window
    predicts all of its tokens but its first, and each later one only the tokens that no window before held.

    Returns the exponential of the mean negative log-likelihood of all predicted tokens, each with the same weight.
    """
    model = load_model().eval()
    total, done, start = 0.0, 1, 0
    while done < len(ids):
        part = torch.tensor(ids[start : start + window])
        with torch.no_grad():
            log_probabilities = model(part[None]).logits[0, :-1].log_softmax(dim=-1)
        losses = -log_probabilities.gather(1, part[1:, None])[:, 0]
        end = start + len(part)
        total += losses[len(losses) - (end - done) :].sum().item()
        done, start = end, start + stride
    return math.exp(total / (len(ids) - 1))

# test_function_code --------------------

def test_sliding_perplexity():
    import math

    import torch

    model = load_model().eval()
    generator = torch.Generator().manual_seed(3)

    def naive(ids, window, stride):
        total, start, end = 0.0, 0, min(window, len(ids))
        for position in range(1, len(ids)):
            if position >= end:
                start, end = start + stride, min(start + stride + window, len(ids))
            with torch.no_grad():
                logits = model(torch.tensor([ids[start:position]])).logits[0, -1].double()
            total -= float(logits.log_softmax(dim=-1)[ids[position]])
        return math.exp(total / (len(ids) - 1))

    def check(length, window, stride, case):
        ids = torch.randint(0, 30, (length,), generator=generator).tolist()
        got, expected = sliding_perplexity(ids, window, stride), naive(ids, window, stride)
        fits = abs(got - expected) < 1e-3 * expected
        assert fits, f"Test case {case} failed: got {got}, expected {expected} for {length} tokens, {window} by {stride}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(10, 16, 8, "[1/4]")
    check(2, 8, 4, "[1/4]")

    print("Testing case [2/4] started.")
    check(24, 8, 4, "[2/4]")

    print("Testing case [3/4] started.")
    check(29, 16, 5, "[3/4]")
    check(17, 16, 15, "[3/4]")

    print("Testing case [4/4] started.")
    check(20, 6, 1, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_sliding_perplexity()
