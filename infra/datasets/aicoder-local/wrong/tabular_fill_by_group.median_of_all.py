import pandas as pd


def fill_by_group(frame: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    return frame.assign(**{value: frame[value].fillna(frame[value].median())})
