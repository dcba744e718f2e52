import numpy as np


def autoregressive_forecast(series: np.ndarray, lags: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    mean = series.mean()
    centred = series - mean
    rows = np.array([centred[t - lags : t][::-1] for t in range(lags, len(series))])
    weights = np.linalg.lstsq(rows, centred[lags:], rcond=None)[0]
    history = list(centred)
    for _ in range(steps):
        history.append(float(np.dot(weights, history[::-1][:lags])))
    intercept = mean * (1 - weights.sum())
    return np.concatenate([[intercept], weights]), np.array(history[len(series) :]) + mean
