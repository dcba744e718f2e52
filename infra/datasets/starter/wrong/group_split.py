def group_split(groups: list[str], test_groups: list[str]) -> tuple[list[int], list[int]]:
    size = sum(group in test_groups for group in groups)
    rows = list(range(len(groups)))
    return rows[size:], rows[:size]
