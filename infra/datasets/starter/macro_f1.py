# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def macro_f1(y_true: list[str], y_pred: list[str]) -> tuple[list[list[int]], float]:
    """Confusion matrix and macro F1 score of a classifier.

    The labels are all those in `y_true` or `y_pred`, sorted. Row i, column j of the matrix counts the
    samples with true label i and predicted label j. The F1 score of a label is
    2 * tp / (2 * tp + fp + fn); the macro F1 is the mean over all labels. There is at least one sample.

    >>> macro_f1(["a", "a", "b", "b"], ["a", "a", "b", "b"])
    ([[2, 0], [0, 2]], 1.0)
    """
    labels = sorted(set(y_true) | set(y_pred))
    position = {label: i for i, label in enumerate(labels)}
    matrix = [[0] * len(labels) for _ in labels]
    for true, predicted in zip(y_true, y_pred):
        matrix[position[true]][position[predicted]] += 1
    scores = [2 * row[i] / (sum(row) + sum(other[i] for other in matrix)) for i, row in enumerate(matrix)]
    return matrix, sum(scores) / len(scores)

# test_function_code --------------------

def test_macro_f1():
    print("Testing started.")

    print("Testing case [1/3] started.")
    matrix, score = macro_f1(["cat", "dog", "cat", "bird", "dog"], ["cat", "cat", "cat", "dog", "dog"])
    assert matrix == [[0, 0, 1], [0, 2, 0], [0, 1, 1]], f"Test case [1/3] failed: matrix {matrix}"
    assert abs(score - 1.3 / 3) < 1e-9, f"Test case [1/3] failed: score {score}"

    print("Testing case [2/3] started.")
    matrix, score = macro_f1(["a", "a", "a"], ["a", "a", "z"])
    assert matrix == [[2, 1], [0, 0]], f"Test case [2/3] failed: matrix {matrix}"
    assert abs(score - 0.4) < 1e-9, f"Test case [2/3] failed: score {score}"

    print("Testing case [3/3] started.")
    matrix, score = macro_f1(["b", "a"], ["b", "a"])
    assert (matrix, score) == ([[1, 0], [0, 1]], 1.0), f"Test case [3/3] failed: got {matrix}, {score}"

    print("Testing finished.")

# call_test_function_line --------------------

test_macro_f1()
