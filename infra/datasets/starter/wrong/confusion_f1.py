def confusion_f1(y_true: list[int], y_pred: list[int]) -> tuple[list[list[int]], float]:
    matrix = [[0, 0], [0, 0]]
    for true, predicted in zip(y_true, y_pred):
        matrix[predicted][true] += 1
    tp, fp, fn = matrix[1][1], matrix[1][0], matrix[0][1]
    return matrix, 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0
