# domain: nlp
# level: 0
# checks: texts become ids of one length: cut, padded at the end, unknown words marked
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def encode_texts(texts: list[str], vocab: dict[str, int], length: int) -> list[list[int]]:
    """Encode texts as rows of `length` token ids.

    A text is split at white space and put in small letters. A word that is not in `vocab` has id 1. Texts longer than `length` lose
    their last words; shorter ones are filled up at the end with 0.

    >>> encode_texts(["red Fox"], {"red": 2}, 3)
    [[2, 1, 0]]
    """
    rows = []
    for text in texts:
        ids = [vocab.get(word, 1) for word in text.lower().split()][:length]
        rows.append(ids + [0] * (length - len(ids)))
    return rows

# test_function_code --------------------

def test_encode_texts():
    def check(texts, vocab, length, expected, case):
        found = encode_texts(texts, vocab, length)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(["the cat", "the"], {"the": 2, "cat": 3}, 4, [[2, 3, 0, 0], [2, 0, 0, 0]], "[1/3]")

    print("Testing case [2/3] started.")
    check(["a b c d", "d c"], {"a": 5, "b": 6, "c": 7, "d": 8}, 2, [[5, 6], [8, 7]], "[2/3]")

    print("Testing case [3/3] started.")
    check(["The  DOG\tsat", ""], {"the": 9, "sat": 4}, 3, [[9, 1, 4], [0, 0, 0]], "[3/3]")
    check([], {}, 2, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_encode_texts()
