# domain: nlp
# level: 0
# checks: lower-case words with inner apostrophes, and numbers, without punctuation
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

import re

# function_code --------------------

def tokenize_words(text: str) -> list[str]:
    """Split an English text into words in small letters.

    A word is a longest run of the letters a to z and the digits 0 to 9; apostrophes inside a word belong to it, those at its beginning
    or end do not. Everything else separates words.

    >>> tokenize_words("Don't panic, 'Arthur'!")
    ["don't", 'panic', 'arthur']
    """
    return re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower())

# test_function_code --------------------

def test_tokenize_words():
    import re

    def check(text, expected, case):
        found = tokenize_words(text)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check("The cat sat; the dog ran.", ["the", "cat", "sat", "the", "dog", "ran"], "[1/3]")

    print("Testing case [2/3] started.")
    check("GPT-4 isn't 2x better...", ["gpt", "4", "isn't", "2x", "better"], "[2/3]")

    print("Testing case [3/3] started.")
    check("the dogs' 'big' house", ["the", "dogs", "big", "house"], "[3/3]")
    check("  \n?!", [], "[3/3]")
    check("a_b rock'n'roll", ["a", "b", "rock'n'roll"], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_tokenize_words()
