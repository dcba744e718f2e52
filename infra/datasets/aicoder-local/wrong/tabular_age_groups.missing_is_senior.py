import pandas as pd


def age_groups(ages: pd.Series) -> list[str]:
    names = []
    for age in ages:
        names.append("child" if age < 13 else "teen" if age < 20 else "adult" if age < 65 else "senior")
    return names
