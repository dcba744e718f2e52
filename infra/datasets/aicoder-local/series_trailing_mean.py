# domain: time-series
# level: 0
# checks: a trailing moving average that begins with shorter windows
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def trailing_mean(values: list[float], window: int) -> list[float]:
    """Trailing moving average of a series.

    Entry i is the mean of the value i and those before it, `window` values in all; at the beginning, where there are fewer, the mean of those that there are.

    >>> trailing_mean([2.0, 4.0, 6.0], 2)
    [2.0, 3.0, 5.0]
    """
    means = []
    for i in range(len(values)):
        seen = values[max(0, i - window + 1) : i + 1]
        means.append(sum(seen) / len(seen))
    return means

# test_function_code --------------------

def test_trailing_mean():
    def check(values, window, expected, case):
        found = list(trailing_mean(values, window))
        close = len(found) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([3.0, 6.0, 9.0, 0.0], 3, [3.0, 4.5, 6.0, 5.0], "[1/3]")

    print("Testing case [2/3] started.")
    check([1.0, -1.0, 5.0], 1, [1.0, -1.0, 5.0], "[2/3]")

    print("Testing case [3/3] started.")
    check([4.0, 2.0], 10, [4.0, 3.0], "[3/3]")
    check([], 3, [], "[3/3]")
    check([8.0, 0.0, 0.0, 0.0, 4.0], 2, [8.0, 4.0, 0.0, 0.0, 2.0], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_trailing_mean()
