import pandas as pd


def add_lags(sales: pd.DataFrame, lag: int, window: int) -> pd.DataFrame:
    result = sales.sort_values(["store", "date"])
    result["lag"] = result["sold"].shift(lag)
    result["mean"] = result["sold"].shift(1).rolling(window, min_periods=1).mean()
    return result.sort_index()
