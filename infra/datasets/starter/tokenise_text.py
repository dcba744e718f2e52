# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

import re

# function_code --------------------

def tokenise_text(text: str) -> list[str]:
    """Split a text into words, in lower case and in order.

    A word is a run of letters a-z, digits and apostrophes ('), in either case; everything else
    separates words. A text without words gives an empty list.

    >>> tokenise_text("Don't stop: 2 GPUs!")
    ["don't", 'stop', '2', 'gpus']
    """
    return re.findall(r"[a-z0-9']+", text.lower())

# test_function_code --------------------

def test_tokenise_text():
    print("Testing started.")

    print("Testing case [1/3] started.")
    tokens = tokenise_text("The GPU isn't idle: 98% busy.")
    assert tokens == ["the", "gpu", "isn't", "idle", "98", "busy"], f"Test case [1/3] failed: got {tokens}"

    print("Testing case [2/3] started.")
    tokens = tokenise_text("snake_case, e-mail\nnew\tline")
    assert tokens == ["snake", "case", "e", "mail", "new", "line"], f"Test case [2/3] failed: got {tokens}"

    print("Testing case [3/3] started.")
    assert tokenise_text("") == [], "Test case [3/3] failed: an empty text has no words"
    assert tokenise_text("... !?") == [], "Test case [3/3] failed: punctuation is no word"

    print("Testing finished.")

# call_test_function_line --------------------

test_tokenise_text()
