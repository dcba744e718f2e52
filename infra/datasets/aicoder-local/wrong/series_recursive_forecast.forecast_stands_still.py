import numpy as np
from sklearn.linear_model import LinearRegression


def autoregressive_forecast(series: np.ndarray, lags: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array([series[t - lags : t][::-1] for t in range(lags, len(series))])
    model = LinearRegression().fit(rows, series[lags:])
    forecasts = []
    for _ in range(steps):
        recent = series[-lags:][::-1]
        forecasts.append(model.predict(recent[None, :])[0])
    return np.concatenate([[model.intercept_], model.coef_]), np.array(forecasts)
