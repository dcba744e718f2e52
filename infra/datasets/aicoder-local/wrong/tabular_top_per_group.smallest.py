import pandas as pd


def top_per_group(frame: pd.DataFrame, key: str, value: str, n: int) -> pd.DataFrame:
    return frame[frame.groupby(key)[value].rank() <= n]
