import pandas as pd


def top_per_group(frame: pd.DataFrame, key: str, value: str, n: int) -> pd.DataFrame:
    return frame.sort_values(value, ascending=False).groupby(key).head(n)
