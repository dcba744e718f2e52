import pandas as pd


def fill_by_group(frame: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    filled = frame[value].fillna(frame.groupby(key)[value].transform("mean")).fillna(frame[value].median())
    return frame.assign(**{value: filled})
