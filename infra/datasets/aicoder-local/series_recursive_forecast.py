# domain: time-series
# level: 3
# checks: an autoregressive model is fitted with intercept and lags in order, and forecasts from its own forecasts
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def autoregressive_forecast(series: np.ndarray, lags: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Fit an autoregressive model by least squares and forecast recursively.

    The model is value[t] = c + a_1 * value[t - 1] + a_2 * value[t - 2] + ... + a_lags * value[t - lags]. Its
    coefficients minimise the sum of squared errors over all t of `series`, shape (n,), that have `lags` values
    before them. They are determined uniquely by the series.

    The forecast of the first time after the series comes from the last `lags` values of the series; each further
    one takes the forecasts made before for the times that have no value yet.

    Returns the coefficients [c, a_1, ..., a_lags], shape (lags + 1,), and the forecasts of the next `steps` times,
    shape (steps,). `series` is not changed.

    >>> coefficients, forecasts = autoregressive_forecast(np.array([1.0, 3.0, 7.0, 15.0]), 1, 2)
    >>> [round(float(number), 3) for number in [*coefficients, *forecasts]]
    [1.0, 2.0, 31.0, 63.0]
    """
    rows = [[1.0, *series[t - lags : t][::-1]] for t in range(lags, len(series))]
    coefficients = np.linalg.lstsq(np.array(rows), series[lags:], rcond=None)[0]
    values = list(series)
    for _ in range(steps):
        values.append(coefficients[0] + coefficients[1:] @ values[-1 : -lags - 1 : -1])
    return coefficients, np.array(values[len(series) :])

# test_function_code --------------------

def test_autoregressive_forecast():
    import numpy as np

    def check(series, lags, steps, coefficients, failed, tolerance=1e-5):
        """`coefficients` is what has to be found."""
        given = np.array(series, dtype=float)
        found, forecast = autoregressive_forecast(given, lags, steps)
        assert given.tolist() == list(series), f"{failed}the series was changed"
        found, forecast = np.asarray(found, dtype=float), np.asarray(forecast, dtype=float)
        assert found.shape == (lags + 1,), f"{failed}there are coefficients of shape {found.shape}"
        close = np.allclose(found, coefficients, atol=tolerance)
        assert close, f"{failed}the coefficients are {found.tolist()}, expected {list(coefficients)}"
        values = list(series)
        for _ in range(steps):
            values.append(coefficients[0] + sum(a * values[-k] for k, a in enumerate(coefficients[1:], 1)))
        wanted = values[len(series) :]
        close = forecast.shape == (steps,) and np.allclose(forecast, wanted, atol=10 * tolerance)
        assert close, f"{failed}the forecast is {forecast.tolist()}, expected {wanted}"

    def follow(start, coefficients, count):
        values = list(start)
        while len(values) < count:
            values.append(coefficients[0] + sum(a * values[-k] for k, a in enumerate(coefficients[1:], 1)))
        return values

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(follow([1.0, 3.0], [2.0, 0.9, -0.6], 14), 2, 4, [2.0, 0.9, -0.6], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check(follow([5.0], [3.0, -0.8], 9), 1, 5, [3.0, -0.8], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    truth = [10.0, 0.5, 0.0, -0.7]
    check(follow([1.0, 9.0, 4.0], truth, 16), 3, 6, truth, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    # With noise: the normal equations, solved without a library's fit.
    random = np.random.default_rng(12)
    series = (np.cumsum(random.normal(size=40)) + 20.0).tolist()
    rows = np.array([[1.0, series[t - 1], series[t - 2]] for t in range(2, 40)])
    expected = np.linalg.solve(rows.T @ rows, rows.T @ np.array(series[2:]))
    check(series, 2, 3, expected.tolist(), "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_autoregressive_forecast()
