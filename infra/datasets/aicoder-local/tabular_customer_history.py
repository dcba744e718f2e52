# domain: tabular
# level: 2
# checks: features of a customer's past leave the present row out and come back in the rows' own order
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def customer_history(orders: pd.DataFrame) -> pd.DataFrame:
    """Describe each order by what its customer did before it.

    `orders` has the columns "customer" (text), "day" (integer) and "amount" (float), in any order of rows and
    with any index; no customer has two orders on one day. The result has one row for each row of `orders`, in
    the same order and with the same index, and the columns

    - "orders_before": how many orders of the same customer have an earlier day (0 if none);
    - "mean_before": the mean amount of those orders, NaN if there are none;
    - "days_since": days since the latest of them, NaN if there are none.

    `orders` is not changed.

    >>> orders = pd.DataFrame({"customer": ["ann", "ann"], "day": [9, 4], "amount": [1.0, 8.0]})
    >>> customer_history(orders)["orders_before"].tolist()
    [1, 0]
    """
    ordered = orders.reset_index(drop=True).sort_values("day")
    groups = ordered.groupby("customer")
    before = groups.cumcount()
    total = groups["amount"].cumsum() - ordered["amount"]
    result = pd.DataFrame(
        {
            "orders_before": before,
            "mean_before": (total / before).where(before > 0),
            "days_since": groups["day"].diff(),
        }
    )
    return result.sort_index().set_axis(orders.index)

# test_function_code --------------------

def test_customer_history():
    import math

    import pandas as pd

    def check(rows, index, failed):
        orders = pd.DataFrame(rows, columns=["customer", "day", "amount"], index=index)
        before = orders.to_dict("list")
        found = customer_history(orders)
        assert orders.to_dict("list") == before, f"{failed}the orders were changed"
        expected = []
        for customer, day, _ in rows:
            past = sorted((when, amount) for who, when, amount in rows if who == customer and when < day)
            mean = sum(amount for _, amount in past) / len(past) if past else math.nan
            expected.append([len(past), mean, day - past[-1][0] if past else math.nan])
        assert list(found.index) == list(orders.index), f"{failed}the index is {list(found.index)}"
        names = ["orders_before", "mean_before", "days_since"]
        assert sorted(found.columns) == sorted(names), f"{failed}the columns are {list(found.columns)}"
        columns = [[float(x) for x in found[name]] for name in names]
        for got, wanted in zip([list(row) for row in zip(*columns)], expected):
            close = all(abs(a - b) < 1e-6 or (a != a and b != b) for a, b in zip(got, wanted))
            assert close, f"{failed}a row is {got}, expected {wanted}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    rows = [("ann", 1, 10.0), ("ann", 3, 20.0), ("ann", 10, 60.0), ("ann", 11, 0.5)]
    check(rows, None, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    rows = [("bob", 1, 5.0), ("ann", 2, 10.0), ("bob", 4, 7.0), ("ann", 4, 30.0), ("eve", 5, 1.0), ("bob", 9, 3.0)]
    check(rows, None, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    rows = [("ann", 30, 1.0), ("bob", 2, 8.0), ("ann", 10, 4.0), ("ann", 20, 6.0), ("bob", 1, 3.0), ("eve", 4, 2.0)]
    check(rows, None, "Test case [3/3] failed: ")
    check(rows[::-1], [50, 10, 40, 20, 60, 30], "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_customer_history()
