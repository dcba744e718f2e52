# domain: tabular

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def fit_line(xs: list[float], ys: list[float]) -> tuple[float, float]:
    """Slope and intercept of the least-squares line through the points (xs[i], ys[i]).

    With mx and my the means of xs and ys, the slope is the sum of (x - mx) * (y - my) over all points
    divided by the sum of (x - mx) ** 2, and the intercept is my - slope * mx.

    >>> fit_line([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    """
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)
    return slope, my - slope * mx

# test_function_code --------------------

def test_fit_line():
    def check(xs, ys, slope, intercept, case):
        fit = fit_line(xs, ys)
        fits = abs(fit[0] - slope) < 1e-9 and abs(fit[1] - intercept) < 1e-9
        assert fits, f"Test case {case} failed: got {fit}, expected {(slope, intercept)}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1, 2, 3, 4], [2.0, 2.5, 4.5, 5.0], 1.1, 0.75, "[1/3]")

    print("Testing case [2/3] started.")
    check([-2.0, 0.0, 3.0], [4.0, 4.0, 4.0], 0.0, 4.0, "[2/3]")

    print("Testing case [3/3] started.")
    check([5.0, 3.0], [0.0, 1.0], -0.5, 2.5, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_fit_line()
