import pandas as pd


def split_by_date(frame: pd.DataFrame, column: str, date: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    ordered = frame.sort_values(column, kind="stable").reset_index(drop=True)
    return ordered[ordered[column] < date], ordered[ordered[column] >= date]
