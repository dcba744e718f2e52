import pandas as pd


def group_summary(frame: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    groups = frame.groupby(key)[value].agg(["mean", "count"])
    return groups.sort_values("mean", ascending=False)
