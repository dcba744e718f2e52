import pandas as pd


def customer_history(orders: pd.DataFrame) -> pd.DataFrame:
    ordered = orders.sort_values(["customer", "day"])
    groups = ordered.groupby("customer")
    result = pd.DataFrame(index=ordered.index)
    result["orders_before"] = groups.cumcount()
    means = groups["amount"].expanding().mean().reset_index(level=0, drop=True)
    result["mean_before"] = means.shift(1)
    result["days_since"] = ordered["day"].diff()
    return result.loc[orders.index]
