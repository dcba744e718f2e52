import pandas as pd


def add_lags(sales: pd.DataFrame, lag: int, window: int) -> pd.DataFrame:
    result = sales.sort_values(["store", "date"])
    sold = result.groupby("store")["sold"]
    result["lag"] = sold.shift(lag)
    result["mean"] = sold.transform(lambda values: values.shift(1).rolling(window, min_periods=1).mean())
    return result.loc[sales.index]
