# domain: audio
# level: 0
# checks: silence is cut off at both ends and kept inside
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def trim_silence(signal: np.ndarray, threshold: float) -> np.ndarray:
    """Cut off the silence at the beginning and the end of a signal.

    A sample is silent if its absolute value is below `threshold`. What lies between the first and the last sample that are not silent is kept, these two included. A
    signal of silence alone becomes empty, shape (0,).

    >>> trim_silence(np.array([0.0, 0.5, 0.0]), 0.1).tolist()
    [0.5]
    """
    loud = np.flatnonzero(np.abs(signal) >= threshold)
    return signal[loud[0] : loud[-1] + 1] if len(loud) else signal[:0]

# test_function_code --------------------

def test_trim_silence():
    import numpy as np

    def check(signal, threshold, expected, case):
        found = np.asarray(trim_silence(np.array(signal), threshold), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0.0, 0.01, 0.3, 0.0, 0.2, 0.0], 0.1, [0.3, 0.0, 0.2], "[1/3]")

    print("Testing case [2/3] started.")
    check([-0.5, 0.0, 0.0, 0.05, -0.4], 0.1, [-0.5, 0.0, 0.0, 0.05, -0.4], "[2/3]")

    print("Testing case [3/3] started.")
    check([0.0, -0.25, 0.0], 0.25, [-0.25], "[3/3]")
    check([0.1, -0.1], 0.2, [], "[3/3]")
    check([0.0, 0.0, 0.9, -0.8, 0.1], 0.5, [0.9, -0.8], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_trim_silence()
