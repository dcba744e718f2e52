def walk_forward(rows, first_train, test_size, gap, max_train):
    splits = []
    for start in range(first_train + gap, rows - test_size + 1, test_size):
        begin = 0 if max_train is None else max(0, start - max_train)
        splits.append((list(range(begin, start)), list(range(start, start + test_size))))
    return splits
