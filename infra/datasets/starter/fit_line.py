# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def fit_line(xs: list[float], ys: list[float]) -> tuple[float, float]:
    """Slope and intercept of the least-squares line through the points (xs[i], ys[i]).

    The slope is the sum of (x - mean of xs) * (y - mean of ys) divided by the sum of
    (x - mean of xs) ** 2; the intercept is mean of ys - slope * mean of xs.
    Raises ValueError if all xs are equal.

    >>> fit_line([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    """
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    if spread == 0:
        raise ValueError("all xs are equal")
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / spread
    return slope, mean_y - slope * mean_x

# test_function_code --------------------

def test_fit_line():
    print("Testing started.")

    print("Testing case [1/3] started.")
    slope, intercept = fit_line([1, 2, 3, 4], [2.0, 2.5, 4.5, 5.0])
    assert abs(slope - 1.1) < 1e-9, f"Test case [1/3] failed: slope {slope}"
    assert abs(intercept - 0.75) < 1e-9, f"Test case [1/3] failed: intercept {intercept}"

    print("Testing case [2/3] started.")
    slope, intercept = fit_line([-2.0, 0.0, 3.0], [4.0, 4.0, 4.0])
    assert abs(slope) < 1e-9, f"Test case [2/3] failed: slope {slope}"
    assert abs(intercept - 4) < 1e-9, f"Test case [2/3] failed: intercept {intercept}"

    print("Testing case [3/3] started.")
    try:
        fit_line([3.0, 3.0], [1.0, 2.0])
        raised = False
    except ValueError:
        raised = True
    assert raised, "Test case [3/3] failed: equal xs must raise ValueError"

    print("Testing finished.")

# call_test_function_line --------------------

test_fit_line()
