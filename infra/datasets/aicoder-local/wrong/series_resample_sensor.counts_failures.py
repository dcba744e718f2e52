import pandas as pd


def hourly_means(readings: pd.DataFrame, max_gap: int) -> pd.DataFrame:
    hourly = readings.set_index("time")["value"].sort_index().resample("h")
    means = hourly.mean()
    if max_gap > 0:
        means = means.ffill(limit=max_gap)
    return pd.DataFrame({"count": hourly.size(), "mean": means}).rename_axis("hour").reset_index()
