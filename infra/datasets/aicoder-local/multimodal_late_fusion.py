# domain: multimodal
# level: 0
# checks: weighted fusion of the probabilities of models, some of which have no answer
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def late_fusion(scores: dict[str, list[float] | None], weights: dict[str, float]) -> list[float]:
    """Join the class probabilities of one example from several modalities.

    `scores` has the probabilities of each modality ("image", "text", ...), or None where the example lacks that modality; one modality at least is there. `weights` has a weight
    for each. The result is the weighted mean of the probabilities of the modalities that are there, by their weights alone.

    >>> late_fusion({"image": [1.0, 0.0], "text": [0.5, 0.5]}, {"image": 1.0, "text": 1.0})
    [0.75, 0.25]
    """
    present = {name: row for name, row in scores.items() if row is not None}
    total = sum(weights[name] for name in present)
    classes = len(next(iter(present.values())))
    return [sum(weights[name] * row[i] for name, row in present.items()) / total for i in range(classes)]

# test_function_code --------------------

def test_late_fusion():
    def check(scores, weights, expected, case):
        found = list(late_fusion(scores, weights))
        close = len(found) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check({"image": [0.2, 0.8], "text": [0.6, 0.4]}, {"image": 3.0, "text": 1.0}, [0.3, 0.7], "[1/3]")

    print("Testing case [2/3] started.")
    check({"image": None, "text": [0.1, 0.2, 0.7]}, {"image": 5.0, "text": 2.0}, [0.1, 0.2, 0.7], "[2/3]")

    print("Testing case [3/3] started.")
    check({"audio": [1.0, 0.0], "image": None, "text": [0.0, 1.0]}, {"text": 1.0, "image": 4.0, "audio": 3.0}, [0.75, 0.25], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_late_fusion()
