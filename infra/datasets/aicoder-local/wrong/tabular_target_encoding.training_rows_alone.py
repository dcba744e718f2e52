import pandas as pd


def encode_city(train: pd.DataFrame, test: pd.DataFrame, smoothing: float) -> tuple[list[float], list[float]]:
    rows = train.reset_index(drop=True)
    encoded = pd.Series(0.0, index=rows.index)
    for fold in rows["fold"].unique():
        known, held_out = rows[rows["fold"] != fold], rows["fold"] == fold
        stats = known.groupby("city")["price"].agg(["sum", "count"])
        codes = (stats["sum"] + smoothing * known["price"].mean()) / (stats["count"] + smoothing)
        encoded[held_out] = rows.loc[held_out, "city"].map(codes).fillna(known["price"].mean())
    return (encoded.tolist(),)
