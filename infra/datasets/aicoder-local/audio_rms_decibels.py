# domain: audio
# level: 0
# checks: the level of a signal in decibels of its root mean square, with a floor
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def rms_decibels(signal: np.ndarray, floor: float) -> float:
    """Level of a signal in decibels relative to full scale.

    20 * log10 of the root mean square of the samples; `floor` if that is lower, and for silence. `signal` has shape (samples,), values from -1 to 1.

    Returns a Python float.

    >>> rms_decibels(np.array([1.0, -1.0]), -80.0)
    0.0
    """
    rms = np.sqrt(np.mean(signal**2))
    return float(max(20 * np.log10(rms), floor)) if rms > 0 else float(floor)

# test_function_code --------------------

def test_rms_decibels():
    import numpy as np

    def check(signal, floor, expected, case):
        found = rms_decibels(np.array(signal), floor)
        close = isinstance(found, float) and abs(found - expected) < 1e-5
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0.1, -0.1, 0.1, 0.1], -100.0, -20.0, "[1/3]")

    print("Testing case [2/3] started.")
    check([0.5, 0.0, 0.0, 0.0], -60.0, -12.0411998, "[2/3]")

    print("Testing case [3/3] started.")
    check([0.0, 0.0, 0.0], -70.0, -70.0, "[3/3]")
    check([0.001, -0.001], -40.0, -40.0, "[3/3]")
    check([0.001, -0.001], -90.0, -60.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_rms_decibels()
