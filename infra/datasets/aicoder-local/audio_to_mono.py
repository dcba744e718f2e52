# domain: audio
# level: 0
# checks: channels are averaged, and the loudest sample brought to a peak, silence left alone
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def to_mono(samples: np.ndarray, peak: float) -> np.ndarray:
    """Make a recording mono and bring it to a peak.

    `samples` has shape (channels, n). The channels are averaged; the result is then scaled so that its largest absolute value is `peak`. A result that is all 0 stays 0.

    Returns shape (n,).

    >>> to_mono(np.array([[0.5, 0.0], [0.5, -0.5]]), 1.0).tolist()
    [1.0, -0.5]
    """
    mono = samples.mean(axis=0)
    loudest = np.abs(mono).max()
    return mono if loudest == 0 else mono * (peak / loudest)

# test_function_code --------------------

def test_to_mono():
    import numpy as np

    def check(samples, peak, expected, case):
        found = np.asarray(to_mono(np.array(samples, dtype=float), peak), dtype=float)
        assert found.shape == np.shape(expected), f"Test case {case} failed: the shape is {found.shape}, expected {np.shape(expected)}"
        assert np.allclose(found, expected, atol=1e-6), f"Test case {case} failed: got {found.tolist()}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([[0.25, 0.0, -0.5], [0.25, 0.5, 0.0]], 0.5, [0.5, 0.5, -0.5], "[1/3]")

    print("Testing case [2/3] started.")
    check([[0.1, -0.4, 0.2]], 0.8, [0.2, -0.8, 0.4], "[2/3]")

    print("Testing case [3/3] started.")
    check([[0.5, -0.5], [-0.5, 0.5]], 1.0, [0.0, 0.0], "[3/3]")
    check([[-1.0, 0.5], [-1.0, 0.0], [-1.0, 0.1]], 0.1, [-0.1, 0.02], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_to_mono()
