import pandas as pd


def price_trades(trades: pd.DataFrame, quotes: pd.DataFrame, max_age_seconds: int) -> pd.DataFrame:
    joined = pd.merge_asof(
        trades.sort_values("time"),
        quotes.sort_values("time"),
        on="time",
        by="symbol",
        tolerance=pd.Timedelta(seconds=max_age_seconds),
    )
    joined.index = trades.index
    return joined
