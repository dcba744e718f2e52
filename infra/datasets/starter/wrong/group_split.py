def group_split(groups: list[str], test_size: int) -> tuple[list[int], list[int]]:
    if test_size < 0 or test_size > len(groups):
        raise ValueError("test_size must lie between 0 and the number of rows")
    rows = list(range(len(groups)))
    return rows[test_size:], rows[:test_size]
