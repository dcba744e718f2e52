def count_parameters(sizes: list[int], bias: bool) -> int:
    return sum(a * b + b for a, b in zip(sizes, sizes[1:]))
