# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

import re

# function_code --------------------

def tokenise_text(text: str) -> list[str]:
    """Split a text into lower-case word tokens.

    A token is a maximal run of ASCII letters, digits and apostrophes ('). Everything else separates
    tokens. Apostrophes at the start or at the end of a token are removed; a token that is empty
    afterwards is dropped. The order of the text is kept.

    Args:
        text: any text; may be empty.

    Returns:
        The tokens in lower case; an empty list if there are none.

    >>> tokenise_text("Don't stop, it's 2 late!")
    ["don't", 'stop', "it's", '2', 'late']
    >>> tokenise_text("'quoted' -- '")
    ['quoted']
    """
    tokens = [token.strip("'") for token in re.findall(r"[a-z0-9']+", text.lower())]
    return [token for token in tokens if token]

# test_function_code --------------------

def test_tokenise_text():
    print("Testing started.")

    print("Testing case [1/4] started.")
    tokens = tokenise_text("The GPU isn't idle: 98% busy.")
    assert tokens == ["the", "gpu", "isn't", "idle", "98", "busy"], f"Test case [1/4] failed: got {tokens}"

    print("Testing case [2/4] started.")
    tokens = tokenise_text("the students' 'own' words ''")
    assert tokens == ["the", "students", "own", "words"], f"Test case [2/4] failed: got {tokens}"

    print("Testing case [3/4] started.")
    tokens = tokenise_text("snake_case, e-mail\nnew\tline")
    assert tokens == ["snake", "case", "e", "mail", "new", "line"], f"Test case [3/4] failed: got {tokens}"

    print("Testing case [4/4] started.")
    assert tokenise_text("") == [], "Test case [4/4] failed: an empty text has no tokens"
    assert tokenise_text("... !?") == [], "Test case [4/4] failed: punctuation is no token"

    print("Testing finished.")

# call_test_function_line --------------------

test_tokenise_text()
