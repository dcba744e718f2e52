# domain: nlp
# level: 0
# checks: pairs of neighbours inside each sentence, none across two
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def bigrams(sentences: list[list[str]]) -> list[tuple[str, str]]:
    """All pairs of neighbouring words, in order.

    Words of two sentences are no neighbours.

    >>> bigrams([["a", "b", "c"]])
    [('a', 'b'), ('b', 'c')]
    """
    return [pair for words in sentences for pair in zip(words, words[1:])]

# test_function_code --------------------

def test_bigrams():
    def check(sentences, expected, case):
        found = [tuple(pair) for pair in bigrams(sentences)]
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([["x", "y"], ["z", "w"]], [("x", "y"), ("z", "w")], "[1/3]")

    print("Testing case [2/3] started.")
    check([["a", "a", "a"]], [("a", "a"), ("a", "a")], "[2/3]")

    print("Testing case [3/3] started.")
    check([["one"], [], ["b", "a", "b"]], [("b", "a"), ("a", "b")], "[3/3]")
    check([], [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_bigrams()
