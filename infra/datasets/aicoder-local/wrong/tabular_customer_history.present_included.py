import pandas as pd


def customer_history(orders: pd.DataFrame) -> pd.DataFrame:
    ordered = orders.sort_values(["customer", "day"])
    groups = ordered.groupby("customer")
    result = pd.DataFrame(index=ordered.index)
    result["orders_before"] = groups.cumcount()
    result["mean_before"] = groups["amount"].expanding().mean().to_numpy()
    result["days_since"] = groups["day"].diff()
    return result.loc[orders.index]
