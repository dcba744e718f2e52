# domain: time-series
# level: 3
# checks: scaling and windows don't leak the test period: statistics of training, targets on one side, context kept
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def split_windows(series: np.ndarray, train_size: int, window: int) -> dict[str, np.ndarray]:
    """Prepare a series for training and testing a one-step forecasting model, without a leak.

    `series` has shape (times,); its first `train_size` times are the training period, the rest is the test period.
    First the series is standardised: (value - m) / s, where m and s are mean and population standard deviation
    (divided by n) of the training period; if s is 0, 1 is taken in its place.

    A sample is `window` consecutive scaled values and as its target the scaled value that follows them. There is
    one training sample for each target in the training period that has `window` values before it, and one
    test sample for each target in the test period that has: its inputs may reach back into the training period, since
    these values are known by then.

    Returns a dictionary of float arrays: "train_inputs" (a, window), "train_targets" (a,), "test_inputs" (b, window)
    and "test_targets" (b,), samples in order of time; and "test_actual" (b,): the test targets as they were before
    they were scaled. `series` is not changed.

    >>> split_windows(np.array([1.0, 3.0, 5.0]), 2, 1)["test_targets"].tolist()
    [3.0]
    """
    known = series[:train_size]
    deviation = known.std()
    scaled = (series - known.mean()) / (deviation if deviation > 0 else 1.0)

    def samples(targets: range) -> tuple[np.ndarray, np.ndarray]:
        inputs = np.array([scaled[t - window : t] for t in targets]).reshape(len(targets), window)
        return inputs, scaled[list(targets)]

    train_inputs, train_targets = samples(range(window, train_size))
    first = max(train_size, window)
    test_inputs, test_targets = samples(range(first, len(series)))
    return {
        "train_inputs": train_inputs,
        "train_targets": train_targets,
        "test_inputs": test_inputs,
        "test_targets": test_targets,
        "test_actual": series[first:],
    }

# test_function_code --------------------

def test_split_windows():
    import math

    import numpy as np

    def check(series, train_size, window, failed):
        known = series[:train_size]
        mean = sum(known) / len(known)
        deviation = math.sqrt(sum((value - mean) ** 2 for value in known) / len(known)) or 1.0
        scaled = [(value - mean) / deviation for value in series]
        train = [t for t in range(window, len(series)) if t < train_size]
        test = [t for t in range(window, len(series)) if t >= train_size]
        expected = {
            "train_inputs": [scaled[t - window : t] for t in train],
            "train_targets": [scaled[t] for t in train],
            "test_inputs": [scaled[t - window : t] for t in test],
            "test_targets": [scaled[t] for t in test],
            "test_actual": [series[t] for t in test],
        }
        given = np.array(series, dtype=float)
        found = split_windows(given, train_size, window)
        assert given.tolist() == [float(value) for value in series], f"{failed}the series was changed"
        assert set(found) == set(expected), f"{failed}the keys are {sorted(found)}"
        for name, values in expected.items():
            got = np.asarray(found[name], dtype=float)
            assert len(got) == len(values), f"{failed}{name} has {len(got)} rows, expected {len(values)}"
            close = got.shape == np.shape(values) and np.allclose(got, values, atol=1e-9)
            assert close or not values, f"{failed}{name} is {got.tolist()}, expected {values}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([3.0, 5.0, 4.0, 8.0, 6.0, 20.0, 30.0, 25.0], 5, 2, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check([1.0, 2.0, 1.0, 4.0, 2.0, 8.0, -4.0], 6, 3, "Test case [2/4] failed: ")
    check([float(t * t) for t in range(12)], 4, 1, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check([2.0, 2.0, 2.0, 2.0, 5.0, 7.0], 4, 2, "Test case [3/4] failed: ")
    check([0.01, 0.02, 0.04, 0.01, 0.03, 0.5], 4, 2, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    # A window longer than the training period: no training sample, and the first test target has to wait.
    check([1.0, 3.0, 2.0, 6.0, 4.0, 9.0], 2, 4, "Test case [4/4] failed: ")
    check([1.0, 3.0, 2.0, 6.0], 4, 2, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_split_windows()
