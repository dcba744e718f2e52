# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def bpe_merges(word: str, merges: list[tuple[str, str]]) -> list[str]:
    """Split a word into symbols by byte-pair encoding.

    The word starts as its characters. The merges are applied one after another, in their order: each
    replaces every occurrence of its two neighbouring symbols by the joined symbol, from left to right.

    >>> bpe_merges("lower", [("l", "o"), ("lo", "w")])
    ['low', 'e', 'r']
    """
    symbols = list(word)
    for left, right in merges:
        merged = []
        i = 0
        while i < len(symbols):
            if symbols[i : i + 2] == [left, right]:
                merged.append(left + right)
                i += 2
            else:
                merged.append(symbols[i])
                i += 1
        symbols = merged
    return symbols

# test_function_code --------------------

def test_bpe_merges():
    print("Testing started.")

    print("Testing case [1/4] started.")
    symbols = bpe_merges("lowest", [("e", "s"), ("es", "t"), ("l", "o")])
    assert symbols == ["lo", "w", "est"], f"Test case [1/4] failed: got {symbols}"

    print("Testing case [2/4] started.")
    symbols = bpe_merges("banana", [("a", "n"), ("an", "an")])
    assert symbols == ["b", "anan", "a"], f"Test case [2/4] failed: got {symbols}"

    print("Testing case [3/4] started.")
    symbols = bpe_merges("aaaaa", [("a", "a")])
    assert symbols == ["aa", "aa", "a"], f"Test case [3/4] failed: got {symbols}"
    symbols = bpe_merges("cab", [("ca", "b"), ("c", "a")])
    assert symbols == ["ca", "b"], f"Test case [3/4] failed: each merge is applied once, got {symbols}"

    print("Testing case [4/4] started.")
    assert bpe_merges("", [("a", "b")]) == [], "Test case [4/4] failed: an empty word has no symbols"
    assert bpe_merges("ab", []) == ["a", "b"], "Test case [4/4] failed: no merges"

    print("Testing finished.")

# call_test_function_line --------------------

test_bpe_merges()
