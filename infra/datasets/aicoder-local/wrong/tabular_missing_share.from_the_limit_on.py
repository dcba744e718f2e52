import pandas as pd


def gappy_columns(frame: pd.DataFrame, limit: float) -> list[str]:
    return frame.columns[frame.isna().mean() >= limit].tolist()
