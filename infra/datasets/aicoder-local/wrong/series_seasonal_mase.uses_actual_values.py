import numpy as np


def seasonal_baseline(history: np.ndarray, actual: np.ndarray, season: int) -> tuple[np.ndarray, float]:
    series = np.concatenate([history, actual])
    forecast = series[len(history) - season : len(series) - season]
    scale = np.abs(history[season:] - history[:-season]).mean()
    return forecast, float(np.mean(np.abs(actual - forecast)) / scale)
