# domain: tabular
# level: 0
# checks: numbers are put in bins whose lower edge belongs to them
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def age_groups(ages: pd.Series) -> list[str]:
    """Name the age group of each person.

    "child" is under 13, "teen" from 13 and under 20, "adult" from 20 and under 65, "senior" from 65; "unknown" where the age is missing (NaN).

    >>> age_groups(pd.Series([4.0, 70.0]))
    ['child', 'senior']
    """
    bins = [-float("inf"), 13, 20, 65, float("inf")]
    groups = pd.cut(ages, bins, right=False, labels=["child", "teen", "adult", "senior"])
    return groups.astype(object).fillna("unknown").tolist()

# test_function_code --------------------

def test_age_groups():
    import pandas as pd

    def check(ages, expected, case):
        found = list(age_groups(pd.Series(ages, dtype=float)))
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([0.0, 15.0, 40.0, 90.0], ["child", "teen", "adult", "senior"], "[1/3]")

    print("Testing case [2/3] started.")
    check([13.0, 20.0, 65.0, 12.9, 19.9, 64.9], ["teen", "adult", "senior", "child", "teen", "adult"], "[2/3]")

    print("Testing case [3/3] started.")
    check([None, 30.0, None, 110.0], ["unknown", "adult", "unknown", "senior"], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_age_groups()
