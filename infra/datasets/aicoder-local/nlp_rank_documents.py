# domain: nlp
# level: 0
# checks: documents ranked by cosine similarity, best first
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def rank_documents(query: np.ndarray, documents: np.ndarray, k: int) -> list[int]:
    """Indices of the documents whose embeddings are most similar to that of a query.

    `query` has shape (dim,), `documents` shape (n, dim); no row is all 0. Similarity is the cosine of the angle between the vectors; no two
    documents are equally similar.

    Returns the indices of the `k` most similar documents (of all, if there are fewer), the most similar first, as Python integers.

    >>> rank_documents(np.array([1.0, 0.0]), np.array([[0.0, 1.0], [2.0, 0.1]]), 1)
    [1]
    """
    similarity = documents @ query / (np.linalg.norm(documents, axis=1) * np.linalg.norm(query))
    return np.argsort(-similarity)[:k].tolist()

# test_function_code --------------------

def test_rank_documents():
    import numpy as np

    def check(query, documents, k, expected, case):
        found = [int(index) for index in rank_documents(np.array(query), np.array(documents), k)]
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1.0, 1.0], [[1.0, 0.0], [1.0, 0.9], [-1.0, -1.0]], 2, [1, 0], "[1/3]")

    print("Testing case [2/3] started.")
    check([1.0, 0.0], [[0.2, 0.1], [9.0, 0.1], [1.5, 1.0]], 3, [1, 0, 2], "[2/3]")

    print("Testing case [3/3] started.")
    check([0.0, 2.0, 0.0], [[0.0, -9.0, 0.0], [1.0, 1.0, 1.0], [0.0, 0.5, 0.1]], 1, [2], "[3/3]")
    check([1.0, 2.0], [[-1.0, 0.0], [2.0, 4.0]], 5, [1, 0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_rank_documents()
