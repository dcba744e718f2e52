import pandas as pd


def customer_history(orders: pd.DataFrame) -> pd.DataFrame:
    groups = orders.groupby("customer")
    return pd.DataFrame(
        {
            "orders_before": groups.cumcount(),
            "mean_before": groups["amount"].transform(lambda amounts: amounts.shift().expanding().mean()),
            "days_since": groups["day"].diff(),
        }
    )
