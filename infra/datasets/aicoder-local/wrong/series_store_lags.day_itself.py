import pandas as pd


def add_lags(sales: pd.DataFrame, lag: int, window: int) -> pd.DataFrame:
    shifted = sales[["store", "date", "sold"]].rename(columns={"sold": "lag"})
    shifted["date"] = shifted["date"] + pd.Timedelta(days=lag)
    result = sales.merge(shifted, on=["store", "date"], how="left")
    ordered = result.sort_values(["store", "date"])
    means = ordered.groupby("store").rolling(f"{window}D", on="date")["sold"].mean()
    result["mean"] = pd.Series(means.to_numpy(), index=ordered.index)
    return result
