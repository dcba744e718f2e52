def count_parameters(sizes: list[int], bias: bool) -> int:
    return sum(a * b + (a if bias else 0) for a, b in zip(sizes, sizes[1:]))
