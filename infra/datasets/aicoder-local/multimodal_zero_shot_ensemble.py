# domain: multimodal
# level: 2
# checks: a zero-shot classifier averages the unit embeddings of a class's prompts, and normalises again
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def zero_shot_probabilities(
    image_embeddings: np.ndarray, prompt_embeddings: dict[str, np.ndarray], scale: float
) -> list[dict[str, float]]:
    """Classify images without training, by the text embeddings of prompts such as "a photo of a cat".

    `image_embeddings` has the shape (images, width). `prompt_embeddings` has for each class an array of the shape (prompts, width), the number
    of prompts being the class's own. None of the embeddings has unit length yet, and each prompt of a class counts the same, however long
    its embedding. The vector of a class is the mean of its prompts' embeddings, each brought to unit length first; that mean
    is brought to unit length again. The logit of an image for a class is `scale` times the cosine of the two vectors,
    and the probabilities of an image are the softmax of its logits over the classes; they are finite for any scale.

    Returns for each image {class: probability}, classes in the order of `prompt_embeddings`.

    >>> zero_shot_probabilities(np.array([[2.0, 0.0]]), {"a": np.array([[5.0, 0.0]]), "b": np.array([[3.0, 0.0]])}, 10.0)
    [{'a': 0.5, 'b': 0.5}]
    """

    def unit(vectors: np.ndarray) -> np.ndarray:
        return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)

    classes = np.stack([unit(unit(prompts).mean(axis=0)) for prompts in prompt_embeddings.values()])
    logits = scale * unit(image_embeddings) @ classes.T
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return [dict(zip(prompt_embeddings, row)) for row in (weights / weights.sum(axis=1, keepdims=True)).tolist()]

# test_function_code --------------------

def test_zero_shot_probabilities():
    import math

    import numpy as np

    def unit(vector):
        length = math.sqrt(sum(value * value for value in vector))
        return [value / length for value in vector]

    def naive(images, prompts, scale):
        vectors = {}
        for name, rows in prompts.items():
            units = [unit([float(value) for value in row]) for row in rows]
            vectors[name] = unit([sum(column) / len(units) for column in zip(*units)])
        results = []
        for image in images:
            image = unit([float(value) for value in image])
            logits = {name: scale * sum(a * b for a, b in zip(image, vector)) for name, vector in vectors.items()}
            top = max(logits.values())
            weights = {name: math.exp(logit - top) for name, logit in logits.items()}
            results.append({name: weight / sum(weights.values()) for name, weight in weights.items()})
        return results

    rng = np.random.default_rng(12)

    def check(images, prompts, scale, case):
        got, expected = zero_shot_probabilities(images, prompts, scale), naive(images, prompts, scale)
        assert len(got) == len(expected), f"Test case {case} failed: got {got}"
        for one, other in zip(got, expected):
            fits = list(one) == list(other) and all(abs(one[name] - other[name]) < 1e-5 for name in other)
            assert fits, f"Test case {case} failed: got {one}, expected {other}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    one_each = {name: rng.normal(size=(1, 6)) for name in ("cat", "dog", "bird")}
    check(rng.normal(size=(3, 6)) * 4, one_each, 5.0, "[1/4]")

    print("Testing case [2/4] started.")
    # Prompts of very different lengths, and classes with different numbers of them.
    prompts = {
        "cat": rng.normal(size=(4, 6)) * np.array([[0.1], [9.0], [1.0], [30.0]]),
        "dog": rng.normal(size=(2, 6)) * np.array([[20.0], [0.5]]),
    }
    check(rng.normal(size=(4, 6)), prompts, 8.0, "[2/4]")

    print("Testing case [3/4] started.")
    # Prompts that point apart have a short mean.
    prompts = {"wide": np.array([[1.0, 0.2], [-1.0, 0.2]]), "narrow": np.array([[1.0, 0.9], [1.0, 1.1]])}
    check(np.array([[0.3, 2.0], [1.0, 1.0]]), prompts, 6.0, "[3/4]")

    print("Testing case [4/4] started.")
    check(rng.normal(size=(2, 6)), one_each, 5000.0, "[4/4]")

    print("Testing finished.")

# call_test_function_line --------------------

test_zero_shot_probabilities()
