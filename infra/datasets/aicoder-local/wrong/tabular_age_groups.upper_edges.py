import pandas as pd


def age_groups(ages: pd.Series) -> list[str]:
    groups = pd.cut(ages, [-1, 13, 20, 65, 200], labels=["child", "teen", "adult", "senior"])
    return groups.astype(object).fillna("unknown").tolist()
