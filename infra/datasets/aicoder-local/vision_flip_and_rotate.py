# domain: vision
# level: 0
# checks: an image mirrored left to right, or turned by a quarter
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def mirror_or_turn(image: np.ndarray, how: str) -> np.ndarray:
    """Mirror or turn an image.

    `image` has shape (height, width, channels). `how` is "mirror" (left and right change places) or "turn" (a quarter to the left, against the clock, so that the right edge
    becomes the top).

    >>> mirror_or_turn(np.array([[[1], [2]]]), "mirror").tolist()
    [[[2], [1]]]
    """
    return image[:, ::-1] if how == "mirror" else np.rot90(image)

# test_function_code --------------------

def test_mirror_or_turn():
    import numpy as np

    def check(image, how, expected, case):
        found = np.asarray(mirror_or_turn(np.array(image)[..., None], how))
        wanted = (*np.shape(expected), 1)
        assert found.shape == wanted, f"Test case {case} failed: the shape is {found.shape}, expected {wanted}"
        assert found[..., 0].tolist() == expected, f"Test case {case} failed: got {found[..., 0].tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[1, 2, 3], [4, 5, 6]], "mirror", [[3, 2, 1], [6, 5, 4]], "[1/3]")

    print("Testing case [2/3] started.")
    check([[1, 2, 3], [4, 5, 6]], "turn", [[3, 6], [2, 5], [1, 4]], "[2/3]")

    print("Testing case [3/3] started.")
    check([[7, 8]], "turn", [[8], [7]], "[3/3]")
    check([[1], [2]], "mirror", [[1], [2]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_mirror_or_turn()
