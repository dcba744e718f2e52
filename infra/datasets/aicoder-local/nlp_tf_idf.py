# domain: nlp
# level: 0
# checks: tf-idf from document frequencies by the natural logarithm
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

import math

# function_code --------------------

def tf_idf(documents: list[list[str]]) -> list[dict[str, float]]:
    """TF-IDF weights of tokenised documents.

    The weight of a token in a document is tf * idf. tf is its number of occurrences in that document divided by the number of tokens of the
    document; idf is the natural logarithm of (number of documents / number of documents that hold the token).

    Returns for each document a dictionary from each of its tokens to its weight; of an empty document an empty one.

    >>> tf_idf([["a"], ["a"]])
    [{'a': 0.0}, {'a': 0.0}]
    """
    weights = []
    for document in documents:
        weights.append({})
        for token in document:
            holders = sum(token in other for other in documents)
            weights[-1][token] = document.count(token) / len(document) * math.log(len(documents) / holders)
    return weights

# test_function_code --------------------

def test_tf_idf():
    import math

    def check(documents, expected, case):
        found = tf_idf(documents)
        assert len(found) == len(expected), f"Test case {case} failed: {len(found)} documents, expected {len(expected)}"
        for got, want in zip(found, expected):
            close = got.keys() == want.keys() and all(abs(got[token] - want[token]) < 1e-6 for token in want)
            assert close, f"Test case {case} failed: got {got}, expected {want}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([["x", "y"], ["x", "z"]], [{"x": 0.0, "y": 0.34657359}, {"x": 0.0, "z": 0.34657359}], "[1/3]")

    print("Testing case [2/3] started.")
    check([["x", "x", "y", "y"], ["x"], ["z"], []], [{"x": 0.34657359, "y": 0.69314718}, {"x": 0.69314718}, {"z": 1.38629436}, {}], "[2/3]")

    print("Testing case [3/3] started.")
    check([["b", "b", "b"], ["c"]], [{"b": 0.69314718}, {"c": 0.69314718}], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_tf_idf()
