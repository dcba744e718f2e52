def macro_f1(y_true: list[str], y_pred: list[str]) -> tuple[list[list[int]], float]:
    labels = sorted(set(y_true) | set(y_pred))
    matrix = [[0] * len(labels) for _ in labels]
    for true, predicted in zip(y_true, y_pred):
        matrix[labels.index(true)][labels.index(predicted)] += 1
    correct = sum(matrix[i][i] for i in range(len(labels)))
    return matrix, correct / len(y_true)
