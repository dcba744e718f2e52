import pandas as pd


def hourly_means(readings: pd.DataFrame, max_gap: int) -> pd.DataFrame:
    hourly = readings.sort_values("time").set_index("time")["value"].resample("h").agg(["count", "mean"])
    if max_gap > 0:
        hourly["mean"] = hourly["mean"].interpolate(limit=max_gap)
    return hourly.rename_axis("hour").reset_index()
