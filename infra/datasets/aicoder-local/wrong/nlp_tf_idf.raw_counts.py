import math


def tf_idf(documents: list[list[str]]) -> list[dict[str, float]]:
    weights = []
    for document in documents:
        weights.append({})
        for token in document:
            holders = sum(token in other for other in documents)
            weights[-1][token] = document.count(token) * math.log(len(documents) / holders)
    return weights
