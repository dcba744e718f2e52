def group_split(groups: list[str], test_groups: list[str]) -> tuple[list[int], list[int]]:
    for group in test_groups:
        if group not in groups:
            raise ValueError("a test group has no row")
    size = sum(group in test_groups for group in groups)
    rows = list(range(len(groups)))
    return rows[size:], rows[:size]
