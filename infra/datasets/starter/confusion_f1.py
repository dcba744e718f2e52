# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def confusion_f1(y_true: list[int], y_pred: list[int]) -> tuple[list[list[int]], float]:
    """Confusion matrix and F1 score of a classifier with the labels 0 and 1.

    matrix[i][j] counts the samples with true label i and predicted label j. With tp the count of
    true 1 predicted 1, fp of true 0 predicted 1 and fn of true 1 predicted 0, the F1 score is
    2 * tp / (2 * tp + fp + fn), and 0.0 if that would divide by zero. Returns (matrix, F1 score).

    >>> confusion_f1([0, 1, 1, 0], [0, 1, 1, 0])
    ([[2, 0], [0, 2]], 1.0)
    """
    matrix = [[0, 0], [0, 0]]
    for true, predicted in zip(y_true, y_pred):
        matrix[true][predicted] += 1
    (_, fp), (fn, tp) = matrix
    return matrix, 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0

# test_function_code --------------------

def test_confusion_f1():
    print("Testing started.")

    print("Testing case [1/3] started.")
    matrix, score = confusion_f1([1, 1, 1, 0, 0, 0, 0], [1, 1, 0, 1, 1, 1, 0])
    assert matrix == [[1, 3], [1, 2]], f"Test case [1/3] failed: matrix {matrix}"
    assert abs(score - 0.5) < 1e-9, f"Test case [1/3] failed: score {score}"

    print("Testing case [2/3] started.")
    matrix, score = confusion_f1([1, 0], [0, 1])
    assert (matrix, score) == ([[0, 1], [1, 0]], 0.0), f"Test case [2/3] failed: got {matrix}, {score}"

    print("Testing case [3/3] started.")
    matrix, score = confusion_f1([0, 0], [0, 0])
    assert (matrix, score) == ([[2, 0], [0, 0]], 0.0), f"Test case [3/3] failed: got {matrix}, {score}"

    print("Testing finished.")

# call_test_function_line --------------------

test_confusion_f1()
