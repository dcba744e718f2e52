import pandas as pd


def hourly_means(readings: pd.DataFrame, max_gap: int) -> pd.DataFrame:
    hourly = readings.set_index("time")["value"].resample("h").agg(["count", "mean"])
    if max_gap:
        hourly["mean"] = hourly["mean"].ffill()
    return hourly.rename_axis("hour").reset_index()
