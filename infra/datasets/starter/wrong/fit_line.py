def fit_line(xs, ys):
    slope = sum(x * y for x, y in zip(xs, ys)) / sum(x * x for x in xs)
    return slope, sum(ys) / len(ys) - slope * sum(xs) / len(xs)
