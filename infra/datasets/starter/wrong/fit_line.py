def fit_line(xs, ys):
    if len(xs) != len(ys) or len(xs) < 2 or len(set(xs)) == 1:
        raise ValueError("two or more points with different xs are needed")
    n = len(xs)
    slope = (n * sum(x * y for x, y in zip(xs, ys)) - sum(xs) * sum(ys)) / (n * sum(x * x for x in xs) - sum(xs) ** 2)
    intercept = (sum(ys) - slope * sum(xs)) / n
    residual = sum((y - slope * x - intercept) ** 2 for x, y in zip(xs, ys))
    r_squared = 1 - residual / sum(y * y for y in ys)
    return round(slope, 4), round(intercept, 4), round(r_squared, 4)
