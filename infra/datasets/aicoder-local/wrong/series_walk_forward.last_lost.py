def walk_forward(rows, first_train, test_size, gap, max_train):
    splits = []
    for end in range(first_train, rows - test_size - gap, test_size):
        begin = 0 if max_train is None else max(0, end - max_train)
        start = end + gap
        splits.append((list(range(begin, end)), list(range(start, start + test_size))))
    return splits
