import pandas as pd


def age_groups(ages: pd.Series) -> list[str]:
    groups = pd.cut(ages, [0, 13, 20, 65, 100], right=False, labels=["child", "teen", "adult", "senior"])
    return groups.astype(object).fillna("unknown").tolist()
