# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def tokenise_text(text: str) -> list[str]:
    """Convert a text to lower case, replace each of the characters . , ; : ! ? by a space, and return
    the list of the words between white space.

    >>> tokenise_text("Hello, World!")
    ['hello', 'world']
    >>> tokenise_text("Don't stop: 2 GPUs... ")
    ["don't", 'stop', '2', 'gpus']
    """
    for sign in ".,;:!?":
        text = text.replace(sign, " ")
    return text.lower().split()

# test_function_code --------------------

def test_tokenise_text():
    print("Testing started.")

    print("Testing case [1/3] started.")
    tokens = tokenise_text("The GPU isn't idle: 98% busy.")
    assert tokens == ["the", "gpu", "isn't", "idle", "98%", "busy"], f"Test case [1/3] failed: got {tokens}"

    print("Testing case [2/3] started.")
    tokens = tokenise_text("?!Wait...v1.5,\nnew\tline")
    assert tokens == ["wait", "v1", "5", "new", "line"], f"Test case [2/3] failed: got {tokens}"

    print("Testing case [3/3] started.")
    assert tokenise_text("") == [], "Test case [3/3] failed: an empty text has no words"
    assert tokenise_text("one ... !? two") == ["one", "two"], "Test case [3/3] failed: punctuation is no word"

    print("Testing finished.")

# call_test_function_line --------------------

test_tokenise_text()
