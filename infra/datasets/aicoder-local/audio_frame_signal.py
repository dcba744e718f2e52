# domain: audio
# level: 0
# checks: overlapping frames of a signal, the last one filled up with zeros
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def frame_signal(signal: np.ndarray, length: int, hop: int) -> np.ndarray:
    """Cut a signal into overlapping frames.

    Frame i begins at sample i * hop and has `length` samples; hop <= length. There are just as many frames as are needed to hold every sample, one at least; the
    last frame is filled up with zeros. `signal` has shape (samples,), with one sample or more.

    Returns shape (frames, length).

    >>> frame_signal(np.array([1.0, 2.0, 3.0]), 2, 1).tolist()
    [[1.0, 2.0], [2.0, 3.0]]
    """
    count = 1 + max(0, -(-(len(signal) - length) // hop))
    padded = np.zeros((count - 1) * hop + length)
    padded[: len(signal)] = signal
    return np.stack([padded[i * hop : i * hop + length] for i in range(count)])

# test_function_code --------------------

def test_frame_signal():
    import numpy as np

    def check(signal, length, hop, expected, case):
        found = np.asarray(frame_signal(np.array(signal, dtype=float), length, hop), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1, 2, 3, 4, 5, 6], 2, 2, [[1, 2], [3, 4], [5, 6]], "[1/3]")

    print("Testing case [2/3] started.")
    check([1, 2, 3, 4, 5, 6, 7], 4, 2, [[1, 2, 3, 4], [3, 4, 5, 6], [5, 6, 7, 0]], "[2/3]")

    print("Testing case [3/3] started.")
    check([1, 2, 3, 4, 5, 6], 4, 2, [[1, 2, 3, 4], [3, 4, 5, 6]], "[3/3]")
    check([8, 9], 5, 3, [[8, 9, 0, 0, 0]], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_frame_signal()
