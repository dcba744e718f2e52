# domain: nlp
# level: 0
# checks: a vocabulary by frequency, with ties in alphabetical order and ids after the special tokens
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

from collections import Counter

# function_code --------------------

def build_vocab(texts: list[list[str]], min_count: int) -> dict[str, int]:
    """Vocabulary of tokenised texts.

    "<pad>" has id 0 and "<unk>" id 1. Then follow the tokens that occur at least `min_count` times in all texts together, the most frequent
    first, those equally frequent in alphabetical order, with the ids 2, 3, ...

    >>> build_vocab([["a", "b"], ["b"]], 1)
    {'<pad>': 0, '<unk>': 1, 'b': 2, 'a': 3}
    """
    counts = Counter(token for text in texts for token in text)
    kept = sorted((token for token in counts if counts[token] >= min_count), key=lambda token: (-counts[token], token))
    return {token: index for index, token in enumerate(["<pad>", "<unk>", *kept])}

# test_function_code --------------------

def test_build_vocab():
    from collections import Counter

    def check(texts, min_count, expected, case):
        found = build_vocab(texts, min_count)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([["x", "y", "x"], ["x", "y", "z"]], 1, {"<pad>": 0, "<unk>": 1, "x": 2, "y": 3, "z": 4}, "[1/3]")

    print("Testing case [2/3] started.")
    check([["zoo", "ape", "cat"], ["cat", "bee"]], 1, {"<pad>": 0, "<unk>": 1, "cat": 2, "ape": 3, "bee": 4, "zoo": 5}, "[2/3]")

    print("Testing case [3/3] started.")
    check([["d", "c", "d"], ["c", "b"]], 2, {"<pad>": 0, "<unk>": 1, "c": 2, "d": 3}, "[3/3]")
    check([["a"]], 2, {"<pad>": 0, "<unk>": 1}, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_build_vocab()
