# domain: multimodal
# level: 0
# checks: the best caption of each image by cosine similarity, and how many are right
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def match_captions(images: np.ndarray, captions: np.ndarray) -> tuple[list[int], float]:
    """Find the caption of each image by embeddings, and score it.

    `images` and `captions` are embeddings, shape (n, dim); caption i belongs to image i. Similarity is the cosine; no row is all 0, and no two captions are equally
    similar to an image.

    Returns the index of the most similar caption for each image, as Python integers, and the share of images whose own caption it is.

    >>> match_captions(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[5.0, 1.0], [1.0, 5.0]]))
    ([0, 1], 1.0)
    """
    a = images / np.linalg.norm(images, axis=1, keepdims=True)
    b = captions / np.linalg.norm(captions, axis=1, keepdims=True)
    best = (a @ b.T).argmax(axis=1).tolist()
    return best, sum(index == i for i, index in enumerate(best)) / len(best)

# test_function_code --------------------

def test_match_captions():
    import numpy as np

    def check(images, captions, best, share, case):
        found = match_captions(np.array(images), np.array(captions))
        got = [int(index) for index in found[0]]
        assert got == best, f"Test case {case} failed: got {got}, expected {best}"
        assert abs(float(found[1]) - share) < 1e-9, f"Test case {case} failed: the share is {found[1]}, expected {share}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[1.0, 0.1], [0.1, 1.0], [-1.0, 0.0]], [[2.0, 0.0], [0.0, 3.0], [-4.0, -1.0]], [0, 1, 2], 1.0, "[1/3]")

    print("Testing case [2/3] started.")
    check([[1.0, 0.2], [0.2, 1.0]], [[0.3, 0.0], [9.0, 9.0]], [0, 1], 1.0, "[2/3]")

    print("Testing case [3/3] started.")
    check([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0]], [[0.0, 2.0], [1.0, 0.0], [1.0, 1.0]], [1, 1, 0], 1 / 3, "[3/3]")
    check([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], [[1.0, 0.5, 0.0], [-1.0, -1.0, 3.0]], [0, 0], 0.5, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_match_captions()
