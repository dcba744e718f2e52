# domain: tabular
# level: 3
# checks: target encoding of a training row uses no target of its own fold, nor a prior that does
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["pandas"]

# function_import --------------------

import pandas as pd

# function_code --------------------

def encode_city(train: pd.DataFrame, test: pd.DataFrame, smoothing: float) -> tuple[list[float], list[float]]:
    """Replace a category by a smoothed mean of its targets, so that no row sees its own target.

    `train` has the columns "city" (text), "price" (the target) and "fold" (integer, two or more different ones);
    `test` has the column "city". From a set of rows, a city is encoded as
    (sum of the prices of the rows with this city + smoothing * prior) / (number of those rows + smoothing), where
    the prior is the mean price of all rows of the set; a city without rows in the set is encoded as the prior.

    A row of `train` is encoded from the rows of `train` that have another fold than its own; a row of `test` from all
    rows of `train`. `smoothing` is over 0.

    Returns the codes of the rows of `train` and those of the rows of `test`, in the order of the rows. The
    arguments are not changed; their index may be anything.

    >>> train = pd.DataFrame({"city": ["a", "a"], "price": [2.0, 4.0], "fold": [0, 1]})
    >>> encode_city(train, pd.DataFrame({"city": ["a"]}), 1.0)
    ([4.0, 2.0], [3.0])
    """

    def encode(known: pd.DataFrame, cities: pd.Series) -> pd.Series:
        prior = known["price"].mean()
        groups = known.groupby("city")["price"]
        codes = (groups.sum() + smoothing * prior) / (groups.count() + smoothing)
        return cities.map(codes).fillna(prior)

    rows = train.reset_index(drop=True)
    parts = [
        encode(rows[rows["fold"] != fold], part["city"]) for fold, part in rows.groupby("fold")
    ]
    return pd.concat(parts).sort_index().tolist(), encode(rows, test["city"]).tolist()

# test_function_code --------------------

def test_encode_city():
    import pandas as pd

    def naive(known, city, smoothing):
        prices = [price for _, price in known]
        prior = sum(prices) / len(prices)
        own = [price for name, price in known if name == city]
        return (sum(own) + smoothing * prior) / (len(own) + smoothing)

    def check(rows, cities, smoothing, index, failed):
        train = pd.DataFrame(rows, columns=["city", "price", "fold"], index=index)
        test = pd.DataFrame({"city": cities})
        before = train.to_dict("list")
        found = encode_city(train, test, smoothing)
        assert train.to_dict("list") == before, f"{failed}the training rows were changed"
        expected = (
            [naive([row[:2] for row in rows if row[2] != fold], city, smoothing) for city, _, fold in rows],
            [naive([row[:2] for row in rows], city, smoothing) for city in cities],
        )
        for name, codes, wanted in zip(("training", "test"), found, expected):
            codes = list(codes)
            close = len(codes) == len(wanted) and all(abs(a - b) < 1e-9 for a, b in zip(codes, wanted))
            assert close, f"{failed}the codes of the {name} rows are {codes}, expected {wanted}"
        assert len(found) == 2, f"{failed}got {len(found)} of 2 lists of codes"

    rows = [("Bonn", 10.0, 0), ("Bonn", 20.0, 1), ("Ulm", 4.0, 0), ("Ulm", 8.0, 1), ("Bonn", 60.0, 1), ("Ulm", 2.0, 2)]

    print("Testing started.")
    print("Testing case [1/4] started.")
    check(rows, ["Ulm", "Bonn"], 1e-9, None, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    check(rows, ["Bonn", "Ulm", "Bonn"], 2.0, None, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    # A city that is in one fold alone, and one that training has never seen.
    lonely = [*rows, ("Jena", 100.0, 2), ("Jena", 300.0, 2)]
    check(lonely, ["Jena", "Rome", "Ulm"], 1.5, None, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check(rows[::-1], ["Ulm"], 0.5, [7, 3, 9, 3, 1, 0], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_encode_city()
