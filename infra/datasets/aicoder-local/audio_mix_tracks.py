# domain: audio
# level: 0
# checks: tracks of different lengths are added and kept in range
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def mix(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Mix two mono tracks.

    Sample by sample the tracks are added; where the shorter one has ended it counts as 0. The sum is cut off at -1 and 1.

    Returns a track as long as the longer one.

    >>> mix(np.array([0.25, 0.5]), np.array([0.25])).tolist()
    [0.5, 0.5]
    """
    mixed = np.zeros(max(len(first), len(second)))
    mixed[: len(first)] += first
    mixed[: len(second)] += second
    return mixed.clip(-1, 1)

# test_function_code --------------------

def test_mix():
    import numpy as np

    def check(first, second, expected, case):
        found = np.asarray(mix(np.array(first, dtype=float), np.array(second, dtype=float)), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0.1, 0.2, 0.3], [0.4, -0.2, 0.1], [0.5, 0.0, 0.4], "[1/3]")

    print("Testing case [2/3] started.")
    check([0.5], [0.25, -0.5, 0.125], [0.75, -0.5, 0.125], "[2/3]")

    print("Testing case [3/3] started.")
    check([0.75, -0.75, 0.5], [0.5, -0.5], [1.0, -1.0, 0.5], "[3/3]")
    check([], [0.5], [0.5], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_mix()
