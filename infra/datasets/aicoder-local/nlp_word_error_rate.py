# domain: audio
# level: 0
# checks: word error rate: edits of words over the words of the reference
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def word_error_rate(reference: str, hypothesis: str) -> float:
    """Word error rate of a transcript.

    The smallest number of words to insert, delete or replace that turns `hypothesis` into `reference`, divided by the number of words of
    `reference`. Words are separated by white space, and capital letters count as small ones. `reference` has one word or more.

    >>> word_error_rate("turn the light on", "turn light on")
    0.25
    """
    wanted, heard = reference.lower().split(), hypothesis.lower().split()
    row = list(range(len(heard) + 1))
    for i, word in enumerate(wanted, 1):
        above, row = row, [i]
        for j, other in enumerate(heard, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (word != other)))
    return row[-1] / len(wanted)

# test_function_code --------------------

def test_word_error_rate():
    def check(reference, hypothesis, expected, case):
        found = word_error_rate(reference, hypothesis)
        close = isinstance(found, (int, float)) and abs(found - expected) < 1e-9
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check("a b c d", "a x c d", 0.25, "[1/3]")

    print("Testing case [2/3] started.")
    check("a b", "a b c d e", 1.5, "[2/3]")
    check("one two three four", "one", 0.75, "[2/3]")

    print("Testing case [3/3] started.")
    check("The cat  sat", "the CAT sat", 0.0, "[3/3]")
    check("a b c", "b c a", 2 / 3, "[3/3]")
    check("yes", "", 1.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_word_error_rate()
