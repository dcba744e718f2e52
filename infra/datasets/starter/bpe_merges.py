# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

from collections import Counter

# function_code --------------------

def bpe_merges(words: dict[str, int], count: int) -> list[tuple[str, str]]:
    """Learn the merges of byte-pair encoding from word counts.

    Every word starts as the sequence of its characters. A step counts how often each pair of
    neighbouring symbols occurs, every occurrence weighted with the count of its word, and merges the
    most frequent pair; of equally frequent pairs the alphabetically smallest (by comparison of the
    tuples). Merging replaces, from left to right and without overlap, every occurrence of the pair in
    every word by the joined symbol. Learning ends after `count` merges, or when no pair is left.

    Args:
        words: each word with its count (1 or more).
        count: number of merges, 0 or more.

    Returns:
        The merged pairs in the order in which they were learned.

    >>> bpe_merges({"low": 5, "lower": 2}, 2)
    [('l', 'o'), ('lo', 'w')]
    """
    splits = {word: list(word) for word in words}
    merges = []
    for _ in range(count):
        pairs = Counter()
        for word, symbols in splits.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += words[word]
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for word, symbols in splits.items():
            merged, i = [], 0
            while i < len(symbols):
                if tuple(symbols[i : i + 2]) == best:
                    merged.append(symbols[i] + symbols[i + 1])
                    i += 2
                else:
                    merged.append(symbols[i])
                    i += 1
            splits[word] = merged
    return merges

# test_function_code --------------------

def test_bpe_merges():
    print("Testing started.")

    print("Testing case [1/4] started.")
    merges = bpe_merges({"low": 5, "lower": 2, "newest": 6, "widest": 3}, 4)
    assert merges == [("e", "s"), ("es", "t"), ("l", "o"), ("lo", "w")], f"Test case [1/4] failed: got {merges}"

    print("Testing case [2/4] started.")
    merges = bpe_merges({"aaab": 1, "ab": 3}, 3)
    assert merges == [("a", "b"), ("a", "a"), ("aa", "ab")], f"Test case [2/4] failed: got {merges}"

    print("Testing case [3/4] started.")
    merges = bpe_merges({"zy": 2, "ba": 2}, 1)
    assert merges == [("b", "a")], f"Test case [3/4] failed: ties go to the smallest pair, got {merges}"

    print("Testing case [4/4] started.")
    merges = bpe_merges({"aaaa": 1}, 10)
    assert merges == [("a", "a"), ("aa", "aa")], f"Test case [4/4] failed: got {merges}"
    assert bpe_merges({"abc": 1}, 0) == [], "Test case [4/4] failed: no merges were asked for"
    assert bpe_merges({}, 5) == [], "Test case [4/4] failed: no words"

    print("Testing finished.")

# call_test_function_line --------------------

test_bpe_merges()
