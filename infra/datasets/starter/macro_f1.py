# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def macro_f1(y_true: list[str], y_pred: list[str]) -> tuple[list[list[int]], float]:
    """Confusion matrix and macro-averaged F1 score of a classifier.

    The labels are all those that occur in `y_true` or `y_pred`, sorted. Row i, column j of the
    matrix counts the samples with true label i and predicted label j. The F1 score of a label is
    2 * tp / (2 * tp + fp + fn), and 0.0 where that denominator is 0. The macro F1 is the mean of
    the scores of all labels, rounded to 4 decimals.

    Args:
        y_true: true labels.
        y_pred: predicted labels, as many.

    Returns:
        The matrix as a list of rows, and the macro F1; ([], 0.0) for no samples.

    Raises:
        ValueError: if the two lists differ in length.

    >>> macro_f1(["a", "a", "b"], ["a", "b", "b"])
    ([[1, 1], [0, 1]], 0.6667)
    """
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    labels = sorted(set(y_true) | set(y_pred))
    if not labels:
        return [], 0.0
    position = {label: i for i, label in enumerate(labels)}
    matrix = [[0] * len(labels) for _ in labels]
    for true, predicted in zip(y_true, y_pred):
        matrix[position[true]][position[predicted]] += 1
    scores = []
    for i, row in enumerate(matrix):
        denominator = sum(row) + sum(other[i] for other in matrix)
        scores.append(2 * row[i] / denominator if denominator else 0.0)
    return matrix, round(sum(scores) / len(scores), 4)

# test_function_code --------------------

def test_macro_f1():
    print("Testing started.")

    print("Testing case [1/4] started.")
    matrix, score = macro_f1(["cat", "dog", "cat", "bird", "dog"], ["cat", "cat", "cat", "dog", "dog"])
    assert matrix == [[0, 0, 1], [0, 2, 0], [0, 1, 1]], f"Test case [1/4] failed: matrix {matrix}"
    assert score == 0.4333, f"Test case [1/4] failed: score {score}"

    print("Testing case [2/4] started.")
    matrix, score = macro_f1(["a", "a", "a"], ["a", "a", "z"])
    assert matrix == [[2, 1], [0, 0]], f"Test case [2/4] failed: matrix {matrix}"
    assert score == 0.4, f"Test case [2/4] failed: score {score}"

    print("Testing case [3/4] started.")
    assert macro_f1([], []) == ([], 0.0), "Test case [3/4] failed: no samples"
    assert macro_f1(["b", "a"], ["b", "a"]) == ([[1, 0], [0, 1]], 1.0), "Test case [3/4] failed: all correct"

    print("Testing case [4/4] started.")
    try:
        macro_f1(["a"], [])
        raised = False
    except ValueError:
        raised = True
    assert raised, "Test case [4/4] failed: different lengths must raise ValueError"

    print("Testing finished.")

# call_test_function_line --------------------

test_macro_f1()
