# domain: nlp
# level: 0
# checks: word pieces become words again, without special tokens
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def join_word_pieces(pieces: list[str]) -> str:
    """Turn a BERT tokenizer's word pieces into text again.

    "[CLS]", "[SEP]" and "[PAD]" are left out. A piece that begins with "##" goes on with the word before it, without the "##"; every other
    piece begins a new word. Words are joined by single spaces.

    >>> join_word_pieces(["[CLS]", "play", "##ing", "chess", "[SEP]"])
    'playing chess'
    """
    words = []
    for piece in pieces:
        if piece in ("[CLS]", "[SEP]", "[PAD]"):
            continue
        if piece.startswith("##") and words:
            words[-1] += piece[2:]
        else:
            words.append(piece)
    return " ".join(words)

# test_function_code --------------------

def test_join_word_pieces():
    def check(pieces, expected, case):
        found = join_word_pieces(pieces)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(["un", "##believ", "##able", "story"], "unbelievable story", "[1/3]")

    print("Testing case [2/3] started.")
    check(["[CLS]", "to", "##ken", "[SEP]", "pair", "##s", "[SEP]", "[PAD]", "[PAD]"], "token pairs", "[2/3]")

    print("Testing case [3/3] started.")
    check(["c", "#", "is", "#1"], "c # is #1", "[3/3]")
    check(["[CLS]", "[SEP]"], "", "[3/3]")
    check(["[MASK]", "##s", "a"], "[MASK]s a", "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_join_word_pieces()
