import math


def tf_idf(documents: list[list[str]]) -> list[dict[str, float]]:
    weights = []
    total = [token for document in documents for token in document]
    for document in documents:
        weights.append({t: document.count(t) / len(document) * math.log(len(documents) / total.count(t)) for t in document})
    return weights
