import pandas as pd


def fill_by_group(frame: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    frame[value] = frame[value].fillna(frame.groupby(key)[value].transform("median")).fillna(frame[value].median())
    return frame
