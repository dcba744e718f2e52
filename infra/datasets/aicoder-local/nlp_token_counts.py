# domain: nlp
# level: 0
# checks: words of several texts are counted together, capitals as small letters
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def token_counts(texts: list[str]) -> dict[str, int]:
    """How often each word occurs in all texts together.

    Words are separated by white space; capital letters count as small ones.

    >>> token_counts(["a B", "b"])
    {'a': 1, 'b': 2}
    """
    counts = {}
    for text in texts:
        for word in text.lower().split():
            counts[word] = counts.get(word, 0) + 1
    return counts

# test_function_code --------------------

def test_token_counts():
    def check(texts, expected, case):
        found = token_counts(texts)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(["the cat", "the dog the"], {"the": 3, "cat": 1, "dog": 1}, "[1/3]")

    print("Testing case [2/3] started.")
    check(["Red red RED"], {"red": 3}, "[2/3]")

    print("Testing case [3/3] started.")
    check(["a  b\n", "", "b"], {"a": 1, "b": 2}, "[3/3]")
    check([], {}, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_token_counts()
