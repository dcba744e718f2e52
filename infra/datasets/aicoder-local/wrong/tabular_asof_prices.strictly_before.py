import pandas as pd


def price_trades(trades: pd.DataFrame, quotes: pd.DataFrame, max_age_seconds: int) -> pd.DataFrame:
    left = trades.reset_index(drop=True).reset_index(names="row").sort_values("time")
    joined = pd.merge_asof(
        left,
        quotes.sort_values("time"),
        on="time",
        by="symbol",
        allow_exact_matches=False,
        tolerance=pd.Timedelta(seconds=max_age_seconds),
    )
    joined = joined.sort_values("row").drop(columns="row")
    joined.index = trades.index
    return joined
