import pandas as pd


def split_by_date(frame: pd.DataFrame, column: str, date: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    return frame[frame[column] < date], frame[frame[column] >= date]
