import numpy as np


def seasonal_baseline(history: np.ndarray, actual: np.ndarray, season: int) -> tuple[np.ndarray, float]:
    # The season of a time is its number modulo the length, as if the history ended with a season.
    complete = history[: len(history) // season * season]
    forecast = np.array([complete[-season:][step % season] for step in range(len(actual))])
    scale = np.abs(history[season:] - history[:-season]).mean()
    return forecast, float(np.mean(np.abs(actual - forecast)) / scale)
