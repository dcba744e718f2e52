import numpy as np
from sklearn.linear_model import LinearRegression


def autoregressive_forecast(series: np.ndarray, lags: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array([series[t - lags : t] for t in range(lags, len(series))])
    model = LinearRegression().fit(rows, series[lags:])
    history = list(series)
    for _ in range(steps):
        recent = np.array(history[-lags:])[::-1]
        history.append(model.predict(recent[None, :])[0])
    return np.concatenate([[model.intercept_], model.coef_[::-1]]), np.array(history[len(series) :])
