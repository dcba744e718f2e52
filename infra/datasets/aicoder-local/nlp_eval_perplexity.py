# domain: nlp
# level: 2
# checks: labels are shifted by one, ignored labels left out, batches weighted by their tokens
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "torch"]

# function_import --------------------

import math

import numpy as np
import torch
import torch.nn.functional as F

# function_code --------------------

def eval_perplexity(batches: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """Perplexity of a causal language model over the batches of an evaluation.

    Each batch is (logits, labels): `logits` of the shape (rows, tokens, vocabulary), and `labels` of the shape
    (rows, tokens), which are the input ids themselves with -100 where a token does not count (prompt or padding). They are not
    shifted yet: the logits at position t predict the label at position t + 1, so the first label of a row is never
    predicted. Batches may differ in shape.

    Returns the exponential of the mean negative log-likelihood of all predicted labels but those that are -100,
    every label of every batch with the same weight. Raises ValueError if there is no such label.

    >>> round(eval_perplexity([(np.zeros((1, 3, 4)), np.array([[0, 1, 2]]))]), 6)
    4.0
    """
    total, count = 0.0, 0
    for logits, labels in batches:
        predicted = torch.from_numpy(logits[:, :-1]).double().flatten(0, 1)
        expected = torch.from_numpy(labels[:, 1:]).long().flatten()
        total += F.cross_entropy(predicted, expected, ignore_index=-100, reduction="sum").item()
        count += int((expected != -100).sum())
    if count == 0:
        raise ValueError("no label is predicted")
    return math.exp(total / count)

# test_function_code --------------------

def test_eval_perplexity():
    import math

    import numpy as np

    def naive(batches):
        losses = []
        for logits, labels in batches:
            for row in range(labels.shape[0]):
                for t in range(1, labels.shape[1]):
                    label = int(labels[row, t])
                    if label != -100:
                        scores = [float(score) for score in logits[row, t - 1]]
                        losses.append(math.log(sum(math.exp(score) for score in scores)) - scores[label])
        return math.exp(sum(losses) / len(losses))

    rng = np.random.default_rng(7)

    def batch(rows, tokens, vocabulary=6, ignored=0.0):
        labels = rng.integers(0, vocabulary, (rows, tokens))
        labels[rng.random((rows, tokens)) < ignored] = -100
        return rng.normal(scale=2, size=(rows, tokens, vocabulary)).astype(np.float32), labels

    def check(batches, case):
        got, expected = eval_perplexity(batches), naive(batches)
        assert abs(got - expected) < 1e-4 * expected, f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([batch(3, 8)], "[1/4]")
    # A model that is sure of the next token, and right.
    labels = np.array([[3, 1, 4, 1, 5]])
    logits = np.zeros((1, 5, 6), np.float32)
    for t in range(4):
        logits[0, t, labels[0, t + 1]] = 50
    got = eval_perplexity([(logits, labels)])
    assert abs(got - 1) < 1e-6, f"Test case [1/4] failed: got {got} for a model that is always right"

    print("Testing case [2/4] started.")
    logits, labels = batch(4, 9)
    labels[0, 4:] = -100
    labels[1, :3] = -100
    labels[2, 1:] = -100
    check([(logits, labels)], "[2/4]")

    print("Testing case [3/4] started.")
    check([batch(1, 3), batch(5, 12, ignored=0.3), batch(2, 6, ignored=0.5)], "[3/4]")

    print("Testing case [4/4] started.")
    ignored = np.full((2, 4), -100)
    ignored[:, 0] = 1
    got = eval_perplexity([(rng.normal(size=(2, 4, 6)), ignored), (np.zeros((1, 2, 6)), np.array([[2, 3]]))])
    assert abs(got - 6) < 1e-6, f"Test case [4/4] failed: got {got} where a batch has no label that counts"
    raised = False
    try:
        eval_perplexity([(np.zeros((2, 4, 6)), ignored)])
    except ValueError:
        raised = True
    assert raised, "Test case [4/4] failed: no ValueError where no label counts"

    print("Testing finished.")

# call_test_function_line --------------------

test_eval_perplexity()
