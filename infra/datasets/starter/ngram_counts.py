# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

from collections import Counter

# function_code --------------------

def ngram_counts(tokens: list[str], n: int) -> dict[tuple[str, ...], int]:
    """Count the n-grams (tuples of n neighbouring tokens, overlapping) of a list of tokens.

    Fewer than n tokens give an empty dictionary. Raises ValueError if n is smaller than 1.

    >>> ngram_counts(["a", "b", "a", "b"], 2)
    {('a', 'b'): 2, ('b', 'a'): 1}
    """
    if n < 1:
        raise ValueError("n must be at least 1")
    return dict(Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)))

# test_function_code --------------------

def test_ngram_counts():
    print("Testing started.")

    print("Testing case [1/4] started.")
    counts = ngram_counts("to be or not to be".split(), 2)
    expected = {("to", "be"): 2, ("be", "or"): 1, ("or", "not"): 1, ("not", "to"): 1}
    assert counts == expected, f"Test case [1/4] failed: got {counts}"

    print("Testing case [2/4] started.")
    counts = ngram_counts(["x"] * 5, 3)
    assert counts == {("x", "x", "x"): 3}, f"Test case [2/4] failed: got {counts}"

    print("Testing case [3/4] started.")
    assert ngram_counts(["a", "b"], 3) == {}, "Test case [3/4] failed: too few tokens give no n-gram"
    assert ngram_counts(["a"], 1) == {("a",): 1}, "Test case [3/4] failed: a unigram is a tuple of one"

    print("Testing case [4/4] started.")
    try:
        ngram_counts(["a"], 0)
        raised = False
    except ValueError:
        raised = True
    assert raised, "Test case [4/4] failed: n = 0 must raise ValueError"

    print("Testing finished.")

# call_test_function_line --------------------

test_ngram_counts()
