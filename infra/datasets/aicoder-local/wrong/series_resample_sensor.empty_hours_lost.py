import pandas as pd


def hourly_means(readings: pd.DataFrame, max_gap: int) -> pd.DataFrame:
    hours = readings["time"].dt.floor("h").rename("hour")
    hourly = readings.groupby(hours)["value"].agg(["count", "mean"])
    if max_gap > 0:
        hourly["mean"] = hourly["mean"].ffill(limit=max_gap)
    return hourly.reset_index()
