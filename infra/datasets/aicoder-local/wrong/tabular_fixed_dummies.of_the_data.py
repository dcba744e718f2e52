import pandas as pd


def fixed_dummies(colors: pd.Series, categories: list[str]) -> pd.DataFrame:
    return pd.get_dummies(colors).astype(int)
