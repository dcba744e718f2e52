# domain: multimodal
# level: 1
# checks: CLIP's contrastive loss, in both directions, of unit vectors, scaled by the exponential of the logit scale
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["numpy", "torch"]

# function_import --------------------

import numpy as np
import torch
import torch.nn.functional as F

# function_code --------------------

def clip_loss(image_embeddings: np.ndarray, text_embeddings: np.ndarray, logit_scale: float) -> float:
    """CLIP's contrastive loss for a batch of pairs: row i of both arrays belongs together.

    Both have the shape (pairs, width). Embeddings are first brought to unit length. The logit of image i with text j is their dot product times
    exp(logit_scale); the model learns the logarithm of the scale. The loss is the mean of two: the cross-entropy of finding each
    image's text among all texts, averaged over the images, and that of finding each text's image among all images, averaged over
    the texts.

    >>> round(clip_loss(np.ones((4, 2)), np.ones((4, 2)), 1.0), 4)
    1.3863
    """
    images = F.normalize(torch.from_numpy(image_embeddings), dim=1)
    texts = F.normalize(torch.from_numpy(text_embeddings), dim=1)
    logits = images @ texts.T * float(np.exp(logit_scale))
    targets = torch.arange(len(logits))
    return ((F.cross_entropy(logits, targets) + F.cross_entropy(logits.T, targets)) / 2).item()

# test_function_code --------------------

def test_clip_loss():
    import math

    import numpy as np

    def naive(images, texts, logit_scale):
        def unit(row):
            length = math.sqrt(sum(float(value) ** 2 for value in row))
            return [float(value) / length for value in row]

        images, texts = [unit(row) for row in images], [unit(row) for row in texts]
        scale = math.exp(logit_scale)
        logits = [[scale * sum(a * b for a, b in zip(image, text)) for text in texts] for image in images]
        total = 0.0
        for i in range(len(images)):
            total += math.log(sum(math.exp(value) for value in logits[i])) - logits[i][i]
            total += math.log(sum(math.exp(row[i]) for row in logits)) - logits[i][i]
        return total / (2 * len(images))

    rng = np.random.default_rng(8)

    def check(images, texts, logit_scale, case):
        got, expected = clip_loss(images, texts, logit_scale), naive(images, texts, logit_scale)
        assert abs(got - expected) < 1e-4 * max(1, expected), f"Test case {case} failed: got {got}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(rng.normal(size=(5, 8)), rng.normal(size=(5, 8)), 0.0, "[1/4]")

    print("Testing case [2/4] started.")
    check(rng.normal(size=(6, 4)) * 7, rng.normal(size=(6, 4)) * 0.1, math.log(14.0), "[2/4]")

    print("Testing case [3/4] started.")
    # Two images alike, texts apart: the two directions differ.
    images = np.array([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0]])
    texts = np.array([[2.0, 0.0], [0.0, 3.0], [-1.0, 1.0]])
    check(images, texts, 1.5, "[3/4]")

    print("Testing case [4/4] started.")
    got = clip_loss(np.eye(3) * 5, np.eye(3), 4.0)
    assert abs(got) < 1e-4, f"Test case [4/4] failed: got {got} for pairs that fit and a large scale"
    got = clip_loss(np.ones((1, 3)), rng.normal(size=(1, 3)), 2.0)
    assert abs(got) < 1e-6, f"Test case [4/4] failed: got {got} for one pair"

    print("Testing finished.")

# call_test_function_line --------------------

test_clip_loss()
