def macro_f1(y_true: list[str], y_pred: list[str]) -> tuple[list[list[int]], float]:
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    if not y_true:
        return [], 0.0
    labels = sorted(set(y_true))
    matrix = [[0] * len(labels) for _ in labels]
    for true, predicted in zip(y_true, y_pred):
        if predicted in labels:
            matrix[labels.index(true)][labels.index(predicted)] += 1
    correct = sum(matrix[i][i] for i in range(len(labels)))
    return matrix, round(correct / len(y_true), 4)
