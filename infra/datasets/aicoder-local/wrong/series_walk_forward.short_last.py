def walk_forward(rows, first_train, test_size, gap, max_train):
    splits = []
    end = first_train
    while end + gap < rows:
        begin = 0 if max_train is None else max(0, end - max_train)
        start = end + gap
        splits.append((list(range(begin, end)), list(range(start, min(start + test_size, rows)))))
        end += test_size
    return splits
