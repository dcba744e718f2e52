import numpy as np


def seasonal_baseline(history: np.ndarray, actual: np.ndarray, season: int) -> tuple[np.ndarray, float]:
    repeats = -(-len(actual) // season)
    forecast = np.tile(history[-season:], repeats)[: len(actual)]
    scale = np.abs(np.diff(history)).mean()
    return forecast, float(np.mean(np.abs(actual - forecast)) / scale)
