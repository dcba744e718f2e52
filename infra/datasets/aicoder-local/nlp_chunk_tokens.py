# domain: nlp
# level: 0
# checks: overlapping chunks of a long text, of which the last may be shorter and none is inside another
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def chunk_tokens(tokens: list[int], size: int, overlap: int) -> list[list[int]]:
    """Cut a long list of tokens into chunks that overlap.

    Each chunk has `size` tokens and begins `size - overlap` tokens after the one before it; `overlap` is smaller than `size`. The chunk that
    reaches the end of the tokens is the last one, and may be shorter. Without tokens there are no chunks.

    >>> chunk_tokens([1, 2, 3, 4, 5], 3, 1)
    [[1, 2, 3], [3, 4, 5]]
    """
    chunks = []
    start = 0
    while start < len(tokens):
        chunks.append(tokens[start : start + size])
        if start + size >= len(tokens):
            break
        start += size - overlap
    return chunks

# test_function_code --------------------

def test_chunk_tokens():
    def check(tokens, size, overlap, expected, case):
        found = chunk_tokens(tokens, size, overlap)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([1, 2, 3, 4, 5, 6, 7], 3, 0, [[1, 2, 3], [4, 5, 6], [7]], "[1/3]")

    print("Testing case [2/3] started.")
    check([1, 2, 3, 4, 5, 6], 4, 2, [[1, 2, 3, 4], [3, 4, 5, 6]], "[2/3]")

    print("Testing case [3/3] started.")
    check([1, 2, 3, 4, 5, 6, 7, 8], 4, 1, [[1, 2, 3, 4], [4, 5, 6, 7], [7, 8]], "[3/3]")
    check([7, 8], 5, 2, [[7, 8]], "[3/3]")
    check([], 3, 1, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_chunk_tokens()
