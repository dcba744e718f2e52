import pandas as pd


def fixed_dummies(colors: pd.Series, categories: list[str]) -> pd.DataFrame:
    rows = [[int(color == name) for name in categories] for color in colors]
    return pd.DataFrame(rows, columns=categories)
