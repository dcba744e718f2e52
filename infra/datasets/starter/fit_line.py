# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def fit_line(xs: list[float], ys: list[float]) -> tuple[float, float, float]:
    """Fit y = slope * x + intercept by least squares.

    The slope is the sum of (x - mean of xs) * (y - mean of ys) divided by the sum of
    (x - mean of xs) ** 2; the intercept makes the line go through the two means. R squared is
    1 - (sum of squared residuals) / (sum of (y - mean of ys) ** 2), and 1.0 where all ys are equal.

    Args:
        xs: at least two values.
        ys: as many values.

    Returns:
        (slope, intercept, r_squared), each rounded to 4 decimals.

    Raises:
        ValueError: if the lists differ in length, hold fewer than two values, or all xs are equal.

    >>> fit_line([0, 1, 2], [1, 3, 5])
    (2.0, 1.0, 1.0)
    """
    if len(xs) != len(ys) or len(xs) < 2 or len(set(xs)) == 1:
        raise ValueError("two or more points with different xs are needed")
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)
    intercept = mean_y - slope * mean_x
    total = sum((y - mean_y) ** 2 for y in ys)
    residual = sum((y - slope * x - intercept) ** 2 for x, y in zip(xs, ys))
    r_squared = 1 - residual / total if total else 1.0
    return round(slope, 4), round(intercept, 4), round(r_squared, 4)

# test_function_code --------------------

def test_fit_line():
    print("Testing started.")

    print("Testing case [1/3] started.")
    fit = fit_line([1, 2, 3, 4], [2.0, 2.5, 4.5, 5.0])
    assert fit == (1.1, 0.75, 0.9308), f"Test case [1/3] failed: got {fit}"

    print("Testing case [2/3] started.")
    fit = fit_line([-2.0, 0.0, 3.0], [4.0, 4.0, 4.0])
    assert fit == (0.0, 4.0, 1.0), f"Test case [2/3] failed: got {fit}"

    print("Testing case [3/3] started.")
    for xs, ys in (([1.0, 2.0], [1.0]), ([1.0], [1.0]), ([3.0, 3.0], [1.0, 2.0])):
        try:
            fit_line(xs, ys)
            raised = False
        except ValueError:
            raised = True
        assert raised, f"Test case [3/3] failed: {xs}, {ys} must raise ValueError"

    print("Testing finished.")

# call_test_function_line --------------------

test_fit_line()
